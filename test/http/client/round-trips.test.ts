/** Properties of texts and responses, and how a response is read. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildTokenValidateRequest,
  type CmpassportError,
  HttpStatusError,
  NetworkError,
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
  ResponseTooLargeError,
  readResponse,
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
import { TEST_KEYS } from '../../support/keys.js';

const { demoAppDecrypt } = TEST_KEYS;
const RUNS = { numRuns: 60 };

test('any message and expandParams are returned as sent', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[|=]/.test(text));
  const value = fc.string().filter((text) => !text.includes('|'));
  const params = fc.dictionary(name, value, { minKeys: 1, noNullPrototype: true });
  fc.assert(
    fc.property(anyText({ minLength: 1 }), params, (message, expandParams) => {
      const request = buildTokenValidateRequest({
        appId: '1',
        appKey: '2',
        token: 't',
        msgId: MSG_ID,
        phoneNumber: '13800138000',
        sentAtMs: 0,
        signing: { by: 'hmac' },
        message,
        expandParams,
      });
      const { body } = JSON.parse(request.body);
      const echo = { message: body.message, expandParams: body.expandParams };
      const answer = processTokenValidateResponse({
        request,
        response: received(verifyText({ body: echo })),
      });
      expect(answer).toMatchObject({ message });
      expect(Object.entries(answer.expandParams ?? {}).toSorted()).toEqual(
        Object.entries(expandParams).toSorted(),
      );
    }),
    RUNS,
  );
});

test('any response leads to an answer or an error of the client', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        inresponseto: fc.constantFrom(MSG_ID, '', 1),
        resultCode: fc.anything(),
        msisdn: fc.anything(),
      })
      .map((value) => JSON.stringify(value)),
    fc.record({ header: fc.anything(), body: fc.anything() }).map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.nat(loginText().length), fc.string())
      .map(([at, text]) => loginText().slice(0, at) + text + loginText().slice(at + 1)),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom('md5', 'rsa'), (text, signing) => {
      const calls = [
        () =>
          processLoginTokenValidateResponse({
            request: { operation: 'loginTokenValidate', msgId: MSG_ID, signing },
            response: received(text),
            appDecryptPrivateKey: demoAppDecrypt.privateKey,
          }),
        () =>
          processTokenValidateResponse({
            request: { operation: 'tokenValidate', msgId: MSG_ID },
            response: received(text),
          }),
      ];
      for (const run of calls) {
        try {
          const answer = run();
          if (answer.kind === 'phoneNumber') expect(answer.phoneNumber).toMatch(/^1\d{10}$/);
        } catch (error) {
          expect((error as CmpassportError).code).toMatch(/^ERR_RESPONSE_|^ERR_DECRYPTION$/);
        }
      }
    }),
    { numRuns: 200 },
  );
});

// test/unit/response-body.test.ts has the shapes of a body.
test('a response of 64 KiB is read, one of a byte more is refused', async () => {
  const ask = (bytes: number) => {
    const text = loginText({ x: 'x'.repeat(bytes - loginText({ x: '' }).length) });
    return clientOf(async () => new Response(text)).getPhoneNumber(TOKEN);
  };
  expect(await ask(65_536)).toMatchObject({ kind: 'phoneNumber' });
  await rejection(ask(65_537), ResponseTooLargeError);
});

test('if a response is cloned, an error does not wait until the clone is read', async () => {
  // Kept and not read, as by a logger that reads it later.
  const cloned: Response[] = [];
  const fetch = async () => {
    const response = new Response('Bad Gateway', { status: 502 });
    cloned.push(response.clone());
    return response;
  };
  await rejection(clientOf(fetch, { timeoutMs: 2000 }).getPhoneNumber(TOKEN), HttpStatusError);
});

describe('readResponse', () => {
  const EXCHANGE = {
    operation: 'loginTokenValidate',
    msgId: MSG_ID,
    body: 'not what was built',
  } as const;

  test('does not read a body with another status, and closes its stream', async () => {
    let closed = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1024)),
      cancel: () => {
        closed = true;
      },
    });
    const { status, text } = await readResponse(EXCHANGE, new Response(body, { status: 502 }));
    expect({ status, text, closed }).toEqual({ status: 502, text: '', closed: true });
  });

  test('rejects with a NetworkError if the stream breaks', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    const error = await rejection(readResponse(EXCHANGE, new Response(body)), NetworkError);
    expect(error).toMatchObject({
      code: 'ERR_NETWORK',
      maybeSent: true,
      cause: { message: 'gone' },
    });
  });
});
