/** The schemas of loginTokenValidate: refused messages with one violation each, and similar messages that are accepted. The document, 1.2. */
import { describe, expect, test } from 'vitest';
import { problemsOf } from './validators.js';
import { altered, type Fields, HEX_256, LOGIN_MD5, LOGIN_REFUSAL, LOGIN_RSA, LOGIN_SUCCESS } from './wires.js';

const md5 = String(LOGIN_MD5['sign']);

describe('a request', () => {
  test.each([
    { description: 'the sample', from: LOGIN_MD5, changes: {} },
    { description: 'RSA', from: LOGIN_RSA, changes: {} },
    { description: 'a msgid of one character', from: LOGIN_MD5, changes: { msgid: 'x' } },
    { description: 'a msgid of 36 characters', from: LOGIN_MD5, changes: { msgid: 'x'.repeat(36) } },
    { description: '17 digits that are not a date', from: LOGIN_MD5, changes: { systemtime: '17955597570543730' } },
    { description: 'strictcheck 1', from: LOGIN_MD5, changes: { strictcheck: '1' } },
    { description: 'no expandparams', from: LOGIN_MD5, changes: { expandparams: undefined } },
    { description: 'no encryptionalgorithm', from: LOGIN_MD5, changes: { encryptionalgorithm: undefined } },
    { description: 'rsa in lower case, which is MD5', from: LOGIN_MD5, changes: { encryptionalgorithm: 'rsa' } },
    { description: 'an MD5 in lower case', from: LOGIN_MD5, changes: { sign: md5.toLowerCase() } },
    { description: 'an RSA signature in lower case', from: LOGIN_RSA, changes: { sign: HEX_256.toLowerCase() } },
    { description: 'an RSA signature of 2048 bits', from: LOGIN_RSA, changes: { sign: HEX_256 + HEX_256 } },
    { description: 'an unknown field', from: LOGIN_MD5, changes: { channel: 1 } },
    { description: 'a token of another product', from: LOGIN_MD5, changes: { token: 'H5a0b1c2d3e4f5' } },
  ])('with $description is accepted', ({ from, changes }) => {
    expect(problemsOf('loginTokenValidate', 'request', altered(from, changes))).toEqual([]);
  });

  test.each([
    ...['version', 'msgid', 'systemtime', 'strictcheck', 'appid', 'token', 'sign'].map((field) => ({
      description: `without ${field}`,
      from: LOGIN_MD5,
      changes: { [field]: undefined },
      problem: `/${field} required`,
    })),
    ...Object.keys(LOGIN_MD5).map((field) => ({
      description: `whose ${field} is a number`,
      from: LOGIN_MD5,
      changes: { [field]: 20 },
      problem: `/${field} type`,
    })),
    {
      description: 'whose expandparams is null',
      from: LOGIN_MD5,
      changes: { expandparams: null },
      problem: '/expandparams type',
    },
    { description: 'with another version', from: LOGIN_MD5, changes: { version: '1.0' }, problem: '/version const' },
    { description: 'with an empty msgid', from: LOGIN_MD5, changes: { msgid: '' }, problem: '/msgid minLength' },
    {
      description: 'with a msgid of 37',
      from: LOGIN_MD5,
      changes: { msgid: 'x'.repeat(37) },
      problem: '/msgid maxLength',
    },
    {
      description: 'with 16 digits',
      from: LOGIN_MD5,
      changes: { systemtime: '2019022611184261' },
      problem: '/systemtime pattern',
    },
    {
      description: 'with 18 digits',
      from: LOGIN_MD5,
      changes: { systemtime: '201902261118426170' },
      problem: '/systemtime pattern',
    },
    {
      description: 'with full-width digits',
      from: LOGIN_MD5,
      changes: { systemtime: '２０１９０２２６１１１８４２６１７' },
      problem: '/systemtime pattern',
    },
    { description: 'with strictcheck 2', from: LOGIN_MD5, changes: { strictcheck: '2' }, problem: '/strictcheck enum' },
    { description: 'with an empty appid', from: LOGIN_MD5, changes: { appid: '' }, problem: '/appid minLength' },
    { description: 'with an empty token', from: LOGIN_MD5, changes: { token: '' }, problem: '/token minLength' },
    {
      description: 'with an MD5 of 16',
      from: LOGIN_MD5,
      changes: { sign: md5.slice(0, 16) },
      problem: '/sign pattern',
    },
    { description: 'with an MD5 of 33', from: LOGIN_MD5, changes: { sign: `${md5}0` }, problem: '/sign pattern' },
    {
      description: 'with an MD5 that is not hex',
      from: LOGIN_MD5,
      changes: { sign: `${md5.slice(1)}G` },
      problem: '/sign pattern',
    },
    { description: 'with MD5 instead of RSA', from: LOGIN_RSA, changes: { sign: md5 }, problem: '/sign minLength' },
    {
      description: 'with an RSA signature and encryptionalgorithm rsa',
      from: LOGIN_RSA,
      changes: { encryptionalgorithm: 'rsa' },
      problem: '/sign pattern',
    },
    {
      description: 'with RSA hex of odd length',
      from: LOGIN_RSA,
      changes: { sign: `${HEX_256}0` },
      problem: '/sign pattern',
    },
    {
      description: 'with RSA in Base64',
      from: LOGIN_RSA,
      changes: { sign: `${HEX_256.slice(2)}+=` },
      problem: '/sign pattern',
    },
    {
      description: 'with RSA of over 4096 bits',
      from: LOGIN_RSA,
      changes: { sign: `${HEX_256.repeat(4)}00` },
      problem: '/sign maxLength',
    },
  ])('$description is refused', ({ from, changes, problem }) => {
    expect(problemsOf('loginTokenValidate', 'request', altered(from, changes))).toEqual([problem]);
  });

  test.each([[[]], ['text'], [null], [7]])('that is %j is refused', (value) => {
    expect(problemsOf('loginTokenValidate', 'request', value)).toEqual([' type']);
  });
});

