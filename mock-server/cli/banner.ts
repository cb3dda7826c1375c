/** What the server prints after start: its addresses, a demo app, and two commands to paste. */

import { requestBody } from '../../src/protocol/fields.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { signatureOf, signSecretOf } from '../../src/protocol/signature.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import { type Bilingual, COLON, type Language } from '../../src/text/bilingual.js';
import { curlParts } from '../../src/text/curl-command.js';
import { columns, printable } from '../../src/text/printable.js';
import { listApps } from '../carrier/apps/apps.js';
import type { CarrierSettings } from '../carrier/carrier.js';
import { readingsAsObserved } from '../carrier/engine/calibration.js';
import { formatToken } from '../carrier/engine/token-format.js';
import type { Random } from '../carrier/sources.js';
import type { AppRecord } from '../carrier/store/state-store.js';
import type { Shell } from '../options/option-rows.js';
import { isLoopbackHost } from '../options/settings.js';
import type { RunningServer } from '../server/start-server.js';
import { powerShellCommand } from '../text/powershell-command.js';

export interface BannerInputs {
  readonly version: string;
  readonly host: string;
  readonly controlToken: string | undefined;
  readonly language: Language;
  readonly shell: Shell;
  /** Not the server's: what the server generates from a seed must not depend on the banner. */
  readonly random: Random;
}

export async function banner(server: RunningServer, inputs: BannerInputs): Promise<string> {
  const apps = await listApps(server.carrier);
  const demoApp = apps.find(({ settings }) => settings.capabilities.includes('loginTokenValidate'));
  const bases = [carrierUrlOf(server), server.httpsUrl].filter((url) => url !== undefined);
  const { language, version } = inputs;
  const rows = [
    ...OPERATIONS.flatMap(({ operation, path }) =>
      bases.map((base) => row(operation, `POST ${base}${path}`)),
    ),
    row(ROW_NAMES.console[language], `${server.publicUrl}/`),
    row(ROW_NAMES.controlApi[language], `${server.publicUrl}/_mock`),
    ...(server.proxyUrl === undefined ? [] : proxyRows(server.proxyUrl, language)),
    ...(server.caPem === undefined
      ? []
      : [row(ROW_NAMES.ca[language], `${server.publicUrl}/_mock/ca.pem`)]),
    ...calibrationRows(server.carrier.settings, language),
    ...(demoApp === undefined ? [] : appRows(demoApp, language)),
  ];
  const lines = [
    `cmpassport-mock ${version}${COLON[language]}${TITLE[language]}`,
    '',
    ...rows,
    ...(demoApp === undefined
      ? []
      : ['', TRY_IT[language], '', ...commandsFor(server, demoApp, inputs)]),
    ...(isLoopbackHost(inputs.host) ? [] : ['', OPEN_TO_ALL[language]]),
    '',
  ];
  // An app of a shared store can have any text as its credentials.
  return `${lines.map(printable).join('\n')}\n`;
}

const TITLE: Bilingual = { en: 'a simulated China Mobile carrier', zh: '移动认证平台的模拟服务' };
const TRY_IT: Bilingual = {
  en: 'Try it: get a token as a phone does, then exchange it for the phone number within two minutes',
  zh: '试一试：先签发一个 token（相当于手机取 token），两分钟内用它换取手机号码',
};
const OPEN_TO_ALL: Bilingual = {
  en: 'The mock listens beyond loopback: an app without its own ipWhitelist accepts every client address.',
  zh: '监听地址不限于本机：没有设 ipWhitelist 的应用放行任何来源 IP。',
};
const ROW_NAMES = {
  console: { en: 'console', zh: '控制台' },
  controlApi: { en: 'control API', zh: '控制接口' },
  ca: { en: 'CA certificate', zh: 'CA 证书' },
  calibration: { en: 'calibration', zh: '校准' },
  demoApp: { en: 'demo app', zh: '演示应用' },
  proxy: { en: 'proxy', zh: '代理' },
  javaProxy: { en: 'proxy for Java', zh: 'Java 的代理' },
} satisfies Readonly<Record<string, Bilingual>>;

