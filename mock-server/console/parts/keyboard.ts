/** Keyboard shortcuts. */
import { useEffect } from 'preact/hooks';

/** Keyed by `KeyboardEvent.key`. Shortcuts are inactive while the user types, and with a modifier. */
export function useShortcuts(shortcuts: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const action = shortcuts[event.key];
      const hasModifier = event.altKey || event.ctrlKey || event.metaKey;
      if (action === undefined || event.defaultPrevented || isTyping(event) || hasModifier) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', act);
    return () => document.removeEventListener('keydown', act);
  });
}

const TEXT_INPUTS = 'input:not([type="checkbox"], [type="radio"]), textarea, select';

/** Esc leaves the input. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(TEXT_INPUTS)) return false;
  if (key === 'Escape') target.blur();
  return true;
}
