/** What a MockApp has, grouped by purpose: a missing or an unknown member does not compile. */
import type { MockApp } from '../../src/control/mock-app.js';
import { type Bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

const PURPOSES = {
  credentials: { en: 'credentials for your client', zh: '给调用方的凭据' },
  tokens: {
    en: 'tokens, as the phone gets them',
    zh: '签发 token，相当于手机端 SDK 取号得到的 token',
  },
  signing: { en: 'a signed request', zh: '生成签好名的请求' },
  sms: { en: 'the SMS credential of `001`', zh: '随 `001` 返回的短验辅助凭证' },
  time: { en: 'time', zh: '控制时钟' },
  outcomes: { en: 'outcomes and faults', zh: '强制返回和故障' },
  numbers: { en: 'outcomes for a number', zh: '按号码强制返回' },
  settings: { en: 'settings', zh: '查看和修改设置' },
  requests: { en: 'received requests', zh: '查看收到的请求和计费' },
  assertions: { en: 'assertions', zh: '断言' },
  state: { en: 'state', zh: '保存和重置状态' },
} as const satisfies Readonly<Record<string, Bilingual>>;

type Purpose = keyof typeof PURPOSES;

/** Its purpose, and how it is called: with its most common arguments. */
const MEMBERS: Readonly<
  Record<Exclude<keyof MockApp, symbol>, readonly [purpose: Purpose, call: string]>
> = {
  appId: ['credentials', 'appId'],
  appKey: ['credentials', 'appKey'],
  appSecret: ['credentials', 'appSecret'],
  platformPublicKey: ['credentials', 'platformPublicKey'],
  appSignPrivateKey: ['credentials', 'appSignPrivateKey'],
  appDecryptPrivateKey: ['credentials', 'appDecryptPrivateKey'],
  controlToken: ['credentials', 'controlToken'],
  mint: ['tokens', 'mint({ phoneNumber, capability, operator, ageMs })'],
  mintMany: ['tokens', 'mintMany(count)'],
  token: ['tokens', 'token(text)'],
  signedRequest: ['signing', 'signedRequest({ operation, token, fields, … })'],
  accessToken: ['sms', 'accessToken(text)'],
  redeem: ['sms', 'redeem(text)'],
  advance: ['time', "advance('2m')"],
  freeze: ['time', 'freeze()'],
  unfreeze: ['time', 'unfreeze()'],
  clock: ['time', 'clock()'],
  setClock: ['time', 'setClock({ atMs })'],
  script: ['outcomes', "script('loginTokenValidate', '103211*2, reset')"],
  outcomes: ['outcomes', 'outcomes(operation)'],
  clearScript: ['outcomes', 'clearScript(operation)'],
  scriptNumber: ['numbers', "scriptNumber('13800138000', { loginTokenValidate: '105312*' })"],
  numberOutcomes: ['numbers', 'numberOutcomes(phoneNumber)'],
  scriptedNumbers: ['numbers', 'scriptedNumbers()'],
  clearNumber: ['numbers', 'clearNumber(phoneNumber)'],
  settings: ['settings', 'settings'],
  read: ['settings', 'read()'],
  update: ['settings', 'update({ capabilities, ipWhitelist, dailyQuota, … })'],
  requests: ['requests', 'requests()'],
  events: ['requests', 'events()'],
  count: ['requests', 'count()'],
  ledger: ['requests', 'ledger()'],
  explain: ['requests', 'explain(requestId)'],
  assertCalledOnce: ['assertions', 'assertCalledOnce({ operation, resultCode, token })'],
  assertNeverCalled: ['assertions', 'assertNeverCalled()'],
  assertCalled: ['assertions', 'assertCalled(n)'],
  assertCharged: ['assertions', 'assertCharged(n)'],
  assertScriptUsedUp: ['assertions', 'assertScriptUsedUp(operation)'],
  expectRequest: ['assertions', 'expectRequest(requestId)'],
  snapshot: ['state', 'snapshot()'],
  snapshots: ['state', 'snapshots()'],
  reset: ['state', 'reset()'],
  forget: ['state', 'forget()'],
  dispose: ['state', 'dispose()'],
};

const HEAD = { en: ['For', 'Calls'], zh: ['用途', '调用'] };

export function mockApp(language: Language): string {
  return table(
    HEAD[language],
    Object.entries(PURPOSES).map(([id, purpose]) => {
      const calls = Object.values(MEMBERS).flatMap(([of, call]) => (of === id ? [code(call)] : []));
      return [purpose[language], calls.join(LIST_COMMA[language])];
    }),
  );
}
