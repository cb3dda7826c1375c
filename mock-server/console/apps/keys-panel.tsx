/** The app's two key pairs in the portal's format, and the carrier's public key. */
import { answerOf, control } from '../api/control-client.js';
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Panel } from '../parts/panel.js';
import { Secret } from '../parts/secret.js';
import { attempt } from '../state/notices.js';
import { type PrivateKeys, privateKeysOf, rememberPrivateKeys } from '../state/private-keys.js';
import { changeApp } from './change-app.js';

const PAIRS = [
  { field: 'appVerifyKey', half: 'sign' },
  { field: 'appEncryptKey', half: 'decrypt' },
] as const satisfies readonly { readonly field: keyof App; readonly half: keyof PrivateKeys }[];

type Pair = (typeof PAIRS)[number];

export function KeysPanel({ app }: { readonly app: App }) {
  return (
    <Panel title={t('keys.title')}>
      <p class="hint">{t('keys.hint')}</p>
      <dl class="facts">
        {PAIRS.map((pair) => (
          <KeyPair key={pair.field} app={app} pair={pair} />
        ))}
        <div>
          <dt>{t('keys.platform')}</dt>
          <dd>
            <PublicKey value={app.platformPublicKey} name={t('keys.platform')} />
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

function KeyPair({ app, pair: { field, half } }: { readonly app: App; readonly pair: Pair }) {
  const { appId } = app;
  const registered = app[field];
  const privateKey = privateKeysOf(appId)[half];
  const generate = () =>
    attempt(async () => {
      const made = await answerOf(control.POST('/_mock/key-pairs', {}));
      if (await changeApp(appId, { [field]: made.publicKey })) {
        rememberPrivateKeys(appId, { [half]: made.privateKey });
      }
    });
  return (
    <div>
      <dt>{t(`keys.${field}`)}</dt>
      <dd>
        {registered === null ? (
          <span class="hint">{t('keys.none')}</span>
        ) : (
          <PublicKey value={registered} name={t(`keys.${field}`)} />
        )}
        {privateKey !== undefined && (
          <p>
            {t('keys.private')} <Secret name={t('keys.private')} value={privateKey} />
          </p>
        )}
        <div class="actions">
          <button type="button" class="small" onClick={() => void generate()}>
            {t(registered === null ? 'keys.generate' : 'keys.generateAnew')}
          </button>
          {registered !== null && (
            <button type="button" class="small" onClick={() => void changeApp(appId, { [field]: null })}>
              {t('keys.remove')}
            </button>
          )}
        </div>
      </dd>
    </div>
  );
}

function PublicKey({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <span class="public-key">
      <code>{value}</code> <CopyButton text={value} of={name} />
    </span>
  );
}
