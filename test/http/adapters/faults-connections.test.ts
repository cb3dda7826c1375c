/** Faults as connections and HTTP clients live through them: requests behind one another, fetch, node:http. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { LOGIN } from '../../support/endpoints.js';
import { send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openHttp } from '../../support/wire.js';
import { sceneAt, tokenStatus } from './fault-scene.js';

describe('requests behind one another on one connection', () => {
  test.each(['reset', 'lose'])('the answer before a %s arrives', async (outcome) => {
    const { client, ask } = await sceneAt(LOGIN);
    client.send(Buffer.concat([ask('delay(50ms) 103511'), ask(outcome)]));
    // Where answer and RST come at once, a client may take the second for a clean end.
    const { text } = await client.ended();
    expect(text.match(/HTTP\/1.1 200|103511/g)).toEqual(['HTTP/1.1 200', '103511']);
  });

  test('the answer before a truncate arrives, and what was asked behind it does not', async () => {
    const { client, ask } = await sceneAt(LOGIN);
    client.send(Buffer.concat([ask('delay(50ms) 103511'), ask('truncate'), ask('103133')]));
    const { text } = await client.ended();
    expect([text.includes('103511'), text.includes('103133')]).toEqual([true, false]);
  });

  test('answers keep the order of the requests, whatever delays them', async () => {
    const { client, ask } = await sceneAt(LOGIN);
    client.send(Buffer.concat([ask('delay(80ms) 103511'), ask('drip(40ms)'), ask('status(503)'), ask('103133')]));
    const { text } = await client.comes('103133');
    const order = ['103511', '103000', ' 503 ', '103133'].map((part) => text.indexOf(part));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
  });

  test('nothing comes behind a hang, and what was sent behind it is not begun', async () => {
    const { place, token, client, ask } = await sceneAt(LOGIN);
    client.send(Buffer.concat([ask('hang'), ask()]));
    await eventually('the record', async () => {
      const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
      return json.requests[0];
    });
    expect(await tokenStatus(place, token)).toBe('live');
    expect(client.seen()).toEqual({ text: '', pieces: 0, end: undefined });
    client.socket.destroy();
  });

  test('a connection lives through one answer after another', async () => {
    const { place, ask } = await sceneAt(LOGIN);
    const wire = openHttp(place.url);
    const codes = [];
    for (const outcome of ['103511', 'delay(5ms) 103133', 'drip(20ms)', '104201', 'malformed', 'pass']) {
      wire.send(ask(outcome));
      codes.push(/"resultCode":"(\d+)"/.exec((await wire.reply()).text)?.[1]);
    }
    expect(codes.filter((_, at) => at !== 4)).toEqual(['103511', '103133', '103000', '104201', '104201']);
  });
});

describe('an HTTP client sees an error, and does not wait', () => {
  interface Asked {
    readonly url: string;
    readonly outcome: string;
    readonly body: string;
    readonly signal?: AbortSignal;
  }

  const byFetch = async ({ url, outcome, body, ...rest }: Asked) => {
    const init = { method: 'POST', headers: { 'x-mock-outcome': outcome }, body, ...rest };
    return (await fetch(url + LOGIN.path, init)).text();
  };

  const byHttp = async ({ url, outcome, body, ...rest }: Asked) => {
    const headers = { 'x-mock-outcome': outcome };
    const sent = httpRequest(url + LOGIN.path, { method: 'POST', headers, agent: false, ...rest });
    sent.end(body);
    const [response] = await once(sent, 'response');
    return text(response);
  };

  const clients = [
    { client: 'fetch', ask: byFetch },
    { client: 'node:http', ask: byHttp },
  ];

  test.each(
    clients.flatMap(({ client, ask }) =>
      [
        { outcome: 'reset', code: 'ECONNRESET' },
        { outcome: 'lose', code: 'ECONNRESET' },
        { outcome: 'truncate', code: client === 'fetch' ? 'UND_ERR_SOCKET' : 'ECONNRESET' },
      ].map((row) => ({ client, ask, ...row })),
    ),
  )('$client at $outcome: $code', async ({ ask, outcome, code }) => {
    const { place, token } = await sceneAt(LOGIN);
    const body = JSON.stringify(LOGIN.request(place.app, token));
    const failed = await ask({ url: place.url, outcome, body }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    const { cause = failed } = failed as Error;
    expect(cause).toMatchObject({ code });
  });

  test.each(clients)('$client at a hang that it gives up', async ({ ask }) => {
    const { place } = await sceneAt(LOGIN);
    const asked = ask({ url: place.url, outcome: 'hang', body: '{}', signal: AbortSignal.timeout(50) });
    await expect(asked).rejects.toThrow(/abort|timeout/i);
  });

  test.each(clients)('$client gets what is delayed and dripped whole', async ({ ask }) => {
    const { place, token } = await sceneAt(LOGIN);
    const body = JSON.stringify(LOGIN.request(place.app, token));
    const answer = await ask({ url: place.url, outcome: 'delay(20ms) drip(50ms)', body });
    expect(JSON.parse(answer)).toMatchObject({ resultCode: '103000' });
  });
});
