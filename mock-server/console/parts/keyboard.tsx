/** Keyboard shortcuts, and the dialog that lists them. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { Button, Dialog, type Fact, Facts } from './panel.js';

export const isHelpShown = signal(false);

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

const KEYS = [
  { keys: ['j', 'k', '↓', '↑'], does: 'keys.help.move' },
  { keys: ['Enter'], does: 'keys.help.open' },
  { keys: ['Esc'], does: 'keys.help.close' },
  { keys: ['/'], does: 'keys.help.search' },
  { keys: ['?'], does: 'keys.help.help' },
] as const;

export function KeyboardHelp() {
  if (!isHelpShown.value) return null;
  const close = () => {
    isHelpShown.value = false;
  };
  const facts = KEYS.map(
    ({ keys, does }): Fact => [keys.map((key) => <kbd key={key}>{key}</kbd>), t(does)],
  );
  return (
    <Dialog title={t('keys.help')} onClose={close}>
      <Facts class="keys" facts={facts} />
      <Button text={t('close')} onClick={close} />
    </Dialog>
  );
}
