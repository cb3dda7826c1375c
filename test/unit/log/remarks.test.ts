/** The log lines about accepted requests that the carrier may refuse: one for each app and kind, after the response. */
import { expect, onTestFinished, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { loadExplanations, logFindings } from '../../../mock-server/telemetry/finding-log.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { type Fields, loginRequest } from '../../support/requests.js';

const AS_TEXT = ['Content-Type', 'text/plain'];
const AS_JSON = ['Content-Type', 'application/json'];

async function scene() {
  const testCarrier = newCarrier({ nowMs: NOW_MS });
  const lines: string[] = [];
  const elapsed = { ms: 0 };
  const log = { ...testCarrier.carrier.log, warn: ({ en }: Bilingual) => void lines.push(en) };
  const clock = { ...testCarrier.carrier.clock, elapsedMs: () => elapsed.ms };
  const carrier: Carrier = { ...testCarrier.carrier, log, clock };
  // Loads them now, so that the first line is not slow.
  await loadExplanations();
  onTestFinished(logFindings(carrier, 'http://mock.test'));
  const answer = createAnswer(carrier);
  const apps = new Map<string, Awaited<ReturnType<typeof addApp>>>();
  const call = async (
    appId: string,
    rawHeaders: readonly string[],
    change: (body: Fields) => Fields = (body) => body,
    /** By default, another one each time. */
    own?: string,
  ) => {
    const app = apps.get(appId) ?? (await addApp(carrier, { appId }));
    apps.set(appId, app);
    const minted = await mint(carrier, app, {});
    const token = minted === 'exists' ? '' : (minted[0]?.token ?? '');
    const body = change(
      loginRequest(credentialsOf(app, carrier), token, { msgid: own ?? token.slice(-36) }),
    );
    // More than a second between two requests, as in a real run.
    elapsed.ms += 1000;
    const reply = await answer(exchangeOf('loginTokenValidate', body, { rawHeaders }));
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return reply;
  };
  return { call, lines, elapsed };
}

const lowerCase = (body: Fields): Fields => ({ ...body, sign: String(body['sign']).toLowerCase() });

test('an accepted request with a remark gets one line, with the address of its explanation', async () => {
  const { call, lines } = await scene();
  const { resultCode, requestId } = await call('300000000042', AS_TEXT);
  expect(resultCode).toBe('103000');
  expect(lines).toEqual([
    'loginTokenValidate 103000 app "300000000042": accepted here, but the carrier may refuse it; header.content-type: ' +
      'The Content-Type was "…"; the document requires application/json. Public clients show that JSON with another ' +
      'type can work, but do not rely on it. With the interpretation content-type: json, this mock refuses the request. ' +
      `[http://mock.test/#/requests/${requestId}]`,
  ]);
});

test('the same kind is reported once for each app', async () => {
  const { call, lines } = await scene();
  for (const appId of ['300000000042', '300000000042', '300000000043', '300000000043'])
    await call(appId, AS_TEXT);
  expect(lines.map((line) => /app "(\d+)".*; (\S+):/.exec(line)?.slice(1).join(' '))).toEqual([
    '300000000042 header.content-type',
    '300000000043 header.content-type',
  ]);
});

test('two remarks of one kind have one line', async () => {
  const { call, lines } = await scene();
  const misspelt = ({ expandparams, encryptionalgorithm, ...body }: Fields): Fields => ({
    ...body,
    expandparam: expandparams ?? '',
    encryptionalgoritm: encryptionalgorithm ?? '',
  });
  expect((await call('300000000042', AS_JSON, misspelt)).resultCode).toBe('103000');
  expect(lines).toEqual([expect.stringContaining('; field.misspelt:')]);
});

test('another kind for the same app is also reported', async () => {
  const { call, lines } = await scene();
  await call('300000000042', AS_TEXT);
  await call('300000000042', AS_TEXT, lowerCase);
  expect(lines.map((line) => /; (\S+):/.exec(line)?.[1])).toEqual([
    'header.content-type',
    'sign.case',
  ]);
});

test('a msgid that an accepted request with another token had gets a line', async () => {
  const { call, lines } = await scene();
  for (const msgid of ['1', '2', '2']) await call('300000000042', AS_JSON, (body) => body, msgid);
  expect(lines).toEqual([expect.stringContaining('; msgid.repeated:')]);
});

test('a clean request and a refused one have no line', async () => {
  const { call, lines } = await scene();
  await call('300000000042', AS_JSON);
  await call('300000000042', AS_TEXT, (body) => ({ ...body, sign: 'A7'.repeat(16) }));
  expect(lines).toEqual([]);
});

test('a line shows neither token nor secret', async () => {
  const { call, lines } = await scene();
  await call('300000000042', AS_TEXT, lowerCase);
  expect(lines).toHaveLength(2);
  expect(lines.join(' ')).not.toMatch(/STsid|[0-9a-f]{32}/i);
});

test('three requests a second are checked', async () => {
  const { call, lines, elapsed } = await scene();
  for (let at = 0; at < 5; at += 1) {
    await call(`3000000001${at + 10}`, AS_TEXT);
    elapsed.ms -= 1000;
  }
  expect(lines).toHaveLength(3);
  elapsed.ms += 1000;
  await call('300000000199', AS_TEXT);
  expect(lines).toHaveLength(4);
});
