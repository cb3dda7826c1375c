/** The page before the first request: three ways to send one with the selected app. */

import { curlParts } from '../../../src/text/curl-command.js';
import { t } from '../messages/message.js';
import { Copied, Secret, ShellText } from '../parts/code-text.js';
import { type Fact, Facts } from '../parts/panel.js';
import { selectedAppId } from '../state/app-state.js';
import { BASE } from '../state/base.js';
import { hashOf } from '../state/hash.js';
import { authorization, mockApp } from '../state/mock.js';
import { useLoaded } from '../state/notices.js';
import { nowMs } from '../state/now.js';
import { FIRST_OPERATION } from '../state/operations.js';
import { appOf, carrierAddress, operations } from '../state/server-data.js';

export function FirstUse() {
  const app = appOf(selectedAppId.value ?? '');
  const addresses = (operations.value ?? []).map(({ operation, url }): Fact => {
    const name = t(`operation.${operation}`);
    return [name, <Copied key={operation} name={name} text={url} />];
  });
  const credentials: readonly Fact[] =
    app === undefined
      ? []
      : [
          [app.name === null ? 'appId' : `appId · ${app.name}`, <Copied key="appId" name="appId" text={app.appId} />],
          ['appKey', <Secret key="appKey" name="appKey" value={app.appKey} />],
          ['APPSecret', <Secret key="appSecret" name="APPSecret" value={app.appSecret} />],
        ];
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
        <Facts facts={[...addresses, ...credentials]} />
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
      {app?.capabilities.includes(FIRST_OPERATION) && <Command key={app.appId} appId={app.appId} />}
    </div>
  );
}

function Command({ appId }: { readonly appId: string }) {
  const command = useLoaded(() => firstCommand(appId), [appId]);
  return (
    <section class="panel first-curl">
      <h2>{t('first.curl')}</h2>
      <p class="hint">{t('first.curlWhy')}</p>
      {command !== undefined && <ShellText text={command} name="curl" />}
    </section>
  );
}

/** A command that logs a user in: it mints a token, then sends the signed request with it. */
async function firstCommand(appId: string): Promise<string> {
  const token = newToken();
  const request = { operation: FIRST_OPERATION, token };
  const { method, path, headers, body } = await mockApp(appId).signedRequest(request);
  const mint = curlParts({
    options: `-s${insecure(BASE)} -o /dev/null`,
    method: 'POST',
    url: `${BASE}/_mock/apps/${encodeURIComponent(appId)}/tokens`,
    headers: Object.entries(authorization()),
    body: JSON.stringify({ token }),
  });
  const login = curlParts({
    options: `-s${insecure(carrierAddress.value)}`,
    method,
    url: carrierAddress.value + path,
    headers: Object.entries(headers),
    body,
  });
  return [mint, login].map((parts) => parts.join(' ')).join('\n');
}

/** A token in the format of the SDK: the time, and 32 letters and digits, the 15th and 16th of which are 0 and w. */
function newToken(): string {
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(15)), (byte) => byte.toString(16).padStart(2, '0'));
  const random = bytes.join('');
  return `STsid000000${nowMs()}${random.slice(0, 14)}0w${random.slice(14)}`;
}

/** The shell does not trust the local CA. */
function insecure(url: string): string {
  return url.startsWith('https:') ? 'k' : '';
}
