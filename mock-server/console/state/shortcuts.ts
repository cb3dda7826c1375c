/** Keyboard shortcuts. A view registers its own while it is shown. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export type Shortcuts = Readonly<Record<string, () => void>>;

export const isHelpShown = signal(false);

/** Keyed by `KeyboardEvent.key`. Shortcuts are inactive while the user types, and with a modifier. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const action = shortcuts[event.key];
      if (action === undefined || event.defaultPrevented || isTyping(event) || hasModifier(event)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', act);
    return () => document.removeEventListener('keydown', act);
  });
}

function hasModifier({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey;
}

const TEXT_INPUTS = 'input:not([type="checkbox"], [type="radio"]), textarea, select';

/** Esc leaves the input. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(TEXT_INPUTS)) return false;
  if (key === 'Escape') target.blur();
  return true;
}
