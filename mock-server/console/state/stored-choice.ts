/** Choices of the user in the browser's storage. If the storage is blocked, a choice lasts until the page is closed. */
import { type Signal, signal } from '@preact/signals';

interface ChoiceInputs<T extends string> {
  readonly name: string;
  readonly options: readonly T[];
  readonly otherwise: T;
}

export function storedChoice<T extends string>({
  name,
  options,
  otherwise,
}: ChoiceInputs<T>): Signal<T> {
  const key = `cmpassport-mock.${name}`;
  const stored = unlessBlocked(() => localStorage.getItem(key));
  const choice = signal(options.find((option) => option === stored) ?? otherwise);
  // `subscribe` also calls it with the first value, which is not a choice of the user.
  let isFirst = true;
  choice.subscribe((value) => {
    if (!isFirst) unlessBlocked(() => localStorage.setItem(key, value));
    isFirst = false;
  });
  return choice;
}

function unlessBlocked<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
