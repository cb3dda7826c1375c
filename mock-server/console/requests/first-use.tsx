/** The page before the first request: what this is, ways to connect a client, and the handset. */
import { useSignal } from '@preact/signals';
import manifest from '../../../package.json' with { type: 'json' };
import type { App } from '../../../src/control/api.js';
import { curlParts } from '../../../src/text/curl-command.js';
import { t } from '../messages/message.js';
import { Copied, PlainText, Secret } from '../parts/code-text.js';
import { Tabs } from '../parts/field.js';
import { type Fact, Facts } from '../parts/panel.js';
import { selectedAppId, signedRequest } from '../state/app-state.js';
import { BASE } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { authorization } from '../state/mock.js';
import { useLoaded } from '../state/notices.js';
import { nowMs } from '../state/now.js';
import { FIRST_OPERATION } from '../state/operations.js';
import { appOf, carrierAddress } from '../state/server-data.js';

/** `write` writes the calls of a login as commands; the other ways show what a client needs. */
const WAYS = [
  { way: 'address' },
  { way: 'proxy' },
  { way: 'curl', write: curl },
  { way: 'powershell', write: powershell },
] as const;

export function FirstUse() {
  const app = appOf(selectedAppId.value);
  const chosen = useSignal<(typeof WAYS)[number]>(WAYS[0]);
  const { way } = chosen.value;
  const proxy = `http://${location.hostname}:10087`;
  const proxyCommands = `npx --no -- cmpassport-mock --proxy-port 10087\nHTTPS_PROXY=${proxy} your-server`;
  return (
    <div class="first-use">
      <header>
        <h1>{t('first.title')}</h1>
        <p class="lead">{t('first.lead')}</p>
      </header>
      <section class="panel">
        <h2>{t('first.yourClient')}</h2>
        <Tabs
          label={t('first.way')}
          options={WAYS.map((each) => ({ value: each.way, text: t(`first.way.${each.way}`) }))}
          value={way}
          onChange={(name) => {
            chosen.value = WAYS.find((each) => each.way === name) ?? WAYS[0];
          }}
        />
        <p class="hint">{t(`first.way.${way}.does`)}</p>
        {way === 'address' && <Address app={app} />}
        {way === 'proxy' && <PlainText text={proxyCommands} name={t('first.way.proxy')} />}
        {'write' in chosen.value && app !== undefined && (
          <Command key={way} appId={app.appId} write={chosen.value.write} />
        )}
      </section>
      <section class="panel">
        <h2>{t('first.handset')}</h2>
        <p class="hint">{t('first.handsetWhy')}</p>
        <a class="button primary" href={hashOf({ view: 'handset' })}>
          {t('first.openHandset')}
        </a>
      </section>
      <footer class="hint">
        cmpassport-mock {manifest.version} · {t('first.docs')} ·{' '}
        <a href={`${BASE}/_mock/openapi.json`}>{t('first.openapi')}</a>
      </footer>
    </div>
  );
}

function Address({ app }: { readonly app: App | undefined }) {
  const credentials: readonly Fact[] =
    app === undefined
      ? []
      : [
          [
            app.name === null ? 'appId' : `appId · ${app.name}`,
            <Copied key="appId" name="appId" text={app.appId} />,
          ],
          ['appKey', <Secret key="appKey" name="appKey" value={app.appKey} />],
          ['APPSecret', <Secret key="appSecret" name="APPSecret" value={app.appSecret} />],
        ];
  const name = t('apps.address');
  return (
    <Facts
      facts={[
        [name, <Copied key="address" name={name} text={carrierAddress.value} />],
        ...credentials,
      ]}
    />
  );
}

interface CommandProps {
  readonly appId: string;
  readonly write: (call: Call) => string;
}

interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether its response is of interest. */
  readonly isShown: boolean;
}

/** Commands that log a user in: the first mints a token, the second sends the signed request with it. */
function Command({ appId, write }: CommandProps) {
  const calls = useLoaded(() => firstCalls(appId), [appId]);
  return calls === undefined ? null : (
    <PlainText text={calls.map(write).join('\n')} name={t('first.yourClient')} />
  );
}

async function firstCalls(appId: string): Promise<readonly Call[]> {
  // In the format of the SDK: the time, and 32 letters and digits, the 15th and 16th of which are 0 and w.
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(30)), (byte) =>
    (byte % 36).toString(36),
  ).join('');
  const token = `STsid000000${nowMs()}${letters.slice(0, 14)}0w${letters.slice(14)}`;
  const { path, headers, body } = await signedRequest(appId, {
    operation: FIRST_OPERATION,
    token,
  });
  const mint = `${BASE}/_mock/apps/${encodeURIComponent(appId)}/tokens`;
  return [
    { url: mint, headers: authorization(), body: JSON.stringify({ token }), isShown: false },
    { url: carrierAddress.value + path, headers, body, isShown: true },
  ];
}

function curl({ url, headers, body, isShown }: Call): string {
  // The shell does not trust the local CA.
  const options = `-s${url.startsWith('https:') ? 'k' : ''}${isShown ? '' : ' -o /dev/null'}`;
  return curlParts({ options, method: 'POST', url, headers: Object.entries(headers), body }).join(
    ' ',
  );
}

function powershell({ url, headers, body, isShown }: Call): string {
  const all = Object.entries({ 'Content-Type': 'application/json', ...headers });
  const table = all.map(([name, value]) => `${inQuotes(name)}=${inQuotes(value)}`).join('; ');
  const end = isShown ? '' : ' | Out-Null';
  return `Invoke-RestMethod -Method Post -Uri ${inQuotes(url)} -Headers @{${table}} -Body ${inQuotes(body)}${end}`;
}

/** A text of PowerShell without substitutions. */
function inQuotes(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
