/** Properties of texts and responses, and how a response is read. */

import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  buildTokenValidateRequest,
  CmpassportError,
  type Fetch,
  type FetchedResponse,
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
    { numRuns: 400 },
  );
});

describe('the maximum size of a response', () => {
  const sized = (bytes: number) =>
    loginText({ x: '' }).replace(
      '"x":""',
      `"x":"${'x'.repeat(bytes - loginText({ x: '' }).length)}"`,
    );
  const shapes = [
    { what: 'a stream', of: (text: string): FetchedResponse => new Response(text) },
    {
      what: 'a text',
      of: (text: string): FetchedResponse => ({
        status: 200,
        headers: new Headers(),
        text: async () => text,
      }),
    },
    {
      what: 'pieces of text',
      of: (text: string): FetchedResponse => ({
        ...new Response(),
        status: 200,
        headers: new Headers(),
        body: pieces(text),
        text: async () => text,
      }),
    },
  ];

  async function* pieces(text: string) {
    for (let at = 0; at < text.length; at += 1000) yield text.slice(at, at + 1000);
  }

  test.each(shapes)('$what of 64 KiB is read, one of a byte more is refused', async ({ of }) => {
    const ask = (bytes: number) => clientOf(async () => of(sized(bytes))).getPhoneNumber(TOKEN);
    expect(await ask(65_536)).toMatchObject({ kind: 'phoneNumber' });
    await rejection(ask(65_537), ResponseTooLargeError);
  });

  test('the limit counts bytes, not characters', async () => {
    const text = loginText({ x: '号'.repeat(30_000) });
    expect(text.length).toBeLessThan(65_536);
    const answer: FetchedResponse = { status: 200, headers: new Headers(), text: async () => text };
    await rejection(clientOf(async () => answer).getPhoneNumber(TOKEN), ResponseTooLargeError);
  });

  test('a character that arrives in several pieces is decoded', async () => {
    const bytes = Buffer.from(loginText({ resultCode: '7', desc: '未知错误' }));
    const body = (async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte);
    })();
    const response: FetchedResponse = {
      status: 200,
      headers: new Headers(),
      body,
      text: async () => '',
    };
    expect(await clientOf(async () => response).getPhoneNumber(TOKEN)).toMatchObject({
      carrierText: '未知错误',
    });
  });
});

/** The clone is kept and not read, as by a logger that reads it later. */
const cloned: Response[] = [];

const CLONING = [
  {
    what: 'a fetch that clones responses',
    fetchOf: (body: string, status: number) => async () => {
      const response = new Response(body, { status });
      cloned.push(response.clone());
      return response;
    },
  },
  {
    what: 'a handler of msw',
    fetchOf: (body: string, status: number) => {
      const network = setupServer(
        http.post('*/loginTokenValidate', () => HttpResponse.text(body, { status })),
      );
      network.listen();
      onTestFinished(() => network.close());
      return (...sent: Parameters<Fetch>) => globalThis.fetch(...sent);
    },
  },
];

describe.each(CLONING)(
  'with $what, a call does not wait until the clone is read',
  ({ fetchOf }) => {
    test.each([
      {
        description: 'a response with HTTP 502',
        body: 'Bad Gateway',
        status: 502,
        code: 'ERR_HTTP_STATUS',
      },
      {
        description: 'a large response',
        body: 'x'.repeat(70_000),
        status: 200,
        code: 'ERR_RESPONSE_TOO_LARGE',
      },
    ])('$description is $code', async ({ body, status, code }) => {
      const client = clientOf(fetchOf(body, status), { timeoutMs: 2000 });
      expect(await rejection(client.getPhoneNumber(TOKEN), CmpassportError)).toMatchObject({
        code,
      });
    });
  },
);

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
