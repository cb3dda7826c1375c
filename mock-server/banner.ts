/** What the server says when it is up: addresses, a demo app, and two commands that work when pasted. */
import { OPERATIONS } from '../src/protocol/operations.js';
import { md5Hex } from '../src/protocol/sign.js';
import { loginMd5Text } from '../src/protocol/string-to-sign.js';
import { formatTimestamp } from '../src/protocol/timestamp.js';
import { isLoopbackHost } from './config.js';
import { formatToken } from './engine/token-format.js';
import type { RunningServer } from './server.js';
import type { AppRecord } from './state-store.js';
import { listApps } from './worlds/apps.js';

export async function banner(
  server: RunningServer,
  {
    version,
    host,
    controlToken,
  }: { readonly version: string; readonly host: string; readonly controlToken: string | undefined },
): Promise<string> {
  const [demoApp] = await listApps(server.carrier);
  const bases = [server.url, server.httpsUrl].filter((url) => url !== undefined);
  const lines = [
    `cmpassport-mock ${version}: a simulated China Mobile carrier (模拟中国移动统一认证)`,
    '',
    ...OPERATIONS.flatMap(({ operation, path }) => bases.map((base) => row(operation, `POST ${base}${path}`))),
    row('control API', `${server.url}/_mock`),
    ...(server.httpsUrl === undefined ? [] : [row('CA certificate', `${server.url}/_mock/ca.pem`)]),
    ...(demoApp === undefined ? [] : demo(server, { app: demoApp, controlToken })),
    ...(isLoopbackHost(host) ? [] : ['', OPEN_TO_ALL]),
  ];
  return `${lines.join('\n')}\n`;
}

const OPEN_TO_ALL =
  'Listening beyond loopback: an app without an ipWhitelist of its own admits any address, and so does the control API\n' +
  'unless --control-token is set. (监听地址不限于本机:未设置白名单的应用接受任何来源 IP。)';

function row(name: string, value: string): string {
  return `  ${name.padEnd(20)}${value}`;
}

function demo(
  server: RunningServer,
  { app, controlToken }: { readonly app: AppRecord; readonly controlToken: string | undefined },
): readonly string[] {
  const { appId, appKey, appSecret } = app.settings;
  const { url } = server;
  const token = formatToken(server.carrier.clock.nowMs(), app.shortId, server.carrier.random.base62);
  const authorization = controlToken === undefined ? '' : ` -H 'Authorization: Bearer ${controlToken}'`;
  return [
    '',
    row('demo app', `appId ${appId}`),
    row('', `appKey ${appKey}`),
    row('', `appSecret ${appSecret}`),
    '',
    'Try it: mint a token as a phone would get it, and within two minutes exchange it for the phone number',
    '(先模拟手机端取得 token,两分钟内换取手机号):',
    '',
    `curl -s -X POST ${url}/_mock/apps/${appId}/tokens${authorization} -d '${JSON.stringify({ token })}'`,
    '',
    `curl -s ${url}${OPERATIONS[0].path} -H 'Content-Type: application/json' -d '${exchangeBody(server, app, token)}'`,
    '',
  ];
}

function exchangeBody({ carrier }: RunningServer, { settings }: AppRecord, token: string): string {
  const { appId, signSecret } = settings;
  const msgid = carrier.random.hex(32);
  const systemtime = formatTimestamp(carrier.clock.nowMs());
  const fields = { appId, version: '2.0', msgId: msgid, systemTime: systemtime, strictCheck: '0', token };
  const sign = md5Hex(loginMd5Text(fields, settings[signSecret]));
  return JSON.stringify({ version: '2.0', msgid, systemtime, strictcheck: '0', appid: appId, token, sign });
}
