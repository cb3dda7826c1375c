/** Wrong clients that accept a wrong response, or crash on one. */
import type { WrongClient } from './client-files.js';

const POSTED = 'await post(operation.path, JSON.stringify(request))';
const RETURNED_STATUS = 'return isSuccess(operation, text) ? ACCEPTED : REFUSED;';
const CODE_IS_SUCCESS = 'if (operation.code(answer) !== operation.success) return false;';
const FIRST_LINE = '  const operation = OPERATIONS[env.OPERATION];';
const CHECKED_STATUS = 'if (status !== 200) return REFUSED;';

export const WRONG_READERS: readonly WrongClient[] = [
  {
    id: 'never-gives-up',
    does: 'waits for a response without a timeout',
    operation: 'loginTokenValidate',
    change: { from: "outgoing.destroy(new Error('timeout'))", to: 'undefined' },
    scenarios: ['no-answer'],
  },
  {
    id: 'believes-any-msisdn',
    does: 'accepts any msisdn as the number, whatever the code',
    operation: 'loginTokenValidate',
    change: { from: CODE_IS_SUCCESS, to: '' },
    scenarios: ['msisdn-on-refusal', 'msisdn-absent', 'code-absent', 'code-alike'],
  },
  {
    id: 'asks-for-no-msisdn',
    does: 'treats 103000 as success even without a number',
    operation: 'loginTokenValidate',
    change: { from: 'return /^1\\d{10}$/.test(operation.number(answer));', to: 'return true;' },
    scenarios: ['msisdn-absent', 'msisdn-empty', 'msisdn-null', 'msisdn-masked'],
  },
  {
    id: 'does-not-decrypt',
    does: 'uses the ciphertext as the number',
    operation: 'loginTokenValidate',
    mode: 'rsa',
    change: {
      from: 'return /^1\\d{10}$/.test(operation.number(answer));',
      to: 'return answer.msisdn.length >= 11;',
    },
    scenarios: ['msisdn-other-key', 'msisdn-plain', 'msisdn-on-refusal-rsa'],
  },
  {
    id: 'believes-unknown-codes',
    does: 'treats every code that is not in its list of refusals as success',
    operation: 'tokenValidate',
    change: {
      from: CODE_IS_SUCCESS,
      to: "if (['001', '002', '003', '004', '102', '124', '302', '303', '606', '999', '103420'].includes(operation.code(answer))) return false;",
    },
    scenarios: ['code-of-other-operation', 'undocumented-102315', 'code-absent', 'header-absent', 'code-999'],
  },
  {
    id: 'needs-a-desc',
    does: 'crashes on a refusal without a desc',
    operation: 'loginTokenValidate',
    change: {
      from: CODE_IS_SUCCESS,
      to: `if (operation.code(answer) !== operation.success && answer.desc === undefined) process.exit(1); ${CODE_IS_SUCCESS}`,
    },
    scenarios: ['undocumented-105021'],
  },
  {
    id: 'compares-codes-as-numbers',
    does: 'compares codes as numbers',
    operation: 'tokenValidate',
    change: { from: CODE_IS_SUCCESS, to: 'if (Number(operation.code(answer)) !== 0) return false;' },
    scenarios: ['code-alike', 'code-as-number', 'code-null', 'code-absent'],
  },
  {
    id: 'reads-the-words',
    does: 'compares the description instead of the code',
    operation: 'tokenValidate',
    change: { from: CODE_IS_SUCCESS, to: "if (answer.body?.resultDesc !== '是本机号码') return false;" },
    scenarios: ['success-in-words', 'code-null'],
  },
  {
    id: 'scans-the-text',
    does: 'searches the text for the code without parsing it',
    operation: 'loginTokenValidate',
    change: { from: RETURNED_STATUS, to: 'return text.includes(\'"resultCode":"103000"\') ? ACCEPTED : REFUSED;' },
    scenarios: ['pretty-printed', 'fields-reversed', 'json-cut', 'json-array', 'msisdn-absent', 'other-msgid'],
  },
  {
    id: 'needs-the-order-of-the-fields',
    does: 'reads the fields by position',
    operation: 'loginTokenValidate',
    change: {
      from: CODE_IS_SUCCESS,
      to: "if (Object.values(answer)[1] !== '103000') return false;",
    },
    scenarios: ['fields-reversed', 'pretty-printed', 'escaped'],
  },
  {
    id: 'needs-the-answer-in-one-piece',
    does: 'reads only the first chunk of the response',
    operation: 'tokenValidate',
    change: {
      from: '        else chunks.push(chunk);',
      to: '        else if (chunks.length === 0) chunks.push(chunk);',
    },
    scenarios: ['in-pieces', 'pretty-printed'],
  },
  {
    id: 'refuses-unknown-fields',
    does: 'crashes on an unknown field',
    operation: 'loginTokenValidate',
    change: {
      from: CODE_IS_SUCCESS,
      to: `if ('extension' in answer) process.exit(1); ${CODE_IS_SUCCESS}`,
    },
    scenarios: ['pretty-printed', 'large-body'],
  },
  {
    id: 'crashes-on-no-json',
    does: 'crashes on a response that is not JSON',
    operation: 'loginTokenValidate',
    change: { from: '    return undefined;', to: '    process.exit(1);' },
    scenarios: ['empty-body', 'html-page', 'json-cut', 'json-null'],
  },
  {
    id: 'crashes-on-null',
    does: 'crashes on JSON that is not an object',
    operation: 'tokenValidate',
    change: {
      from: "if (typeof answer !== 'object' || answer === null) return false;",
      to: 'if (answer === null) process.exit(1);',
    },
    scenarios: ['json-null', 'json-array'],
  },
  {
    id: 'dies-of-a-large-answer',
    does: 'runs out of memory on a large response',
    operation: 'tokenValidate',
    change: { from: "outgoing.destroy(new Error('too large'))", to: "process.kill(process.pid, 'SIGKILL')" },
    scenarios: ['large-body'],
  },
  {
    id: 'ignores-the-echoed-id',
    does: 'accepts the response to another request',
    operation: 'tokenValidate',
    change: { from: 'if (operation.echo(answer) !== msgId) return false;', to: '' },
    scenarios: ['other-msgid'],
  },
  {
    id: 'ignores-the-http-status',
    does: 'ignores the HTTP status',
    operation: 'loginTokenValidate',
    change: { from: CHECKED_STATUS, to: '' },
    scenarios: ['http-500-success', 'http-400'],
  },
  {
    id: 'follows-redirects',
    does: 'follows a redirect with the token',
    operation: 'loginTokenValidate',
    change: {
      from: `  const { status, text } = ${POSTED};`,
      to: `  let { status, text, headers } = ${POSTED};
  if (status === 307) ({ status, text } = await post(headers.location, JSON.stringify(request)));`,
    },
    scenarios: ['redirect'],
  },
  {
    id: 'crashes-where-nobody-listens',
    does: 'crashes if the connection is refused',
    operation: 'tokenValidate',
    change: {
      from: "outgoing.on('error', reject);",
      to: "outgoing.on('error', (error) => (error.code === 'ECONNREFUSED' ? process.exit(1) : reject(error)));",
    },
    scenarios: ['refused-connection', 'closed-before-answer'],
  },
  {
    id: 'calls-nobody',
    does: 'reads other environment variables, so it sends no request',
    operation: 'loginTokenValidate',
    change: { from: FIRST_LINE, to: `  if (env.CARRIER_URL === undefined) return REFUSED;\n${FIRST_LINE}` },
  },
];
