/** Responses of both operations: the id of the request, invalid responses, the mock's mark, and what logs hide. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  ArgumentError,
  HttpStatusError,
  MockError,
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
  ResponseFormatError,
  ResponseMismatchError,
  ResponseNotJsonError,
} from '../../../src/index.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { loginText, MSG_ID, OWN, received, thrown, verifyText } from '../../support/client.js';

const LOGIN = { operation: 'loginTokenValidate', msgId: MSG_ID, signing: 'md5' } as const;
const VERIFY = { operation: 'tokenValidate', msgId: MSG_ID } as const;

const login = (text: string) =>
  processLoginTokenValidateResponse({ request: LOGIN, response: received(text) });
const verify = (text: string) =>
  processTokenValidateResponse({ request: VERIFY, response: received(text) });

describe('the id of the request', () => {
  const OPERATIONS = [
    {
      operation: 'loginTokenValidate',
      answer: (resultCode: string, id: unknown) =>
        login(loginText({ resultCode, inresponseto: id })),
      unread: ['103211', '103412', '103414', '105313'],
    },
    {
      operation: 'tokenValidate',
      answer: (resultCode: string, id: unknown) =>
        verify(verifyText({ header: { resultCode, msgId: id } })),
      unread: ['102', '303', '999'],
    },
  ] as const;
  const ROWS = OPERATIONS.flatMap(({ operation, answer, unread }) =>
    [...RESULTS[operation].map(({ code }) => code), '777'].map((code) => ({
      operation,
      code,
      answer,
      mayBeEmpty: code === '777' || (unread as readonly string[]).includes(code),
    })),
  );

  test.each([
    { msgId: undefined, found: 'nothing' },
    { msgId: null, found: 'null' },
    { msgId: '', found: '0' },
    { msgId: 7, found: 'a value of type number' },
  ])('a request with the id $msgId is refused', ({ msgId, found }) => {
    const wrong = { msgId } as unknown as { readonly msgId: string };
    const calls = [
      () =>
        processLoginTokenValidateResponse({
          request: { ...LOGIN, ...wrong },
          response: received(loginText({ inresponseto: msgId })),
        }),
      () =>
        processTokenValidateResponse({
          request: { ...VERIFY, ...wrong },
          response: received(verifyText({ header: { msgId } })),
        }),
    ];
    for (const process of calls) {
      const error = thrown(process, ArgumentError);
      expect([error.field, error.message]).toEqual([
        'msgId',
        expect.stringContaining(`found ${found}`),
      ]);
    }
  });

  test.each(ROWS)('$operation $code with another id is refused', ({ code, answer }) => {
    for (const id of [`${MSG_ID}0`, MSG_ID.toUpperCase(), 7, null, [MSG_ID]]) {
      const error = thrown(() => answer(code, id), ResponseMismatchError);
      expect(error).toMatchObject({ code: 'ERR_RESPONSE_MISMATCH', maybeSent: true });
    }
  });

  test.each(ROWS)(
    '$operation $code with an empty id is accepted only if the request was not read',
    ({ code, answer, mayBeEmpty }) => {
      for (const id of ['', undefined]) {
        if (mayBeEmpty) expect(answer(code, id)).toMatchObject({ resultCode: code });
        else expect(() => answer(code, id)).toThrow(ResponseMismatchError);
      }
    },
  );
});

describe('invalid responses', () => {
  test.each([
    { description: 'an empty body', text: '', found: '0 characters' },
    { description: 'a page', text: '<html>502</html>', found: 'what looks like HTML' },
    { description: 'half a response', text: loginText().slice(0, -20), found: 'characters' },
    { description: 'two responses', text: loginText() + loginText(), found: 'characters' },
    {
      description: 'the document’s own sample, which lacks a comma',
      text: verifyText().replace('","taskId', '" "taskId'),
      found: 'characters',
    },
  ])('$description is not JSON', ({ text, found }) => {
    const error = thrown(() => login(text), ResponseNotJsonError);
    expect(error).toMatchObject({ code: 'ERR_RESPONSE_NOT_JSON', maybeSent: true });
    expect(error.message).toContain(found);
    expect('cause' in error).toBe(false);
    expect(inspect(error)).not.toContain(OWN);
  });

  test('deep nesting is refused as a response, and ignored in an unknown field', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(thrown(() => login(deep), ResponseFormatError).field).toBe('');
    expect(login(loginText({ x: 0 }).replace('"x":0', `"x":${deep}`))).toMatchObject({
      phoneNumber: OWN,
    });
  });

  test.each([204, 301, 302, 404, 503])('HTTP %i is refused, even with a valid body', (status) => {
    const run = () =>
      processLoginTokenValidateResponse({
        request: LOGIN,
        response: received(loginText(), { status }),
      });
    const error = thrown(run, HttpStatusError);
    expect(error).toMatchObject({ code: 'ERR_HTTP_STATUS', status, maybeSent: true });
    expect(error.message.includes('redirect')).toBe(status === 301 || status === 302);
  });
});

describe('a response of the mock', () => {
  test.each([
    { description: 'in a Headers', headers: new Headers({ 'X-Mock': '1' }) },
    { description: 'in the object of node:http', headers: { 'x-mock': '1' } },
    { description: 'in an object of another case', headers: { 'X-Mock': '1' } },
    { description: 'in a list', headers: { 'x-mock': ['1'] } },
  ])('with its mark $description is refused in production', ({ headers }) => {
    const response = received(loginText(), { headers });
    const error = thrown(
      () => processLoginTokenValidateResponse({ request: LOGIN, response }),
      MockError,
    );
    expect(error).toMatchObject({ code: 'ERR_MOCK', maybeSent: true });
    expect(error.message).toContain('production: false');
    const answer = processLoginTokenValidateResponse({
      request: LOGIN,
      response,
      production: false,
    });
    expect(answer.kind).toBe('phoneNumber');
  });

  test('that is invalid is refused as a mock’s too', () => {
    const response = received('', { status: 503, headers: { 'x-mock': '1' } });
    expect(() => processTokenValidateResponse({ request: VERIFY, response })).toThrow(MockError);
  });

  test('other headers are not its mark', () => {
    const response = received(loginText(), {
      headers: { 'x-mocked': '1', 'set-cookie': ['a', 'b'] },
    });
    expect(processLoginTokenValidateResponse({ request: LOGIN, response }).kind).toBe(
      'phoneNumber',
    );
  });
});

describe('a logged answer', () => {
  const number = login(loginText());
  const other = verify(
    verifyText({ header: { resultCode: '001' }, body: { accessToken: 'f00d'.repeat(8) } }),
  );

  test.each([
    { description: 'the number', answer: number, secret: OWN },
    { description: 'the accessToken', answer: other, secret: 'f00d'.repeat(8) },
  ])('hides $description, and a copy has it', ({ answer, secret }) => {
    expect(inspect({ answer }, { showHidden: true, depth: 9 })).not.toContain(secret);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(JSON.stringify(answer)).toContain('[hidden]');
    expect(Object.values({ ...answer })).toContain(secret);
  });

  test('as a text is its code, its next step and the text of the carrier, or else of the document', () => {
    expect(String(number)).toBe('phoneNumber 103000');
    expect(`${login(loginText({ resultCode: '104201' }))}`).toBe(
      'refused 104201 TOKEN_DEAD, next: getNewToken (token失效或不存在)',
    );
    expect(
      `${verify(verifyText({ header: { resultCode: '7' }, body: { resultDesc: 'no' } }))}`,
    ).toBe('unknownCode 7, next: fallBackToSms (no)');
  });

  test.each(['105018', '103101'])(
    'a failed assertion names the code %s and the next step',
    (resultCode) => {
      const refused = login(loginText({ resultCode }));
      expect(() => expect(refused).toMatchObject({ kind: 'phoneNumber' })).toThrow(
        `expected refused ${resultCode}, next: fixConfiguration to match object { kind: 'phoneNumber' }`,
      );
      expect(inspect(refused)).toContain("next: 'fixConfiguration'");
    },
  );

  test('does not show a missing accessToken as hidden', () => {
    expect(JSON.stringify(verify(verifyText({ header: { resultCode: '001' } })))).not.toContain(
      '[hidden]',
    );
  });

  test.each([
    number,
    other,
    login(loginText({ resultCode: '104201' })),
    login(loginText({ resultCode: '7' })),
    verify(verifyText()),
  ])('an answer of $resultCode is frozen', (answer) => {
    expect(Object.isFrozen(answer)).toBe(true);
  });
});
