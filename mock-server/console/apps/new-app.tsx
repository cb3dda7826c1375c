/** The dialog that creates an app. The server generates omitted values. */
import { useSignal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import { t } from '../messages/message.js';
import { TextField } from '../parts/field.js';
import { rememberCreated } from '../state/app-names.js';
import { attempt } from '../state/notices.js';
import { goTo } from '../state/place.js';
import { rememberPrivateKeys } from '../state/private-keys.js';
import { apps } from '../state/server-data.js';

export function NewApp({ onEnd }: { readonly onEnd: () => void }) {
  const name = useSignal('');
  const appId = useSignal('');
  const withKeys = useSignal(true);
  const create = async () => {
    const body = {
      generateKeys: withKeys.value,
      ...(name.value.trim() !== '' && { name: name.value.trim() }),
      ...(appId.value.trim() !== '' && { appId: appId.value.trim() }),
    };
    const created = await answerOf(control.POST('/_mock/apps', { body }));
    rememberPrivateKeys(created.appId, { sign: created.appSignPrivateKey, decrypt: created.appDecryptPrivateKey });
    rememberCreated(created.appId);
    await apps.reload();
    onEnd();
    goTo({ view: 'apps', opened: created.appId });
  };
  return (
    <dialog ref={open} aria-labelledby="new-app-title" onClose={onEnd}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(create);
        }}
      >
        <h2 id="new-app-title">{t('apps.create')}</h2>
        <TextField
          label={t('apps.name')}
          value={name.value}
          onInput={(value) => {
            name.value = value;
          }}
        />
        <TextField
          label="appId"
          hint={t('apps.appIdHint')}
          value={appId.value}
          onInput={(value) => {
            appId.value = value;
          }}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={withKeys.value}
            onChange={({ currentTarget }) => {
              withKeys.value = currentTarget.checked;
            }}
          />
          <span>{t('apps.withKeys')}</span>
        </label>
        <div class="actions">
          <button type="submit" class="primary">
            {t('apps.make')}
          </button>
          <button type="button" onClick={onEnd}>
            {t('cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function open(dialog: HTMLDialogElement | null): void {
  if (dialog !== null && !dialog.open) dialog.showModal();
}
