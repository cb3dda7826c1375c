/** The dialog for the control token. The token stays in the memory of this page. */
import { useSignal } from '@preact/signals';
import { t } from '../messages/message.js';
import { isTokenRequired, isTokenWrong, setToken } from '../state/control-token.js';
import { listen } from '../state/live-requests.js';
import { clearProblem } from '../state/notices.js';
import { reloadAll } from '../state/resource.js';
import { TextField } from './field.js';

export function TokenDialog() {
  const typed = useSignal('');
  if (!isTokenRequired.value) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    setToken(typed.value.trim());
    clearProblem();
    listen();
    reloadAll();
  };
  return (
    <dialog ref={open} aria-labelledby="token-title" onCancel={(event) => event.preventDefault()}>
      <form onSubmit={submit}>
        <h2 id="token-title">{t('token.title')}</h2>
        <p>{t('token.why')}</p>
        <TextField
          label={t('token.label')}
          isHidden
          problem={isTokenWrong.value ? t('token.wrong') : undefined}
          value={typed.value}
          onInput={(value) => {
            typed.value = value;
          }}
        />
        <button type="submit" class="primary" disabled={typed.value.trim() === ''}>
          {t('token.give')}
        </button>
      </form>
    </dialog>
  );
}

function open(dialog: HTMLDialogElement | null): void {
  if (dialog !== null && !dialog.open) dialog.showModal();
}
