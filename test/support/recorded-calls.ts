/** Calls of the control API, one after another on one carrier, whose answers are recorded: their bytes are public. */
import { readFileSync, writeFileSync } from 'node:fs';
import { loginRequest } from './requests.js';

const FILE = 'test/support/recorded-answers.json';
/** The control token of the locked carrier. */
export const CONTROL_TOKEN = 'server-secret';
const LOCKED = { authorization: `Bearer ${CONTROL_TOKEN}` };
const PAGE = { origin: 'http://elsewhere.example' };

interface RecordedCall {
  /** Method and target. `{request}` is the id of the refused login. */
  readonly call: string;
  /** The text is the reference's or an explanation, which tests of their own check. */
  readonly withoutText?: true;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const APP = '/_mock/apps/recorded';
const REFUSED_LOGIN = loginRequest({ appId: 'recorded', appKey: '', appSecret: 'wrong' }, 'one', {
  msgid: 'recorded',
});
const JSON_TYPE = { 'content-type': 'application/json' };

/** Without a control token. */
export const CALLS: readonly RecordedCall[] = [
  { call: 'GET /_mock/health' },
  { call: 'HEAD /_mock/health' },
  { call: 'GET /_mock/health?any=1' },
  { call: 'GET /_mock/health/live' },
  { call: 'GET /_mock/ca.pem' },
  { call: 'GET /_mock/truststore.p12?password=a&password=b' },
  { call: 'GET /_mock/truststore.p12' },
  { call: 'GET /_mock/result-codes', withoutText: true },
  { call: 'GET /_mock/operations', withoutText: true },
  { call: 'GET /_mock/readings', withoutText: true },
  { call: 'GET /_mock/subscribers' },
  { call: 'POST /_mock/apps', body: { appId: 'recorded', name: 'Recorded', dailyQuota: 10 } },
  { call: 'POST /_mock/apps', body: { appId: 'recorded' } },
  { call: 'POST /_mock/apps', body: { appId: 'locked', controlToken: 'app-secret' } },
  { call: 'POST /_mock/apps', body: { appkey: 'x' } },
  { call: 'POST /_mock/apps', body: { readings: { 'content-type': 'refused:x' } } },
  { call: 'POST /_mock/apps', body: { appVerifyKey: 'no key' } },
  { call: 'POST /_mock/apps', body: { generateKeys: true, appVerifyKey: 'MA==' } },
  { call: 'POST /_mock/apps', body: '{"appId":', headers: JSON_TYPE },
  { call: 'POST /_mock/apps', body: '[]', headers: { ...JSON_TYPE, 'accept-language': 'zh' } },
  { call: 'POST /_mock/apps?lang=zh', body: { appId: '-' } },
  { call: 'POST /_mock/apps', body: {}, headers: { 'content-encoding': 'rot13' } },
  { call: 'POST /_mock/apps', body: '{}', headers: { 'content-type': 'text/plain; charset=gbk' } },
  { call: 'POST /_mock/apps', body: {}, headers: PAGE },
  { call: 'GET /_mock/apps', headers: PAGE },
  { call: 'GET /_mock/apps?unknown=1' },
  { call: 'GET /_mock/APPS/' },
  { call: `GET ${APP}` },
  { call: 'GET /_mock/apps/locked' },
  { call: 'GET /_mock/apps/locked', headers: { authorization: 'Bearer app-secret' } },
  { call: 'GET /_mock/apps/missing' },
  { call: `PATCH ${APP}`, body: { dailyQuota: null, readings: { 'json-null': 'absent' } } },
  { call: `PATCH ${APP}`, body: { appId: 'other' } },
  { call: 'PATCH /_mock/apps/missing', body: { appkey: 1 } },
  { call: `POST ${APP}/tokens`, body: { token: 'one' } },
  { call: `POST ${APP}/tokens`, body: { token: 'one' } },
  { call: `POST ${APP}/tokens`, body: { token: 'one', count: 2 } },
  { call: `POST ${APP}/tokens`, body: { count: 2, operator: 'telecom', ageMs: 1000 } },
  { call: `POST ${APP}/tokens`, body: { capability: 'h5TokenValidate', token: 'page' } },
  { call: `GET ${APP}/tokens/one` },
  { call: `GET ${APP}/tokens/none` },
  { call: `GET ${APP}/access-tokens/none` },
  { call: `POST ${APP}/access-tokens/none/redeem` },
  { call: `GET ${APP}/clock` },
  { call: `PUT ${APP}/clock`, body: { frozen: true } },
  { call: `POST ${APP}/clock/advance`, body: { by: '2m' } },
  { call: `POST ${APP}/clock/advance`, body: { by: 2 } },
  { call: `POST ${APP}/clock/advance` },
  { call: `PUT ${APP}/outcomes/tokenValidate`, body: { script: '999*2, reset' } },
  { call: `PUT ${APP}/outcomes/tokenValidate`, body: { script: 'nothing' } },
  { call: `PUT ${APP}/outcomes/unknown`, body: { script: 'pass' } },
  { call: `GET ${APP}/outcomes/tokenValidate` },
  { call: `DELETE ${APP}/outcomes/tokenValidate` },
  { call: `PUT ${APP}/subscribers/13800138000`, body: { outcomes: { tokenValidate: '999' } } },
  { call: `PUT ${APP}/subscribers/13800138000`, body: { outcomes: { tokenValidate: 'x' } } },
  { call: `GET ${APP}/subscribers` },
  { call: `GET ${APP}/subscribers/13800138000` },
  { call: `GET ${APP}/subscribers/1` },
  { call: `DELETE ${APP}/subscribers/13800138000` },
  { call: `POST ${APP}/snapshots` },
  { call: `GET ${APP}/snapshots` },
  { call: `POST ${APP}/snapshots/none/restore` },
  { call: 'POST /unisdk/rsapi/loginTokenValidate', body: REFUSED_LOGIN },
  { call: 'GET /_mock/requests' },
  { call: 'GET /_mock/requests?limit=1&resultCode=103*&kind=refused&lang=zh' },
  { call: 'GET /_mock/requests?limit=0' },
  { call: 'GET /_mock/requests?burst=1' },
  { call: 'GET /_mock/requests?limit=1&limit=2' },
  { call: 'GET /_mock/requests?operation=login' },
  { call: 'GET /_mock/requests?kind=lost' },
  { call: 'GET /_mock/requests?cause=sign.secret' },
  { call: 'GET /_mock/requests?after=none' },
  { call: 'GET /_mock/requests?appId=locked' },
  { call: 'GET /_mock/requests/causes', withoutText: true },
  { call: 'GET /_mock/requests/{request}' },
  { call: 'GET /_mock/requests/{request}/explanation', withoutText: true },
  {
    call: 'GET /_mock/requests/{request}/explanation',
    withoutText: true,
    headers: { accept: 'text/plain' },
  },
  { call: 'GET /_mock/requests/{request}/explanation?lang=zh', withoutText: true },
  { call: 'GET /_mock/requests/{request}/explanation?lang=fr' },
  { call: 'POST /_mock/requests/{request}/expected' },
  { call: 'POST /_mock/requests/none/expected' },
  { call: 'GET /_mock/requests/none' },
  { call: 'POST /_mock/requests/count', body: { appId: 'recorded', resultCode: '103000' } },
  { call: 'POST /_mock/requests/count', body: { appId: 1 } },
  { call: `GET ${APP}/ledger?limit=5` },
  { call: `GET ${APP}/ledger?limit=1001` },
  { call: 'GET /_mock/apps/missing/ledger?limit=0' },
  { call: 'HEAD /_mock/events?appId=recorded' },
  { call: 'GET /_mock/events?burst=0' },
  {
    call: `POST ${APP}/signed-requests`,
    body: { operation: 'loginTokenValidate', token: 'one', fields: { strictcheck: '1' } },
  },
  {
    call: `POST ${APP}/signed-requests`,
    body: { operation: 'loginTokenValidate', token: 'one', fields: { sign: '1' } },
  },
  { call: `POST ${APP}/signed-requests`, body: { operation: 'tokenValidate', token: 'none' } },
  { call: 'POST /_mock/key-pairs', body: { bits: 512 } },
  { call: 'POST /_mock/ip-whitelist/check', body: { ipWhitelist: '10.0.0.1，a', clientIp: '::1' } },
  { call: 'POST /_mock/ip-whitelist/check', body: { ipWhitelist: '', clientIp: 'x' } },
  { call: 'DELETE /_mock/requests?appId=recorded&until=none' },
  { call: 'DELETE /_mock/requests?appId=missing' },
  { call: 'DELETE /_mock/requests?appId=recorded' },
  { call: `POST ${APP}/reset`, body: { any: 1 } },
  { call: `POST ${APP}/reset` },
  { call: 'OPTIONS /_mock/apps' },
  { call: 'PUT /_mock/apps' },
  { call: 'GET /_mock/none' },
  { call: 'GET /_mock/apps/%E0%A4%A' },
  { call: 'GET /favicon.ico' },
  { call: 'POST /unknown', body: {}, headers: { 'accept-language': 'zh-CN' } },
  { call: `DELETE ${APP}` },
  { call: `DELETE ${APP}` },
  { call: 'POST /_mock/reset' },
  { call: 'GET /_mock/apps' },
  { call: 'GET /_mock/openapi.json', withoutText: true },
];

/** With the control token of the server. */
export const LOCKED_CALLS: readonly RecordedCall[] = [
  { call: 'GET /_mock/health' },
  { call: 'GET /_mock/apps' },
  { call: 'GET /_mock/apps', headers: { authorization: 'Bearer wrong' } },
  { call: 'GET /_mock/apps', headers: LOCKED },
  { call: 'GET /_mock/apps/missing' },
  { call: 'GET /_mock/apps/missing', headers: LOCKED },
  { call: 'PUT /_mock/apps' },
  { call: 'PUT /_mock/apps', headers: LOCKED },
  { call: 'POST /_mock/requests/count', body: 'x' },
  { call: 'POST /_mock/requests/count', body: 'x', headers: LOCKED },
  { call: 'GET /_mock/events' },
];

type Headers = Readonly<Record<string, string>>;

interface RecordedAnswer {
  readonly call: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Sending extends PromiseLike<Pick<RecordedAnswer, 'status' | 'headers' | 'text'>> {
  set(headers: object): Sending;
  send(body: object | string): Sending;
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const;

/** A call without a socket, or of supertest. */
export type RecordedApi = Readonly<Record<(typeof METHODS)[number], (path: string) => Sending>>;

export async function answersOf(
  api: RecordedApi,
  calls: readonly RecordedCall[],
): Promise<readonly RecordedAnswer[]> {
  const answers: RecordedAnswer[] = [];
  let requestId = '';
  for (const { call, body, headers = {}, withoutText = false } of calls) {
    const [name, path = ''] = call.replace('{request}', requestId).split(' ');
    const method = METHODS.find((each) => each.toUpperCase() === name) ?? 'get';
    const sending = api[method](path).set(headers);
    const answer = await (body === undefined ? sending : sending.send(body));
    requestId = answer.headers['x-mock-request-id'] ?? requestId;
    const text = withoutText ? '' : masked(answer.text);
    answers.push({ call, status: answer.status, headers: shown(answer.headers), text });
  }
  return answers;
}

/** Those that only HTTP adds. */
const OF_HTTP =
  /^(?:date|connection|keep-alive|content-length|transfer-encoding|vary|content-encoding)$/;

function shown(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OF_HTTP.test(name))
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** The port and the headers that a client adds differ. */
function masked(text = ''): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
    .replace(/("status":"ok","version":)"[^"]+"/, '$1"VERSION"')
    .replaceAll(/"request":\{"headers":\{.*?\},/g, '"request":{"headers":{},');
}

export interface Recorded {
  readonly open: readonly RecordedAnswer[];
  readonly locked: readonly RecordedAnswer[];
}

export function recordedAnswers(): Recorded {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

export function record(answers: Recorded): void {
  writeFileSync(FILE, `${JSON.stringify(answers, null, 2)}\n`);
}
