/** Wrong clients that send a wrong request, or send it again. */
import type { WrongClient } from './client-files.js';

const POSTED = 'await post(operation.path, JSON.stringify(request))';
const AGAIN = (when: string) =>
  `await ${POSTED.slice('await '.length)}.catch((error) => { if (${when}) return post(operation.path, JSON.stringify(request)); throw error; })`;
const CHECKED_STATUS = 'if (status !== 200) return REFUSED;';

export const WRONG_SENDERS: readonly WrongClient[] = [
  {
    id: 'calls-again-after-a-lost-answer',
    does: 'retries if the connection closes before the response',
    operation: 'loginTokenValidate',
    change: { from: POSTED, to: AGAIN("error.code === 'ECONNRESET'") },
    scenarios: ['closed-before-answer', 'reset-before-answer', 'refused-connection'],
  },
  {
    id: 'calls-again-after-half-an-answer',
    does: 'retries if the response is cut off',
    operation: 'tokenValidate',
    change: { from: POSTED, to: AGAIN("error.message === 'aborted'") },
    scenarios: ['closed-in-answer', 'closed-before-answer'],
  },
  {
    id: 'calls-again-after-a-timeout',
    does: 'retries after a timeout',
    operation: 'tokenValidate',
    change: { from: POSTED, to: AGAIN("error.message === 'timeout'") },
    scenarios: ['late-answer', 'closed-before-answer'],
  },
  {
    id: 'calls-again-after-http-503',
    does: 'retries after HTTP 502 and 503',
    operation: 'loginTokenValidate',
    change: {
      from: CHECKED_STATUS,
      to: 'if (status === 502 || status === 503) await post(operation.path, JSON.stringify(request)); if (status !== 200) return REFUSED;',
    },
    scenarios: ['http-502', 'http-503'],
  },
  {
    id: 'calls-again-after-a-refusal',
    does: 'retries with the same token after the code for "other error"',
    operation: 'loginTokenValidate',
    change: {
      from: CHECKED_STATUS,
      to: `if (text.includes('103211')) await post(operation.path, JSON.stringify(operation.request())); ${CHECKED_STATUS}`,
    },
    scenarios: ['code-103211'],
  },
  {
    id: 'calls-again-after-an-unknown-code',
    does: 'retries with the same token after a code that is not in the document',
    operation: 'tokenValidate',
    change: {
      from: CHECKED_STATUS,
      to: `if (/"resultCode":"(?!103420)\\d{6}"/.test(text)) await post(operation.path, JSON.stringify(operation.request())); ${CHECKED_STATUS}`,
    },
    scenarios: ['undocumented-102315', 'undocumented-103911'],
  },
  {
    id: 'one-msgid-for-all',
    does: 'sends the same msgid with every request',
    operation: 'loginTokenValidate',
    change: { from: 'const msgId = randomUUID();', to: "const msgId = randomUUID().replace(/./g, '1');" },
  },
  {
    id: 'counting-msgid',
    does: 'sends a msgId that is not a UUID',
    operation: 'tokenValidate',
    change: { from: 'const msgId = randomUUID();', to: "const msgId = 'request-' + randomUUID().slice(0, 8);" },
  },
  {
    id: 'utc-time',
    does: 'sends the time in UTC',
    operation: 'tokenValidate',
    change: { from: 'Date.now() + BEIJING_MS', to: 'Date.now()' },
  },
  {
    id: 'lower-case-md5',
    does: 'sends the MD5 signature in lower case',
    operation: 'loginTokenValidate',
    change: { from: 'md5.toUpperCase()', to: 'md5' },
  },
  {
    id: 'signs-with-app-key',
    does: 'signs with the appKey instead of the APPSecret',
    operation: 'loginTokenValidate',
    change: { from: 'update(text + env.APP_SECRET)', to: 'update(text + env.APP_KEY)' },
  },
  {
    id: 'rsa-in-lower-case',
    does: 'requests rsa in lower case, which selects MD5, and signs with RSA',
    operation: 'loginTokenValidate',
    mode: 'rsa',
    change: { from: "encryptionalgorithm: 'RSA'", to: "encryptionalgorithm: 'rsa'" },
  },
  {
    id: 'encrypts-the-number-alone',
    does: 'encrypts the phone number without appKey and timestamp',
    operation: 'tokenValidate',
    mode: 'rsa',
    change: { from: 'encrypted(number)', to: 'encrypted(env.PHONE_NUMBER)' },
  },
  {
    id: 'sends-the-number-plainly',
    does: 'sends the phone number in plain text',
    operation: 'tokenValidate',
    change: { from: 'rsa ? encrypted(number) : hash', to: 'rsa ? encrypted(number) : env.PHONE_NUMBER' },
  },
  {
    id: 'token-in-the-query',
    does: 'also puts the token into the URL',
    operation: 'loginTokenValidate',
    change: {
      from: 'const url = env.BASE_URL + path;',
      to: "const url = env.BASE_URL + path + '?token=' + env.TOKEN;",
    },
  },
  {
    id: 'another-token',
    does: 'sends a token other than the given one',
    operation: 'tokenValidate',
    change: {
      from: 'const msgId = randomUUID();',
      to: "const msgId = randomUUID(); env.TOKEN = 'STsid000000' + Date.now() + msgId.replaceAll('-', '');",
    },
  },
  {
    id: 'get',
    does: 'sends a GET request',
    operation: 'tokenValidate',
    change: {
      from: "method: 'POST', headers",
      to: "method: 'GET', headers: { ...headers, 'content-length': body.length }",
    },
  },
  {
    id: 'wrong-path',
    does: 'calls a path with a double slash',
    operation: 'loginTokenValidate',
    change: { from: 'const url = env.BASE_URL + path;', to: "const url = env.BASE_URL + '/' + path;" },
  },
  {
    id: 'form-body',
    does: 'sends the fields as a form',
    operation: 'loginTokenValidate',
    change: { from: POSTED, to: 'await post(operation.path, new URLSearchParams(request).toString())' },
  },
  {
    id: 'text-plain',
    does: 'sends JSON as text/plain',
    operation: 'loginTokenValidate',
    change: { from: "{ 'content-type': 'application/json' }", to: "{ 'content-type': 'text/plain' }" },
  },
  {
    id: 'numbers-for-strings',
    does: 'sends numbers instead of Strings',
    operation: 'loginTokenValidate',
    change: { from: "strictcheck: '0'", to: 'strictcheck: 0' },
  },
  {
    id: 'a-field-of-its-own',
    does: 'sends a field that the document does not have',
    operation: 'tokenValidate',
    change: { from: "requesterType: '0', phoneNum", to: "requesterType: '0', traceId: msgId, phoneNum" },
  },
];
