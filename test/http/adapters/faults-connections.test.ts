/** Faults on pipelined connections, and how fetch and node:http report them. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { LOGIN } from '../../support/endpoints.js';
import { send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openHttp } from '../../support/wire.js';
import { sceneAt, tokenStatus } from './fault-client.js';

describe('pipelined requests on one connection', () => {
  test.each(['reset', 'lose'])('the response before a %s arrives', async (outcome) => {
    const { client, request } = await sceneAt(LOGIN);
    client.send(Buffer.concat([request('delay(50ms) 103511'), request(outcome)]));
    // `end` is not checked: if the response and the RST arrive together, a client may see a clean end.
    const { text } = await client.ended();
    expect(text.match(/HTTP\/1.1 200|103511/g)).toEqual(['HTTP/1.1 200', '103511']);
  });

  test('the response before a truncate arrives, and the response after it does not', async () => {
    const { client, request } = await sceneAt(LOGIN);
    client.send(Buffer.concat([request('delay(50ms) 103511'), request('truncate'), request('103133')]));
    const { text } = await client.ended();
    expect([text.includes('103511'), text.includes('103133')]).toEqual([true, false]);
  });

  test('responses keep the order of the requests despite delays', async () => {
    const { client, request } = await sceneAt(LOGIN);
    client.send(
      Buffer.concat([request('delay(80ms) 103511'), request('drip(40ms)'), request('status(503)'), request('103133')]),
    );
    const { text } = await client.waitFor('103133');
    const order = ['103511', '103000', ' 503 ', '103133'].map((part) => text.indexOf(part));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
  });

  test('nothing is sent after a hang, and later requests are not started', async () => {
    const { place, token, client, request } = await sceneAt(LOGIN);
    client.send(Buffer.concat([request('hang'), request()]));
    await eventually('the record', async () => {
      const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
      return json.requests[0];
    });
    expect(await tokenStatus(place, token)).toBe('live');
    expect(client.received()).toEqual({ text: '', chunks: 0, end: undefined });
    client.socket.destroy();
  });

  test('a connection stays open through a sequence of outcomes', async () => {
    const { place, request } = await sceneAt(LOGIN);
    const wire = openHttp(place.url);
    const codes = [];
    for (const outcome of ['103511', 'delay(5ms) 103133', 'drip(20ms)', '104201', 'malformed', 'pass']) {
      wire.send(request(outcome));
      codes.push(/"resultCode":"(\d+)"/.exec((await wire.reply()).text)?.[1]);
    }
    expect(codes.filter((_, at) => at !== 4)).toEqual(['103511', '103133', '103000', '104201', '104201']);
  });
});

describe('an HTTP client gets an error, and does not wait', () => {
  interface FaultyCall {
    readonly url: string;
    readonly outcome: string;
    readonly body: string;
    readonly signal?: AbortSignal;
  }

  const byFetch = async ({ url, outcome, body, ...rest }: FaultyCall) => {
    const init = { method: 'POST', headers: { 'x-mock-outcome': outcome }, body, ...rest };
    return (await fetch(url + LOGIN.path, init)).text();
  };

  const byHttp = async ({ url, outcome, body, ...rest }: FaultyCall) => {
    const headers = { 'x-mock-outcome': outcome };
    const sent = httpRequest(url + LOGIN.path, { method: 'POST', headers, agent: false, ...rest });
    sent.end(body);
    const [response] = await once(sent, 'response');
    return text(response);
  };

  const clients = [
    { client: 'fetch', post: byFetch },
    { client: 'node:http', post: byHttp },
  ];

  test.each(
    clients.flatMap(({ client, post }) =>
      [
        { outcome: 'reset', code: 'ECONNRESET' },
        { outcome: 'lose', code: 'ECONNRESET' },
        { outcome: 'truncate', code: client === 'fetch' ? 'UND_ERR_SOCKET' : 'ECONNRESET' },
      ].map((row) => ({ client, post, ...row })),
    ),
  )('$client at $outcome: $code', async ({ post, outcome, code }) => {
    const { place, token } = await sceneAt(LOGIN);
    const body = JSON.stringify(LOGIN.request(place.app, token));
    const failed = await post({ url: place.url, outcome, body }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    const { cause = failed } = failed as Error;
    expect(cause).toMatchObject({ code });
  });

  test.each(clients)('$client aborts a hang', async ({ post }) => {
    const { place } = await sceneAt(LOGIN);
    const pending = post({ url: place.url, outcome: 'hang', body: '{}', signal: AbortSignal.timeout(50) });
    await expect(pending).rejects.toThrow(/abort|timeout/i);
  });

  test.each(clients)('$client receives a delayed and dripped response completely', async ({ post }) => {
    const { place, token } = await sceneAt(LOGIN);
    const body = JSON.stringify(LOGIN.request(place.app, token));
    const text = await post({ url: place.url, outcome: 'delay(20ms) drip(50ms)', body });
    expect(JSON.parse(text)).toMatchObject({ resultCode: '103000' });
  });
});
