/** Clients that try to fill memory: too many pipelined requests, too many headers, delayed responses. */
import { describe, expect, test } from 'vitest';
import { HEADERS_MAX, UNANSWERED_MAX } from '../../../mock-server/http/network-listener.js';
import { send, sharedMock, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { startProxied } from '../../support/tunnels.js';
import { bytesOf, headOf, openHttp } from '../../support/wire.js';

const LOGIN = '/unisdk/rsapi/loginTokenValidate';
const forcing = (outcome: string) => bytesOf({ target: LOGIN, headers: [`X-Mock-Outcome: ${outcome}`] }, '{}');
const times = (count: number, request: string | Buffer) => Buffer.concat(Array(count).fill(Buffer.from(request)));

async function countJournal(url: string): Promise<number> {
  return (await send(url, 'POST', '/_mock/requests/count', {})).json.count;
}

describe('requests on one connection', () => {
  test('too many behind a pending one close the connection', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(times(UNANSWERED_MAX + 1, forcing('hang')));
    expect(await wire.rest()).toBe('');
  });

  test('those after a hang are not started, not even when the client has left', async () => {
    const { url } = await startMock();
    const wire = openHttp(url);
    wire.send(Buffer.concat([forcing('hang'), times(5, forcing('103000'))]));
    await eventually('the first record', async () => ((await countJournal(url)) === 1 ? true : undefined));
    wire.socket.destroy();
    await send(url, 'GET', '/_mock/health');
    expect(await countJournal(url)).toBe(1);
  });

  test.each(['http', 'proxy'])(
    'an unknown Expect, which Node would answer itself, is pending too (%s)',
    async (entry) => {
      const { url, proxyUrl } = await startProxied();
      const wire = openHttp(entry === 'http' ? url : proxyUrl);
      const target = entry === 'http' ? '/' : 'http://elsewhere.example/';
      const hang = bytesOf({ target: `http://www.cmpassport.com${LOGIN}`, headers: ['X-Mock-Outcome: hang'] }, '{}');
      wire.send(Buffer.concat([hang, times(100, headOf({ method: 'GET', target, headers: ['Expect: nonsense'] }))]));
      await wire.rest();
    },
  );

  test('an unknown Expect is 417, in order', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const expecting = Buffer.from(headOf({ method: 'GET', target: '/', headers: ['Expect: x'] }));
    wire.send(Buffer.concat([forcing('delay(50ms) 103211'), expecting]));
    expect((await wire.reply()).text).toContain('103211');
    const { status, text } = await wire.reply();
    expect([status, JSON.parse(text).detail]).toEqual([417, 'Expect must be 100-continue, found "x"']);
  });

  test.each([LOGIN, '/_mock/apps'])('a body in one-byte chunks is read completely (%s)', async (target) => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const head = headOf({ target, headers: ['Transfer-Encoding: chunked'] });
    wire.send(`${head}${'1\r\n \r\n'.repeat(3000)}3\r\n{"}\r\n0\r\n\r\n`);
    const { status, text } = await wire.reply();
    expect([status, text]).toEqual([target === LOGIN ? 200 : 400, expect.stringMatching(/103412|JSON/)]);
  });

  test('a body in chunks behind a pending request closes the connection', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(
      Buffer.concat([forcing('hang'), Buffer.from(headOf({ target: LOGIN, headers: ['Transfer-Encoding: chunked'] }))]),
    );
    expect(await wire.rest()).toBe('');
  });
});

describe('headers', () => {
  const withHeaders = (count: number) =>
    bytesOf({ target: LOGIN, headers: Array.from({ length: count }, (_, at) => `X-${at}: 1`) }, '{}');

  test(`${HEADERS_MAX} are accepted`, async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    // Host and Content-Length count too.
    wire.send(withHeaders(HEADERS_MAX - 2));
    expect((await wire.reply()).status).toBe(200);
  });

  test('more are 431, and close the connection', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(withHeaders(HEADERS_MAX - 1));
    const reply = await wire.reply();
    expect(reply.status).toBe(431);
    expect(reply.text).toContain(`found ${HEADERS_MAX + 1}`);
    await wire.rest();
  });
});
