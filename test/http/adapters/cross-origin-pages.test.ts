/** A page of another origin may not call the carrier through a browser, since its call would use up scripted steps. */
import { expect, test } from 'vitest';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { createCarrierMiddleware } from '../../../mock-server/server.js';
import { LOGIN_PATH as path, send, sharedMock, startMock } from '../../support/mock.js';
import { bytesOf, openHttp } from '../../support/wire.js';
import { serve } from '../in-process/app.js';

async function reply(url: string, headers: readonly string[], target = path) {
  const wire = openHttp(url);
  wire.send(bytesOf({ target, headers }, '{}'));
  return wire.reply();
}

test.each([
  { page: 'another origin', headers: ['Origin: http://evil.example'] },
  { page: 'the same site, but not the same origin', headers: ['sec-fetch-site: same-site'] },
  {
    page: 'another site, by a link',
    headers: ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
  },
])('a page of $page gets 403, and is not journalled', async ({ headers }) => {
  const { url } = await startMock();
  for (const target of [path, `/_mock/carrier${path}`, `http://www.cmpassport.com${path}`]) {
    const { status, text } = await reply(url, headers, target);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      status: 403,
      detail: expect.stringMatching(/^a page of .* may not call/),
    });
  }
  expect((await send(url, 'GET', '/_mock/requests')).json.requests).toEqual([]);
});

test.each([
  { caller: 'a client that is not a browser', headers: [] },
  {
    caller: 'a page of the carrier itself',
    headers: ['Origin: http://www.cmpassport.com', 'Sec-Fetch-Site: same-origin'],
  },
])('$caller is answered', async ({ headers }) => {
  const { url } = await sharedMock();
  expect((await reply(url, headers)).status).toBe(200);
});

test('the middleware refuses another origin too', async () => {
  const url = await serve(createCarrierMiddleware());
  const { status } = await reply(url, ['Origin: http://evil.example']);
  expect(status).toBe(403);
});

test('an in-process call with an Origin is answered, since jsdom sends one', async () => {
  const carrier = createCarrierHandlers();
  const headers = { origin: 'http://localhost:3000' };
  const { status } = await carrier.fetch(`https://www.cmpassport.com${path}`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(status).toBe(200);
});
