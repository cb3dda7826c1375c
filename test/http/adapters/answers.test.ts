/** Every response of the carrier on the wire: its headers, each once, and its exact body. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  LOGIN,
  PHONE_NUMBER,
  type Place,
  placeAt,
  VERIFY,
} from '../../support/endpoints.js';
import { mintToken, sharedMock } from '../../support/mock.js';
import { MSG_ID, verifyRequest } from '../../support/requests.js';
import { bytesOf, headerOf, openHttp, type WireReply } from '../../support/wire.js';

const TASK_ID = '[0-9a-f]{32}';
const TIME = '\\d{17}';

async function startPlace(settings: object = {}): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url, settings);
}

async function exchange(
  { url }: Place,
  { path }: Endpoint,
  { body, headers = [] }: { readonly body: unknown; readonly headers?: readonly string[] },
): Promise<WireReply> {
  const wire = openHttp(url);
  wire.send(
    bytesOf({ target: path, headers }, typeof body === 'string' ? body : JSON.stringify(body)),
  );
  return wire.reply();
}

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  const { path, success, unreadable } = endpoint;

  test.each([
    { description: 'a success', body: undefined, code: success, decidedBy: 'allMet' },
    { description: 'a refusal', body: 'no JSON', code: unreadable, decidedBy: 'bodyReadable' },
  ])(
    '$description has the carrier’s headers and the mock’s, each once',
    async ({ body, code, decidedBy }) => {
      const place = await startPlace();
      const reply = await exchange(place, endpoint, {
        body: body ?? (await freshRequest(place, endpoint)),
      });
      const names = reply.headers.map(([name]) => name);
      // Only an adapter with its own address sends X-Mock-Explanation.
      expect(names.filter((name) => name !== 'X-Mock-Explanation').slice(0, 5)).toEqual([
        'Content-Type',
        'Content-Length',
        'X-Mock',
        'X-Mock-Request-Id',
        'X-Mock-Decided-By',
      ]);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      expect(headerOf(reply, 'Content-Type')).toBe('application/json;charset=UTF-8');
      expect(headerOf(reply, 'Content-Length')).toBe(String(Buffer.byteLength(reply.text)));
      expect(headerOf(reply, 'X-Mock')).toBe('1');
      expect(headerOf(reply, 'X-Mock-Decided-By')).toBe(decidedBy);
      const journalled = await fetch(
        `${place.url}/_mock/requests/${headerOf(reply, 'X-Mock-Request-Id')}`,
      );
      expect(await journalled.json()).toMatchObject({
        resultCode: code,
        decidedBy,
        method: 'POST',
        path,
        response: { status: 200, body: reply.text },
      });
    },
  );

  test.each(['gzip, deflate, br', '*', 'gzip;q=1.0, identity;q=0'])(
    'a response is never compressed, even with Accept-Encoding: %s',
    async (accepted) => {
      const place = await startPlace();
      const body = await freshRequest(place, endpoint);
      const reply = await exchange(place, endpoint, {
        body,
        headers: [`Accept-Encoding: ${accepted}`],
      });
      expect(headerOf(reply, 'Content-Encoding')).toBe(undefined);
      expect(headerOf(reply, 'Transfer-Encoding')).toBe(undefined);
      expect(reply.text).toContain(`"resultCode":"${success}"`);
    },
  );

  test('the response to an unreadable request has empty ids', async () => {
    const place = await startPlace();
    const { text } = await exchange(place, endpoint, { body: '' });
    expect(text).toMatch(
      endpoint === LOGIN
        ? RegExp(
            `^{"inresponseto":"","resultCode":"103412","desc":"[^",]+","systemtime":"${TIME}","taskId":"${TASK_ID}"}$`,
          )
        : RegExp(
            `^{"body":{"message":"","resultDesc":"参数解析错误","taskId":"${TASK_ID}"},"header":{"appId":"","msgId":"","resultCode":"303","timestamp":"${TIME}"}}$`,
          ),
    );
  });
});

test('a success response of login is compact JSON, in the order of the document', async () => {
  const place = await startPlace();
  const { text } = await exchange(place, LOGIN, { body: await freshRequest(place, LOGIN) });
  expect(text).toMatch(
    RegExp(
      `^{"inresponseto":"${MSG_ID}","resultCode":"103000","msisdn":"${PHONE_NUMBER}","systemtime":"${TIME}","taskId":"${TASK_ID}"}$`,
    ),
  );
});

test('a response of verify with all fields is compact JSON, in the order of the document', async () => {
  const place = await startPlace({ capabilities: ['tokenValidate', 'smsFallback'] });
  const { app, url } = place;
  const token = await mintToken(url, app.appId, { capability: 'tokenValidate' });
  const extra = { message: 'm=1&n=中', expandParams: 'x=😀' };
  const body = verifyRequest(app, { token, phoneNumber: '13800138001' }, { body: extra });
  const { text } = await exchange(place, VERIFY, { body });
  expect(text).toMatch(
    RegExp(
      `^{"body":{"message":"m=1&n=中","resultDesc":"非本机号码","taskId":"${TASK_ID}","expandParams":"x=😀","accessToken":"${TASK_ID}"},` +
        `"header":{"appId":"${app.appId}","msgId":"${MSG_ID}","resultCode":"001","timestamp":"${TIME}"}}$`,
    ),
  );
});
