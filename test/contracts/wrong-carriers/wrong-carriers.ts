/** Carriers that are ours but for one thing. The cases have to catch each of them, which is how we know that they judge. */
import type { Operation } from '../../../contracts/index.js';

export type Theme = 'tokens' | 'signs' | 'order' | 'charges' | 'access' | 'request' | 'answer';

export interface WrongCarrier {
  readonly id: string;
  readonly about: Theme;
  /** What it does, in a plain sentence. */
  readonly does: string;
  /** Where it can show. */
  readonly operations: readonly Operation[];
  /** In the file, this text, found once, is that text. */
  readonly change: { readonly file: string; readonly from: string; readonly to: string };
}

const LOGIN: readonly Operation[] = ['loginTokenValidate'];
const VERIFY: readonly Operation[] = ['tokenValidate'];
const BOTH: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];

const SHARED_FACTS = 'mock-server/engine/facts/shared.ts';
const LOGIN_FACTS = 'mock-server/engine/facts/login-token-validate.ts';
const VERIFY_FACTS = 'mock-server/engine/facts/token-validate.ts';
const LOGIN_RULES = 'mock-server/engine/rules/login-token-validate.ts';
const VERIFY_RULES = 'mock-server/engine/rules/token-validate.ts';
const DECIDE = 'mock-server/engine/decide.ts';
const RENDER = 'mock-server/engine/render.ts';
const STATE = 'mock-server/engine/state.ts';
const QUOTA = 'mock-server/engine/quota.ts';
const REQUEST = 'mock-server/engine/request.ts';
const WHITELIST = 'mock-server/engine/ip-whitelist.ts';
const TOKEN_FORMAT = 'mock-server/engine/token-format.ts';
const JUDGE = 'mock-server/judge.ts';
const TEXTS = 'src/protocol/string-to-sign.ts';
const TIMESTAMP = 'src/protocol/timestamp.ts';
const SIGN = 'src/protocol/sign.ts';