const NAME_WIDTH = 20;

function row(name: string, value: string): string {
  return `  ${name}${' '.repeat(NAME_WIDTH - columns(name))}${value}`;
}

/** Java ignores HTTPS_PROXY, so its requests would reach the real carrier. */
function proxyRows(proxyUrl: string, language: Language): readonly string[] {
  const { hostname, port } = new URL(proxyUrl);
  const forAll: Bilingual = {
    en: `set HTTPS_PROXY=${proxyUrl} to send requests for https://${OPERATIONS[0].hosts[0]} here`,
    zh: `设置 HTTPS_PROXY=${proxyUrl} 后，发到 https://${OPERATIONS[0].hosts[0]} 的请求会到这里`,
  };
  const properties = `-Dhttps.proxyHost=${hostname} -Dhttps.proxyPort=${port || 80}`;
  const forJava: Bilingual = {
    en: `${properties} (Java ignores HTTPS_PROXY)`,
    zh: `${properties}（Java 不读 HTTPS_PROXY）`,
  };
  return [
    row(ROW_NAMES.proxy[language], forAll[language]),
    row(ROW_NAMES.javaProxy[language], forJava[language]),
  ];
}

function calibrationRows(settings: CarrierSettings, language: Language): readonly string[] {
  const { calibration, readings } = settings;
  if (calibration === undefined) return [];
  const { target, calibratedAt } = calibration;
  const settled = readingsAsObserved(calibration, readings).length;
  const all = Object.keys(readings).length;
  const text: Bilingual = {
    en: `${target}, ${calibratedAt}: ${settled} of ${all} readings observed`,
    zh: `${target}，${calibratedAt}：${all} 项解释口径中 ${settled} 项有观测结果`,
  };
  return [row(ROW_NAMES.calibration[language], text[language])];
}

function appRows(
  { settings: { appId, appKey, appSecret } }: AppRecord,
  language: Language,
): readonly string[] {
  return [
    '',
    row(ROW_NAMES.demoApp[language], `appId ${appId}`),
    row('', `appKey ${printable(appKey)}`),
    row('', `appSecret ${printable(appSecret)}`),
  ];
}

function commandsFor(
  server: RunningServer,
  app: AppRecord,
  { controlToken, shell, random }: BannerInputs,
): readonly string[] {
  const { publicUrl } = server;
  const nowMs = server.carrier.clock.nowMs();
  const token = formatToken(nowMs, app.shortId, random.base62);
  const { appId } = app.settings;
  const [{ operation, version, path }] = OPERATIONS;
  const msgId = random.hex(32);
  const texts = { version, msgId, sentAt: formatTimestamp(nowMs), strictCheck: '0', appId, token };
  const secret = app.settings[signSecretOf(operation, app.settings) ?? 'appSecret'];
  const { sign } = signatureOf(operation, texts, { secret });
  const login = requestBody(operation, { ...texts, sign });
  const headers =
    controlToken === undefined ? [] : [['Authorization', `Bearer ${controlToken}`] as const];
  const post = POST[shell];
  return [
    post({
      url: `${publicUrl}/_mock/apps/${appId}/tokens`,
      headers,
      body: JSON.stringify({ token }),
    }),
    '',
    post({ url: `${carrierUrlOf(server)}${path}`, headers: [], body: JSON.stringify(login) }),
  ];
}

/** A separate control port has the public address, if there is one. */
function carrierUrlOf({ url, controlUrl, publicUrl }: RunningServer): string {
  return url === controlUrl ? publicUrl : url;
}

interface JsonPost {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

const POST: Readonly<Record<Shell, (call: JsonPost) => string>> = {
  /** Prints a line feed after the response. */
  bash: ({ headers, ...call }) =>
    curlParts({
      ...call,
      options: `-s -w '\\n'`,
      method: 'POST',
      headers: [...headers, JSON_TYPE],
    }).join(' '),
  powershell: powerShellCommand,
};
