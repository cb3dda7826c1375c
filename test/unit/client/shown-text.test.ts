/** The client shows texts from the carrier shortened and escaped. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownText } from '../../../src/client/redact.js';
import {
  NetworkError,
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
} from '../../../src/index.js';
import { anyText } from '../../support/any-text.js';
import {
  clientOf,
  loginText,
  MSG_ID,
  received,
  rejection,
  TOKEN,
  verifyText,
} from '../../support/client.js';

const login = (fields: object) =>
  processLoginTokenValidateResponse({
    request: { operation: 'loginTokenValidate', msgId: MSG_ID, signing: 'md5' },
    response: received(loginText(fields)),
  });
const verify = (header: object, body: object) =>
  processTokenValidateResponse({
    request: { operation: 'tokenValidate', msgId: MSG_ID },
    response: received(verifyText({ header, body })),
  });

const EVIL = `\u001b[2J\u202e\u2028\u200b\ud83d${'x'.repeat(5000)}`;
const SHOWN = '\\u001b[2J\\u202e\\u2028\\u200b\\ud83dxxx';
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('a text', () => {
  test.each([
    { description: 'an ordinary text is unchanged', text: '签名错误 📱', shown: '签名错误 📱' },
    {
      description: 'control characters are escaped',
      text: 'a\n\u0000\u007f\u009b',
      shown: 'a\\n\\u0000\\u007f\\u009b',
    },
    {
      description: 'characters that change the writing direction are escaped',
      text: '\u202ea\u2066',
      shown: '\\u202ea\\u2066',
    },
    {
      description: 'an invisible character of two units is escaped',
      text: '\u{e0041}',
      shown: '\\udb40\\udc41',
    },
    { description: 'a lone surrogate is escaped', text: 'a\ud83d', shown: 'a\\ud83d' },
    { description: '200 characters are unchanged', text: 'x'.repeat(200), shown: 'x'.repeat(200) },
    { description: '201 characters are cut', text: 'x'.repeat(201), shown: `${'x'.repeat(199)}…` },
    {
      description: 'a surrogate pair is not split',
      text: `${'x'.repeat(198)}📱xx`,
      shown: `${'x'.repeat(198)}…`,
    },
  ])('$description', ({ text, shown }) => {
    expect(shownText(text)).toBe(shown);
  });

  test('any text is bounded and has no unsafe character', () => {
    const text = fc.oneof(anyText({ maxLength: 500 }), fc.constantFrom(EVIL, EVIL.repeat(3)));
    fc.assert(
      fc.property(text, (each) => {
        expect(shownText(each).length).toBeLessThanOrEqual(200);
        expect(shownText(each)).not.toMatch(UNSAFE);
      }),
    );
  });
});

/** The texts of an answer, as properties and as logged. */
function textsOf(answer: object): string {
  return [
    ...Object.values(answer).filter((value) => typeof value === 'string'),
    JSON.stringify(answer),
  ].join('');
}

describe('an answer', () => {
  test.each([
    {
      description: 'login, an unknown code',
      answer: login({ resultCode: EVIL, desc: EVIL, taskId: EVIL }),
    },
    {
      description: 'login, a refusal',
      answer: login({ resultCode: '104201', desc: EVIL, taskId: EVIL }),
    },
    { description: 'login, a number', answer: login({ desc: EVIL, taskId: EVIL }) },
    {
      description: 'verify, an unknown code',
      answer: verify({ resultCode: EVIL }, { resultDesc: EVIL, taskId: EVIL }),
    },
    {
      description: 'verify, a refusal',
      answer: verify({ resultCode: '606' }, { resultDesc: EVIL, taskId: EVIL }),
    },
    {
      description: 'verify, the own number',
      answer: verify({}, { resultDesc: EVIL, taskId: EVIL }),
    },
    {
      description: 'verify, another number',
      answer: verify({ resultCode: '001' }, { taskId: EVIL }),
    },
  ])('of $description has texts of at most 200 characters', ({ answer }) => {
    expect(textsOf(answer)).not.toMatch(UNSAFE);
    expect(textsOf(answer).length).toBeLessThan(1500);
    expect(answer.taskId).toContain(SHOWN);
  });

  test('with an unknown code has the carrier’s code and description, escaped', () => {
    expect(login({ resultCode: EVIL, desc: EVIL })).toMatchObject({
      kind: 'unknownCode',
      resultCode: expect.stringContaining(SHOWN),
      carrierText: expect.stringContaining(SHOWN),
    });
  });

  test.each(['103000\u200b', '\u0000103000', '103000\n'])(
    'with the code %j is unknown',
    (resultCode) => {
      const answer = login({ resultCode });
      expect(answer.kind).toBe('unknownCode');
      expect(answer.resultCode).not.toBe('103000');
    },
  );

  test.each(['000', '001', '606', '777'])(
    'with %s has message and expandParams as received, and logs them shortened',
    (resultCode) => {
      const expandParams = encodeURIComponent(`${EVIL.toWellFormed()}=${EVIL.toWellFormed()}`);
      const message = encodeURIComponent(EVIL.toWellFormed());
      const answer = verify({ resultCode }, { message, expandParams });
      expect(answer).toMatchObject({
        message: EVIL.toWellFormed(),
        expandParams: { [EVIL.toWellFormed()]: EVIL.toWellFormed() },
      });
      for (const shown of [
        JSON.stringify(answer),
        inspect(answer, { breakLength: Number.POSITIVE_INFINITY }),
      ]) {
        expect(shown).not.toMatch(UNSAFE);
        expect(shown).toContain('[2J');
        expect(shown.length).toBeLessThan(1500);
      }
    },
  );
});

test('the texts of a cause are escaped', async () => {
  const failing = async () => {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error(`altnames: ${EVIL}\nx`), { code: EVIL }),
    });
  };
  const error = await rejection(clientOf(failing).getPhoneNumber(TOKEN), NetworkError);
  const cause = error.cause as Error & { readonly cause: Error };
  expect(error.message).toContain(SHOWN);
  expect(error.message.length).toBeLessThan(400);
  expect(cause.cause.message).toMatch(/^altnames: \\u001b\[2J.{1,190}…$/);
  const seen = [inspect(error, { showHidden: true }), error.message, cause.cause.stack].join('\n');
  expect(seen.replaceAll('\n', '')).not.toMatch(UNSAFE);
  expect(seen.length).toBeLessThan(20_000);
});
