/** The maximum size of a response, however it arrives. */
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type FetchedResponse, NetworkError, ResponseTooLargeError, readResponse } from '../../../src/index.js';
import { clientOf, loginText, MSG_ID, rejection, TOKEN } from './scene.js';

describe('the maximum size of a response', () => {
  const sized = (bytes: number) =>
    loginText({ x: '' }).replace('"x":""', `"x":"${'x'.repeat(bytes - loginText({ x: '' }).length)}"`);
  const shapes = [
    { what: 'a stream', of: (text: string): FetchedResponse => new Response(text) },
    {
      what: 'a text',
      of: (text: string): FetchedResponse => ({ status: 200, headers: new Headers(), text: async () => text }),
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
    const response: FetchedResponse = { status: 200, headers: new Headers(), body, text: async () => '' };
    expect(await clientOf(async () => response).getPhoneNumber(TOKEN)).toMatchObject({ carrierText: '未知错误' });
  });
});

describe('readResponse', () => {
  const EXCHANGE = { operation: 'loginTokenValidate', msgId: MSG_ID, body: 'not what was built' } as const;

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

  test('closes a Node stream too, as node-fetch returns it', async () => {
    const body = Readable.from(['an', 'error', 'page']);
    const response = { status: 502, headers: new Headers(), body, text: async () => '' };
    expect(await readResponse(EXCHANGE, response)).toMatchObject({ status: 502, text: '' });
    expect(body.destroyed).toBe(true);
  });

  test('ignores a stream that cannot be closed', async () => {
    const body = { cancel: () => Promise.reject(new Error('locked')) };
    const response = { status: 502, headers: new Headers(), body, text: async () => '' };
    expect(await readResponse(EXCHANGE, response)).toMatchObject({ status: 502 });
  });

  test('rejects with a NetworkError if the stream breaks', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    const error = await rejection(readResponse(EXCHANGE, new Response(body)), NetworkError);
    expect(error).toMatchObject({ code: 'ERR_NETWORK', maybeSent: true, cause: { message: 'gone' } });
  });
});
