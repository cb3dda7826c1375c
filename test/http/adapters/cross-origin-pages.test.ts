/** A page of another origin may not call the carrier through a browser, since its call would use up scripted steps. */
import { describe, expect, test } from 'vitest';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { createCarrierMiddleware } from '../../../mock-server/server.js';
import { ENDPOINTS } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { bytesOf, openHttp, type RawRequest } from '../../support/wire.js';
import { serve } from '../in-process/app.js';

const PAGES = [
  { page: 'another origin', headers: ['Origin: http://evil.example'] },
  { page: 'an opaque origin', headers: ['Origin: null'] },
  { page: 'another port', headers: ['Origin: http://www.cmpassport.com:8080'] },
  { page: 'another site', headers: ['Sec-Fetch-Site: cross-site'] },
  { page: 'the same site, but not the same origin', headers: ['sec-fetch-site: same-site'] },
  {
    page: 'another site, by a link',
    headers: ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
  },
];

async function reply(url: string, request: RawRequest) {
  const wire = openHttp(url);
  wire.send(bytesOf(request, '{}'));
  return wire.reply();
}

describe.each(ENDPOINTS)('$operation', ({ path }) => {
  test.each(PAGES)('a page of $page gets 403, and is not journalled', async ({ headers }) => {
    const { url } = await startMock();
    for (const target of [path, `/_mock/carrier${path}`, `http://www.cmpassport.com${path}`]) {
      const { status, text } = await reply(url, { target, headers });
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
    { caller: 'the address bar', headers: ['Sec-Fetch-Site: none'] },
  ])('$caller is answered', async ({ headers }) => {
    const { url } = await startMock();
    expect((await reply(url, { target: path, headers })).status).toBe(200);
  });
});

test('a refused page uses no scripted step', async () => {
  const { url, mock } = await startMock();
  const app = await mock.createApp();
  await app.script('loginTokenValidate', 'reset');
  await reply(url, {
    target: '/unisdk/rsapi/loginTokenValidate',
    headers: ['Origin: http://evil.example'],
  });
  expect(
    (await send(url, 'GET', `/_mock/apps/${app.appId}/outcomes/loginTokenValidate`)).json,
  ).toMatchObject({
    remaining: 'reset',
  });
});

test('the middleware refuses another origin too', async () => {
  const url = await serve(createCarrierMiddleware());
  const { status } = await reply(url, {
    target: ENDPOINTS[0]?.path ?? '',
    headers: ['Origin: http://evil.example'],
  });
  expect(status).toBe(403);
});

test('an in-process call with an Origin is answered, since jsdom sends one', async () => {
  const carrier = createCarrierHandlers();
  const headers = { origin: 'http://localhost:3000' };
  const { status } = await carrier.fetch(`https://www.cmpassport.com${ENDPOINTS[0]?.path}`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(status).toBe(200);
});
