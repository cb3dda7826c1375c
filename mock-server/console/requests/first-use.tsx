/** The page before the first request: three ways to send one with the selected app. */
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Secret } from '../parts/secret.js';
import { ShellText } from '../parts/shell-text.js';
import { appLabel, appOf } from '../state/app-names.js';
import { hashOf } from '../state/hash.js';
import { attempt } from '../state/notices.js';
import { selectedAppId } from '../state/selected-app.js';
import { operations } from '../state/server-data.js';
import { firstCommand } from './first-command.js';

export function FirstUse() {
  const appId = selectedAppId.value;
  const app = appId === undefined ? undefined : appOf(appId);
  return (
    <div class="first-use">
      <header>
        <h1>
          <span class="pulse" aria-hidden="true" /> {t('first.title')}
        </h1>
        <p class="lead">{t('first.lead')}</p>
      </header>
      <section class="panel">
        <h2>{t('first.yourClient')}</h2>
        <p class="hint">{t('first.yourClientWhy')}</p>
        <dl class="facts">
          {(operations.value ?? []).map((row) => (
            <div key={row.operation}>
              <dt>{t(`operation.${row.operation}`)}</dt>
              <dd>
                <code>{row.url}</code> <CopyButton text={row.url} of={t(`operation.${row.operation}`)} />
              </dd>
            </div>
          ))}
          {app !== undefined && <Credentials app={app} />}
        </dl>
      </section>
      <section class="panel">
        <h2>{t('first.handset')}</h2>
        <p class="hint">{t('first.handsetWhy')}</p>
        <ol class="first-steps">
          {(['tap', 'send', 'read'] as const).map((step) => (
            <li key={step}>{t(`first.step.${step}`)}</li>
          ))}
        </ol>
        <a class="button primary" href={hashOf({ view: 'handset' })}>
          {t('first.openHandset')}
        </a>
      </section>
      {app?.capabilities.includes('loginTokenValidate') && <Command key={app.appId} app={app} />}
    </div>
  );
}

function Credentials({ app: { appId, appKey, appSecret } }: { readonly app: App }) {
  return (
    <>
      <div>
        <dt>appId</dt>
        <dd>
          <code>{appId}</code> {appLabel(appId) !== appId && <span class="hint">{appLabel(appId)}</span>}{' '}
          <CopyButton text={appId} of="appId" />
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
    </>
  );
}

function Command({ app: { appId } }: { readonly app: App }) {
  const [command, setCommand] = useState<string | undefined>(undefined);
  useEffect(() => {
    void attempt(async () => setCommand(await firstCommand(appId)));
  }, [appId]);
  return (
    <section class="panel first-curl">
      <h2>{t('first.curl')}</h2>
      <p class="hint">{t('first.curlWhy')}</p>
      {command !== undefined && <ShellText text={command} name="curl" />}
    </section>
  );
}
