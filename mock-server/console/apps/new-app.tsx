/** Makes an app; what is left out is drawn. */
import { useSignal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import { t } from '../messages/message.js';
import { TextField } from '../parts/field.js';
import { attempt } from '../state/notices.js';
import { goTo } from '../state/place.js';
import { rememberPrivateKeys } from '../state/private-keys.js';
import { apps } from '../state/server-data.js';

export function NewApp({ onEnd }: { readonly onEnd: () => void }) {
  const appId = useSignal('');
  const withKeys = useSignal(true);
  const make = async () => {
    const body = { generateKeys: withKeys.value, ...(appId.value.trim() !== '' && { appId: appId.value.trim() }) };
    const made = await answerOf(control.POST('/_mock/apps', { body }));
    rememberPrivateKeys(made.appId, { sign: made.appSignPrivateKey, decrypt: made.appDecryptPrivateKey });
    await apps.reload();
    goTo({ view: 'apps', opened: made.appId });
    onEnd();
  };
  return (
    <form
      class="fields new-app"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(make);
      }}
    >
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
  );
}
