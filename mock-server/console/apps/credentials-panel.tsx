/** What the app's server signs with, hidden until asked for. */

import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Panel } from '../parts/panel.js';
import { Secret } from '../parts/secret.js';
import { carrierAddress } from '../state/carrier-address.js';

export function CredentialsPanel({ app: { appId, appKey, appSecret } }: { readonly app: App }) {
  return (
    <Panel title={t('apps.credentials')}>
      <dl class="facts">
        <div>
          <dt>appId</dt>
          <dd>
            <code>{appId}</code> <CopyButton text={appId} of="appId" />
          </dd>
        </div>
        <div>
          <dt>appKey</dt>
          <dd>
            <Secret name="appKey" value={appKey} />
          </dd>
        </div>
        <div>
          <dt>APPSecret</dt>
          <dd>
            <Secret name="APPSecret" value={appSecret} />
          </dd>
        </div>
        <div>
          <dt>{t('apps.address')}</dt>
          <dd>
            <code>{carrierAddress.value}</code> <CopyButton text={carrierAddress.value} of={t('apps.address')} />
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
