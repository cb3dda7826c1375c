/** Several requests on one connection: kept alive, pipelined, of both operations and of the control API. */
import { expect, test } from 'vitest';
import { UNANSWERED_MAX } from '../../../mock-server/http/network-listener.js';
import { ENDPOINTS, freshRequest, LOGIN, placeAt, resultCodeOf, VERIFY } from '../../support/endpoints.js';
import { startMock } from '../../support/mock.js';
import { bytesOf, chunked, headerOf, headOf, openHttp } from '../../support/wire.js';

const HEADERS = ['Content-Type: application/json'];
const SEVERAL = 20;

async function startPlace() {
  const { url } = await startMock();
  return placeAt(url);
}

test('twenty requests, one after another, share a connection', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  for (let turn = 0; turn < SEVERAL; turn += 1) {
    const endpoint = turn % 2 === 0 ? LOGIN : VERIFY;
    wire.send(
      bytesOf({ target: endpoint.path, headers: HEADERS }, JSON.stringify(await freshRequest(place, endpoint))),
    );
    const reply = await wire.reply();
    expect(resultCodeOf(reply.text)).toBe(endpoint.success);
    expect(headerOf(reply, 'Connection')).not.toBe('close');
  }
});

test('pipelined requests are answered in order', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  const endpoints = Array.from({ length: UNANSWERED_MAX }, (_, turn) => (turn % 3 === 0 ? VERIFY : LOGIN));
  const bodies = await Promise.all(endpoints.map((endpoint) => freshRequest(place, endpoint)));
  const requests = endpoints.map(({ path }, turn) =>
    bytesOf({ target: path, headers: HEADERS }, JSON.stringify(bodies[turn])),
  );
  wire.send(Buffer.concat(requests));
  const codes: string[] = [];
  for (const _ of endpoints) codes.push(resultCodeOf((await wire.reply()).text));
  expect(codes).toEqual(endpoints.map(({ success }) => success));
});

test('a token in two pipelined requests works once', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  const request = bytesOf({ target: LOGIN.path }, JSON.stringify(await freshRequest(place, LOGIN)));
  wire.send(Buffer.concat([request, request]));
  const codes = [resultCodeOf((await wire.reply()).text), resultCodeOf((await wire.reply()).text)];
  expect(codes).toEqual(['103000', '104201']);
});

test('refused and chunked requests leave the connection usable', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  const bad = Buffer.from('{"version":');
  const inChunks = { target: LOGIN.path, headers: ['Transfer-Encoding: chunked'] };
  const good = Buffer.from(JSON.stringify(await freshRequest(place, LOGIN)));
  const replies = [];
  for (const bytes of [
    bytesOf({ target: LOGIN.path }, bad),
    Buffer.concat([Buffer.from(headOf(inChunks)), chunked([bad, bad])]),
    bytesOf({ target: '/nowhere' }, bad),
    Buffer.concat([Buffer.from(headOf(inChunks)), chunked([good])]),
  ]) {
    wire.send(bytes);
    replies.push(await wire.reply());
  }
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 404, 200]);
  expect(resultCodeOf(replies[3]?.text ?? '')).toBe('103000');
});

test('the control API and the carrier share a connection', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  const targets = ['/_mock/health', LOGIN.path, '/_mock/apps', VERIFY.path];
  for (const target of targets) {
    const endpoint = ENDPOINTS.find(({ path }) => path === target);
    const body = endpoint === undefined ? '' : JSON.stringify(await freshRequest(place, endpoint));
    wire.send(bytesOf({ method: endpoint === undefined ? 'GET' : 'POST', target }, body));
    expect((await wire.reply()).status).toBe(200);
  }
});
