/** The app's name, its secrets (hidden at first), and the carrier's address. */
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { TextField } from '../parts/field.js';
import { Secret } from '../parts/secret.js';
import { carrierAddress } from '../state/server-data.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';

export function CredentialsSection({ edited: { app, form, wrong, edit } }: { readonly edited: EditedApp }) {
  return (
    <Section name="credentials" hint={t('apps.credentialsHint')}>
      <TextField
        label={t('apps.name')}
        hint={t('apps.nameHint')}
        problem={wrong.includes('name') ? t('apps.nameWrong') : undefined}
        value={form.name}
        onInput={(name) => edit({ name })}
      />
      <dl class="facts">
        <div>
          <dt>appKey</dt>
          <dd>
            <Secret name="appKey" value={app.appKey} />
          </dd>
        </div>
        <div>
          <dt>APPSecret</dt>
          <dd>
            <Secret name="APPSecret" value={app.appSecret} />
          </dd>
        </div>
        <div>
          <dt>{t('apps.address')}</dt>
          <dd>
            <code>{carrierAddress.value}</code> <CopyButton text={carrierAddress.value} of={t('apps.address')} />
          </dd>
        </div>
      </dl>
    </Section>
  );
}