describe('a response', () => {
  test.each<{ readonly description: string; readonly from: Fields; readonly changes: Fields }>([
    { description: 'the number', from: LOGIN_SUCCESS, changes: {} },
    { description: 'the number encrypted', from: LOGIN_SUCCESS, changes: { msisdn: HEX_256 } },
    { description: 'a desc', from: LOGIN_REFUSAL, changes: {} },
    { description: 'no desc', from: LOGIN_REFUSAL, changes: { desc: undefined } },
    { description: 'a desc and the number', from: LOGIN_SUCCESS, changes: { desc: 'success' } },
    { description: 'an empty msgid', from: LOGIN_REFUSAL, changes: { inresponseto: '' } },
    { description: 'a msgid that was too long', from: LOGIN_REFUSAL, changes: { inresponseto: 'x'.repeat(37) } },
    { description: 'no taskId in a refusal', from: LOGIN_REFUSAL, changes: { taskId: undefined } },
    { description: 'an unknown field', from: LOGIN_SUCCESS, changes: { operatorType: 1 } },
  ])('with $description is accepted', ({ from, changes }) => {
    expect(problemsOf('loginTokenValidate', 'response', altered(from, changes))).toEqual([]);
  });

  test.each([
    ...['inresponseto', 'resultCode', 'systemtime'].map((field) => ({
      description: `without ${field}`,
      from: LOGIN_REFUSAL,
      changes: { [field]: undefined },
      problem: `/${field} required`,
    })),
    {
      description: 'of 103000 without msisdn',
      from: LOGIN_SUCCESS,
      changes: { msisdn: undefined },
      problem: '/msisdn required',
    },
    {
      description: 'of 103000 without taskId',
      from: LOGIN_SUCCESS,
      changes: { taskId: undefined },
      problem: '/taskId required',
    },
    {
      description: 'of 103101 with msisdn',
      from: LOGIN_REFUSAL,
      changes: { msisdn: '15912345678' },
      problem: '/msisdn not',
    },
    {
      description: 'with a code of verify',
      from: LOGIN_REFUSAL,
      changes: { resultCode: '000' },
      problem: '/resultCode enum',
    },
    {
      description: 'with a desc that is not a String',
      from: LOGIN_REFUSAL,
      changes: { desc: 1 },
      problem: '/desc type',
    },
    {
      description: 'with a short time',
      from: LOGIN_REFUSAL,
      changes: { systemtime: '20190226111849' },
      problem: '/systemtime pattern',
    },
    {
      description: 'with a UUID for taskId',
      from: LOGIN_REFUSAL,
      changes: { taskId: '188b0744-159f-413e-9bfe-7ecc5d5bcc71' },
      problem: '/taskId pattern',
    },
    {
      description: 'with taskId in upper case',
      from: LOGIN_REFUSAL,
      changes: { taskId: '188B0744159F413E9BFE7ECC5D5BCC71' },
      problem: '/taskId pattern',
    },
  ])('$description is refused', ({ from, changes, problem }) => {
    expect(problemsOf('loginTokenValidate', 'response', altered(from, changes))).toEqual([problem]);
  });

  test('of 103101 with an empty msisdn is refused', () => {
    const answer = altered(LOGIN_REFUSAL, { msisdn: '' });
    expect(problemsOf('loginTokenValidate', 'response', answer)).toContain('/msisdn not');
  });

  test('with the number as a number is refused', () => {
    const answer = altered(LOGIN_SUCCESS, { resultCode: 103000, msisdn: 15912345678 });
    const problems = problemsOf('loginTokenValidate', 'response', answer);
    expect(problems).toEqual(expect.arrayContaining(['/resultCode type', '/msisdn type']));
  });

  test.each([
    { description: 'ten digits', msisdn: '1591234567' },
    { description: 'twelve digits', msisdn: '159123456789' },
    { description: 'a number of another country', msisdn: '25912345678' },
    { description: 'a number with +86', msisdn: '+8615912345678' },
    { description: 'a masked number', msisdn: '159xxxxxxxx' },
    { description: 'ciphertext in lower case', msisdn: HEX_256.toLowerCase() },
    { description: 'ciphertext of odd length', msisdn: `${HEX_256}0` },
    { description: 'ciphertext of a short key', msisdn: HEX_256.slice(2) },
    { description: 'nothing', msisdn: '' },
  ])('with $description for msisdn is refused', ({ msisdn }) => {
    const problems = problemsOf('loginTokenValidate', 'response', altered(LOGIN_SUCCESS, { msisdn }));
    expect(problems).toContain('/msisdn pattern');
    expect(problems.filter((problem) => !problem.startsWith('/msisdn '))).toEqual([]);
  });
});
