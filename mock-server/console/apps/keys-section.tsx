/** The app's two key pairs in the portal's format, and the carrier's public key. */
import { answerOf, control } from '../api/control-client.js';
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Secret } from '../parts/secret.js';
import { attempt, notifyDone } from '../state/notices.js';
import { type PrivateKeys, privateKeysOf, rememberPrivateKeys } from '../state/private-keys.js';
import { apps } from '../state/server-data.js';
import { Section } from './section.js';

const PAIRS = [
  { field: 'appVerifyKey', half: 'sign' },
  { field: 'appEncryptKey', half: 'decrypt' },
] as const satisfies readonly { readonly field: keyof App; readonly half: keyof PrivateKeys }[];

type Pair = (typeof PAIRS)[number];

export function KeysSection({ app }: { readonly app: App }) {
  return (
    <Section name="keys" hint={t('keys.hint')}>
      <dl class="keys-list">
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
    </Section>
  );
}

function KeyPair({ app: { appId, ...app }, pair: { field, half } }: { readonly app: App; readonly pair: Pair }) {
  const registered = app[field];
  const privateKey = privateKeysOf(appId)[half];
  const register = async (publicKey: string | null) => {
    const params = { path: { appId } };
    await answerOf(control.PATCH('/_mock/apps/{appId}', { params, body: { [field]: publicKey } }));
    await apps.reload();
    notifyDone(t(publicKey === null ? 'keys.removed' : 'keys.registered'));
  };
  const generate = async () => {
    const generated = await answerOf(control.POST('/_mock/key-pairs', {}));
    await register(generated.publicKey);
    rememberPrivateKeys(appId, { [half]: generated.privateKey });
  };
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
          <button type="button" class="small" onClick={() => void attempt(generate)}>
            {t(registered === null ? 'keys.generate' : 'keys.replace')}
          </button>
          {registered !== null && (
            <button type="button" class="small" onClick={() => void attempt(() => register(null))}>
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
      <code class="public-key-text">{value}</code> <CopyButton text={value} of={name} />
    </span>
  );
}
