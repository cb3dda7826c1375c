/** The dialog with the keyboard shortcuts. `?` opens it. */
import { t } from '../messages/message.js';
import type { MessageId } from '../messages/messages.js';
import { isHelpShown } from '../state/shortcuts.js';

const KEYS: readonly { readonly keys: readonly string[]; readonly does: MessageId }[] = [
  { keys: ['j', 'k', '↓', '↑'], does: 'keys.help.move' },
  { keys: ['Enter'], does: 'keys.help.open' },
  { keys: ['Esc'], does: 'keys.help.close' },
  { keys: ['/'], does: 'keys.help.search' },
  { keys: ['?'], does: 'keys.help.help' },
];

export function KeyboardHelp() {
  if (!isHelpShown.value) return null;
  const close = () => {
    isHelpShown.value = false;
  };
  return (
    <dialog ref={open} aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">{t('keys.help')}</h2>
      <dl class="keys">
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={close}>
        {t('close')}
      </button>
    </dialog>
  );
}

function open(dialog: HTMLDialogElement | null): void {
  if (dialog !== null && !dialog.open) dialog.showModal();
}