export const WRONG_CARRIERS: readonly WrongCarrier[] = [
  {
    id: 'token-works-twice',
    about: 'tokens',
    does: 'lets a token be used again',
    operations: BOTH,
    change: { file: SHARED_FACTS, from: 'state.token?.usedBy === undefined,', to: 'state.token !== undefined,' },
  },
  {
    id: 'token-lives-three-minutes',
    about: 'tokens',
    does: 'lets a token live three minutes',
    operations: BOTH,
    change: { file: STATE, from: 'nowMs < expiresAtMs', to: 'nowMs < expiresAtMs + 60_000' },
  },
  {
    id: 'token-lives-119-seconds',
    about: 'tokens',
    does: 'lets a token die after 119 seconds',
    operations: BOTH,
    change: { file: STATE, from: 'nowMs < expiresAtMs', to: 'nowMs < expiresAtMs - 1_000' },
  },
  {
    id: 'token-lives-a-moment-too-long',
    about: 'tokens',
    does: 'takes a token at exactly two minutes',
    operations: BOTH,
    change: { file: STATE, from: 'nowMs < expiresAtMs', to: 'nowMs <= expiresAtMs' },
  },
  {
    id: 'refusal-uses-token',
    about: 'tokens',
    does: 'uses the token up by a refused call',
    operations: BOTH,
    change: { file: DECIDE, from: "readings['refused-call-uses-token'] === 'yes'", to: 'true' },
  },
  {
    id: 'token-of-another-app',
    about: 'tokens',
    does: 'takes the token of another app',
    operations: LOGIN,
    change: {
      file: LOGIN_RULES,
      from: "  { requires: 'tokenOfThisApp', otherwise: '103133', basis: 'documented' },\n",
      to: '',
    },
  },
  {
    id: 'token-of-the-other-capability',
    about: 'tokens',
    does: 'takes a token that was got for the other operation',
    operations: BOTH,
    change: {
      file: SHARED_FACTS,
      from: 'state.token?.capability === request.operation',
      to: 'state.token !== undefined',
    },
  },
  {
    id: 'any-token-shape',
    about: 'tokens',
    does: 'says of an ill-formed token that it is not known',
    operations: LOGIN,
    change: {
      file: TOKEN_FORMAT,
      from: 'return TOKEN.test(text);',
      to: 'return text !== undefined || TOKEN.test(text);',
    },
  },
  {
    id: 'empty-token-is-a-parameter',
    about: 'tokens',
    does: 'answers 103414 for a token that is missing',
    operations: LOGIN,
    change: {
      file: LOGIN_RULES,
      from: "requires: 'tokenPresent', otherwise: '103811'",
      to: "requires: 'tokenPresent', otherwise: '103414'",
    },
  },
  {
    id: 'not-own-number-keeps-token',
    about: 'tokens',
    does: 'leaves the token good after 001',
    operations: VERIFY,
    change: {
      file: DECIDE,
      from: "if (charged || (readings['refused-call-uses-token']",
      to: "if ((charged && decidedBy === 'allMet') || (readings['refused-call-uses-token']",
    },
  },
  {
    id: 'login-sign-not-checked',
    about: 'signs',
    does: 'does not look at the MD5 sign',
    operations: LOGIN,
    change: {
      file: LOGIN_FACTS,
      from: 'return equalInConstantTime(received, expected);',
      to: 'return received !== expected || true;',
    },
  },
  {
    id: 'verify-sign-not-checked',
    about: 'signs',
    does: 'does not look at the HMAC',
    operations: VERIFY,
    change: {
      file: VERIFY_FACTS,
      from: "return equalInConstantTime(settings.readings['verify-hex-case']",
      to: "return true || equalInConstantTime(settings.readings['verify-hex-case']",
    },
  },
  {
    id: 'login-upper-case-only',
    about: 'signs',
    does: 'refuses a lower-case MD5',
    operations: LOGIN,
    change: { file: LOGIN_FACTS, from: "=== 'any' ? upperHex(sign) : sign", to: "=== 'any' ? sign : sign" },
  },
  {
    id: 'verify-any-case',
    about: 'signs',
    does: 'takes a lower-case HMAC where the reading refuses it',
    operations: VERIFY,
    change: {
      file: VERIFY_FACTS,
      from: "=== 'any' ? upperHex(sign) : sign, expected",
      to: '=== undefined ? sign : sign.toUpperCase(), expected',
    },
  },
  {
    id: 'login-sign-without-strictcheck',
    about: 'signs',
    does: 'signs without strictcheck',
    operations: LOGIN,
    change: { file: TEXTS, from: 'systemTime + strictCheck + token', to: 'systemTime + strictCheck.slice(1) + token' },
  },
  {
    id: 'login-rsa-is-sha1',
    about: 'signs',
    does: 'checks SHA1withRSA at login',
    operations: LOGIN,
    change: { file: LOGIN_FACTS, from: "verifyRsa('RSA-SHA256'", to: "verifyRsa('RSA-SHA1' as 'RSA-SHA256'" },
  },
  {
    id: 'verify-rsa-is-sha256',
    about: 'signs',
    does: 'checks SHA256withRSA at verify',
    operations: VERIFY,
    change: { file: VERIFY_FACTS, from: "verifyRsa('RSA-MD5'", to: "verifyRsa('RSA-SHA256'" },
  },
  {
    id: 'rsa-in-any-case',
    about: 'signs',
    does: 'takes rsa in lower case for RSA',
    operations: LOGIN,
    change: {
      file: LOGIN_FACTS,
      from: "return encryptionAlgorithm === 'RSA';",
      to: "return encryptionAlgorithm?.toUpperCase() === 'RSA';",
    },
  },
  {
    id: 'login-rsa-base64',
    about: 'signs',
    does: 'takes the RSA sign of login in Base64',
    operations: LOGIN,
    change: {
      file: SIGN,
      from: "const bytes = Buffer.from(text, 'hex');\n  return text !== '' && bytes.length * 2 === text.length ? bytes : undefined;",
      to: "return Buffer.from(text, 'base64');",
    },
  },
  {
    id: 'one-key-is-enough',
    about: 'signs',
    does: 'takes RSA with only 应用公钥1 registered',
    operations: LOGIN,
    change: {
      file: LOGIN_FACTS,
      from: 'state.app?.verifyKey !== undefined && state.app.encryptKey !== undefined',
      to: 'state.app?.verifyKey !== undefined',
    },
  },
  {
    id: 'app-secret-always',
    about: 'signs',
    does: 'signs login with APPSecret, whatever the app is set to',
    operations: LOGIN,
    change: {
      file: 'mock-server/engine/app-settings.ts',
      from: 'settings[settings.signSecret]',
      to: 'settings.appSecret',
    },
  },
  {
    id: 'sign-before-whitelist',
    about: 'order',
    does: 'checks the sign before the whitelist at verify',
    operations: VERIFY,
    change: {
      file: VERIFY_RULES,
      from: `  { requires: 'ipAllowed', otherwise: '124', basis: 'documented' },
  { requires: 'capabilityGranted', otherwise: '103420', basis: 'documented' },
  { requires: 'signValid', otherwise: '302', basis: 'documented' },`,
      to: `  { requires: 'signValid', otherwise: '302', basis: 'documented' },
  { requires: 'ipAllowed', otherwise: '124', basis: 'documented' },
  { requires: 'capabilityGranted', otherwise: '103420', basis: 'documented' },`,
    },
  },
  {
    id: 'token-before-parameters',
    about: 'order',
    does: 'checks the parameters before the token at login',
    operations: LOGIN,
    change: {
      file: LOGIN_RULES,
      from: `  { requires: 'tokenPresent', otherwise: '103811', basis: 'documented' },
  { requires: 'parametersValid', otherwise: '103414', basis: 'documented' },`,
      to: `  { requires: 'parametersValid', otherwise: '103414', basis: 'documented' },
  { requires: 'tokenPresent', otherwise: '103811', basis: 'documented' },`,
    },
  },
  {
    id: 'quota-before-token',
    about: 'order',
    does: 'looks at the quota before the token at login',
    operations: LOGIN,
    change: {
      file: LOGIN_RULES,
      from: `  { requires: 'tokenLive', otherwise: '104201', basis: 'documented' },
  { requires: 'tokenUnused', otherwise: '104201', basis: 'observed' },
  { requires: 'callsLeft', otherwise: '105312', basis: 'documented' },`,
      to: `  { requires: 'callsLeft', otherwise: '105312', basis: 'documented' },
  { requires: 'tokenLive', otherwise: '104201', basis: 'documented' },
  { requires: 'tokenUnused', otherwise: '104201', basis: 'observed' },`,
    },
  },
  {
    id: 'refusals-are-counted',
    about: 'charges',
    does: 'counts refused calls on the daily quota',
    operations: BOTH,
    change: { file: DECIDE, from: "if (charged || readings['daily-quota-counts'] === 'every-call')", to: 'if (true)' },
  },
  {
    id: 'success-is-not-charged',
    about: 'charges',
    does: 'writes nothing into the ledger',
    operations: BOTH,
    change: { file: DECIDE, from: 'if (charged) effects.push(CHARGE);', to: '' },
  },
  {
    id: 'not-own-number-is-free',
    about: 'charges',
    does: 'does not charge 001',
    operations: VERIFY,
    change: {
      file: DECIDE,
      from: 'if (charged) effects.push(CHARGE);',
      to: "if (charged && resultCodeIsSuccess(decidedBy)) effects.push(CHARGE);\n  function resultCodeIsSuccess(by: string): boolean {\n    return by === 'allMet';\n  }",
    },
  },
  {
    id: 'midnight-in-london',
    about: 'charges',
    does: 'renews the quota at midnight UTC',
    operations: BOTH,
    change: {
      file: QUOTA,
      from: 'beijingDay(nowMs)}',
      to: 'beijingDay(nowMs - 8 * 3_600_000)}',
    },
  },
  {
    id: 'quota-one-too-many',
    about: 'charges',
    does: 'lets one call more through than the quota has',
    operations: BOTH,
    change: { file: SHARED_FACTS, from: 'state.callsUsed < limit', to: 'state.callsUsed <= limit' },
  },
  {
    id: 'contract-keeps-free-calls',
    about: 'charges',
    does: 'keeps the daily quota where there is a contract',
    operations: BOTH,
    change: {
      file: QUOTA,
      from: 'if (settings.contracted) return',
      to: 'if (settings.contracted && settings.callPackage !== 0) return',
    },
  },
  {
    id: 'cidr-admits',
    about: 'access',
    does: 'admits everybody by a CIDR entry',
    operations: BOTH,
    change: {
      file: WHITELIST,
      from: 'const ip = canonicalIp(text);\n  return ip',
      to: "const ip = canonicalIp(text.includes('/') ? '127.0.0.1' : text);\n  return ip",
    },
  },
  {
    id: 'half-width-commas-only',
    about: 'access',
    does: 'does not take the full-width comma for a separator',
    operations: BOTH,
    change: { file: WHITELIST, from: 'const SEPARATOR = /[,，]/;', to: 'const SEPARATOR = /,/;' },
  },
  {
    id: 'whitelist-at-login-always',
    about: 'access',
    does: 'checks the whitelist at login under strictcheck 0 too',
    operations: LOGIN,
    change: {
      file: LOGIN_FACTS,
      from: "request.strictCheck === '1' || readingsOf(state)['login-ip-check'] === 'always'",
      to: "request.strictCheck === '1' || readingsOf(state) !== undefined",
    },
  },
  {
    id: 'whitelist-at-verify-never',
    about: 'access',
    does: 'does not check the whitelist at verify',
    operations: VERIFY,
    change: {
      file: VERIFY_FACTS,
      from: 'state.app?.admits.tokenValidate(clientIp) === true',
      to: 'state.app !== undefined || clientIp' + " === ''",
    },
  },
  {
    id: 'capability-ignored',
    about: 'access',
    does: 'does not ask whether the capability was granted',
    operations: BOTH,
    change: {
      file: SHARED_FACTS,
      from: 'state.app?.capabilities.has(request.operation) === true',
      to: 'state.app !== undefined || request.operation === undefined',
    },
  },
  {
    id: 'get-works',
    about: 'access',
    does: 'takes GET as well as POST',
    operations: BOTH,
    change: { file: REQUEST, from: "exchange.method === 'POST' && exchange.path", to: 'exchange.path' },
  },
  {
    id: 'content-type-asked-for',
    about: 'request',
    does: 'refuses JSON under another Content-Type, where the reading takes it',
    operations: BOTH,
    change: {
      file: REQUEST,
      from: "readings['content-type'] === 'any' || isJsonContentType",
      to: "readings['content-type'] === undefined || isJsonContentType",
    },
  },
  {
    id: 'no-byte-order-mark',
    about: 'request',
    does: 'stumbles over a byte order mark',
    operations: BOTH,
    change: { file: REQUEST, from: 'body.charCodeAt(0) === 0xfeff ? body.slice(1) : body', to: 'body' },
  },
  {
    id: 'numbers-for-strings',
    about: 'request',
    does: 'takes numbers for Strings',
    operations: BOTH,
    change: {
      file: REQUEST,
      from: "return value === undefined || typeof value === 'string';",
      to: "return value === undefined || typeof value === 'string' || typeof value === 'number';",
    },
  },
  {
    id: 'msgid-of-any-length',
    about: 'request',
    does: 'takes a msgid of 37 characters',
    operations: BOTH,
    change: {
      file: SHARED_FACTS,
      from: 'msgId.length > MSG_ID_LENGTH_MAX',
      to: 'msgId.length > MSG_ID_LENGTH_MAX + 1',
    },
  },
  {
    id: 'calendar-asked-for',
    about: 'request',
    does: 'refuses 17 digits that are no date, where the reading takes them',
    operations: BOTH,
    change: { file: SHARED_FACTS, from: "if (reading === 'digits') return true;", to: '' },
  },
  {
    id: 'key-type-one-only-as-text',
    about: 'request',
    does: 'takes the number 1 for keyType 0',
    operations: VERIFY,
    change: { file: REQUEST, from: "keyType === '1' || keyType === 1 ? 'rsa'", to: "keyType === '1' ? 'rsa'" },
  },
  {
    id: 'open-type-always-required',
    about: 'request',
    does: 'asks for openType of a WAP page too',
    operations: VERIFY,
    change: {
      file: VERIFY_FACTS,
      from: 'requesterType !== REQUESTER_IS_APP && !isFilled(openType)',
      to: 'requesterType === undefined && !isFilled(openType)',
    },
  },
  {
    id: 'number-hash-in-any-case',
    about: 'request',
    does: 'takes a lower-case phoneNum where the reading refuses it',
    operations: VERIFY,
    change: {
      file: VERIFY_FACTS,
      from: "=== 'any' ? HASH_ANY_CASE : HASH_UPPER",
      to: '=== undefined ? HASH_UPPER : HASH_ANY_CASE',
    },
  },
  {
    id: 'every-number-is-own',
    about: 'request',
    does: 'says 000 whatever the number is',
    operations: VERIFY,
    change: {
      file: VERIFY_FACTS,
      from: 'return equalInConstantTime(upperHex(phoneNum), expected);',
      to: 'return phoneNum !== expected;',
    },
  },
  {
    id: 'msisdn-on-errors',
    about: 'answer',
    does: 'gives the number with a refusal',
    operations: LOGIN,
    change: {
      file: RENDER,
      from: 'return { inresponseto, resultCode, desc, systemtime, taskId };',
      to: "return { inresponseto, resultCode, desc, msisdn: '13800138000', systemtime, taskId } as LoginTokenValidateResponseWire;",
    },
  },
  {
    id: 'msisdn-in-the-clear',
    about: 'answer',
    does: 'does not encrypt the number where RSA was asked for',
    operations: LOGIN,
    change: {
      file: RENDER,
      from: 'if (!asksForRsa(request) || app?.encryptKey === undefined) return phoneNumber;',
      to: 'if (app !== undefined || asksForRsa(request)) return phoneNumber;',
    },
  },
  {
    id: 'http-400-on-refusals',
    about: 'answer',
    does: 'answers refusals under HTTP 400',
    operations: BOTH,
    change: {
      file: JUDGE,
      from: 'const reply: Reply = { status: HTTP_OK, contentType: JSON_TYPE, body, requestId',
      to: 'const reply: Reply = { status: decision.charged ? HTTP_OK : 400, contentType: JSON_TYPE, body, requestId',
    },
  },
  {
    id: 'numeric-result-code',
    about: 'answer',
    does: 'writes resultCode as a number',
    operations: BOTH,
    change: {
      file: JUDGE,
      from: "const body = step?.outcome.kind === 'malformed' ? cut(rendered) : rendered;",
      to: 'const body = rendered.replace(/"resultCode":"0*(\\d+)"/, \'"resultCode":$1\');',
    },
  },
  {
    id: 'time-in-utc',
    about: 'answer',
    does: 'states its times in UTC',
    operations: BOTH,
    change: {
      file: TIMESTAMP,
      from: 'const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;',
      to: 'const BEIJING_OFFSET_MS = 0 * 60 * 60 * 1000;',
    },
  },
  {
    id: 'msgid-in-upper-case',
    about: 'answer',
    does: 'puts the msgid into upper case',
    operations: LOGIN,
    change: {
      file: RENDER,
      from: "const inresponseto = request.msgId ?? '';",
      to: "const inresponseto = (request.msgId ?? '').toUpperCase();",
    },
  },
  {
    id: 'task-id-constant',
    about: 'answer',
    does: 'gives every call the same taskId',
    operations: BOTH,
    change: {
      file: 'mock-server/handle.ts',
      from: 'taskId: random.hex(32),',
      to: "taskId: 'a'.repeat(random.hex(32).length),",
    },
  },
  {
    id: 'spaced-json',
    about: 'answer',
    does: 'indents its JSON',
    operations: BOTH,
    change: {
      file: RENDER,
      from: "request.operation === 'loginTokenValidate' ? loginAnswer(request, inputs) : verifyAnswer(request, inputs),\n  );",
      to: "request.operation === 'loginTokenValidate' ? loginAnswer(request, inputs) : verifyAnswer(request, inputs),\n    undefined,\n    2,\n  );",
    },
  },
  {
    id: 'message-dropped',
    about: 'answer',
    does: 'does not hand message back',
    operations: VERIFY,
    change: { file: RENDER, from: '      message,', to: "      message: message === '' ? message : ''," },
  },
  {
    id: 'access-token-with-success',
    about: 'answer',
    does: 'gives an accessToken with 000 too',
    operations: VERIFY,
    change: {
      file: DECIDE,
      from: "unmet?.requires === 'numberMatches' && state.app",
      to: "(unmet === undefined || unmet.requires === 'numberMatches') && state.app",
    },
  },
  {
    id: 'access-token-lives-six-minutes',
    about: 'answer',
    does: 'lets an accessToken live six minutes',
    operations: VERIFY,
    change: {
      file: 'mock-server/writes.ts',
      from: 'nowMs + inputs.accessTokenTtlMs',
      to: 'nowMs + inputs.accessTokenTtlMs + 60_000',
    },
  },
  {
    id: 'access-token-without-capability',
    about: 'answer',
    does: 'gives an accessToken with 001, whether smsFallback was granted or not',
    operations: VERIFY,
    change: {
      file: DECIDE,
      from: "state.app?.capabilities.has('smsFallback') === true",
      to: 'state.app !== undefined',
    },
  },
];
