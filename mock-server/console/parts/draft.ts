/** What is typed over a saved value: kept until it is saved, and no longer than the saved value stands. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Begins anew where the saved value becomes another one, by a reset say. */
export function useDraft<T>(saved: T): Signal<T> {
  const draft = useSignal(saved);
  useEffect(() => {
    draft.value = saved;
  }, [saved]);
  return draft;
}
