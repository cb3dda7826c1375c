/** What the server says when it is up: addresses, a demo app, and two commands that work when pasted. */
import { requestBody } from '../../src/protocol/fields.js';
import { CARRIER_HOST_NAMES, OPERATIONS } from '../../src/protocol/operations.js';
import { signatureOf } from '../../src/protocol/signature.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import { listApps } from '../carrier/apps/apps.js';
import { formatToken } from '../carrier/engine/token-format.js';
import type { Random } from '../carrier/sources.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import type { RunningServer } from '../http/start-server.js';
import { type CurlCall, curlParts } from '../text/curl-command.js';
import { printable } from '../text/printable.js';
import { isLoopbackHost } from './config.js';

export interface BannerInputs {
  readonly version: string;
  readonly host: string;
  readonly controlToken: string | undefined;
  /** Not the server's own: what it draws for a seed does not depend on what was printed. */
  readonly random: Random;
}

export async function banner(server: RunningServer, inputs: BannerInputs): Promise<string> {
  const apps = await listApps(server.carrier);
  const demoApp = apps.find(({ settings }) => settings.capabilities.includes('loginTokenValidate'));
  const bases = [server.url, server.httpsUrl].filter((url) => url !== undefined);
  const lines = [
    `cmpassport-mock ${inputs.version}: a simulated China Mobile carrier (模拟中国移动统一认证)`,
    '',
    ...OPERATIONS.flatMap(({ operation, path }) => bases.map((base) => row(operation, `POST ${base}${path}`))),
    row('console', `${server.controlUrl}/`),
    row('control API', `${server.controlUrl}/_mock`),
    ...(server.proxyUrl === undefined ? [] : proxyRows(server.proxyUrl)),
    ...(server.caPem === undefined ? [] : [row('CA certificate', `${server.controlUrl}/_mock/ca.pem`)]),
    ...(demoApp === undefined ? [] : demo(server, demoApp, inputs)),
    ...(isLoopbackHost(inputs.host) ? [] : ['', ...OPEN_TO_ALL]),
  ];
  // An app of a shared store may have any text as its credentials.
  return `${lines.map(printable).join('\n')}\n`;
}

const OPEN_TO_ALL = [
  'Listening beyond loopback: an app without an ipWhitelist of its own admits any address.',
  '（监听地址不限于本机：未设置白名单的应用接受任何来源 IP。）',
];

function row(name: string, value: string): string {
  return `  ${name.padEnd(20)}${value}`;
}

/** Java has a row of its own: with HTTPS_PROXY alone its requests go to the real carrier. */
function proxyRows(proxyUrl: string): readonly string[] {
  const { hostname, port } = new URL(proxyUrl);
  return [
    row('proxy', `HTTPS_PROXY=${proxyUrl} leads https://${CARRIER_HOST_NAMES[0]} here`),
    row('proxy for Java', `-Dhttps.proxyHost=${hostname} -Dhttps.proxyPort=${port || 80} (Java ignores HTTPS_PROXY)`),
  ];
}

function demo(server: RunningServer, app: AppRecord, { controlToken, random }: BannerInputs): readonly string[] {
  const { appId, appKey, appSecret } = app.settings;
  const { url, controlUrl } = server;
  const nowMs = server.carrier.clock.nowMs();
  const token = formatToken(nowMs, app.shortId, random.base62);
  const request = exchange(app, { token, msgId: random.hex(32), nowMs });
  const authorization = controlToken === undefined ? [] : [['Authorization', `Bearer ${controlToken}`] as const];
  return [
    '',
    row('demo app', `appId ${appId}`),
    row('', `appKey ${printable(appKey)}`),
    row('', `appSecret ${printable(appSecret)}`),
    '',
    'Try it: mint a token as a phone would get it, and within two minutes exchange it for the phone number',
    '（先模拟手机端取得 token，两分钟内换取手机号）',
    '',
    post(`${controlUrl}/_mock/apps/${appId}/tokens`, authorization, { token }),
    '',
    post(`${url}${OPERATIONS[0].path}`, [['Content-Type', 'application/json']], request),
    '',
  ];
}

/** As a command, with a line feed behind the answer. */
function post(url: string, headers: CurlCall['headers'], body: object): string {
  return curlParts({ options: `-s -w '\\n'`, method: 'POST', url, headers, body: JSON.stringify(body) }).join(' ');
}

function exchange(
  { settings }: AppRecord,
  { token, msgId, nowMs }: { readonly token: string; readonly msgId: string; readonly nowMs: number },
): object {
  const { appId, signSecret } = settings;
  const [{ operation, version }] = OPERATIONS;
  const texts = { version, msgId, sentAt: formatTimestamp(nowMs), strictCheck: '0', appId, token };
  const { sign } = signatureOf(operation, texts, { secret: settings[signSecret] });
  return requestBody(operation, { ...texts, sign });
}
