/** The assertions about an app's calls, and the messages of failed ones. */
import { expect, test } from 'vitest';
import { connectMock, type MockApp, MockAssertionError } from '../../../src/control/index.js';
import {
  type ClientPlace,
  clientPlace,
  rejection,
  signIn,
  verifyNumber,
} from '../../support/control-client.js';
import { login, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

const NOON_MS = Date.UTC(2026, 10, 25, 4);

/** An app with two login requests, of which one is refused, and one verify request. */
async function calledPlace(): Promise<ClientPlace> {
  const place = await clientPlace();
  await place.app.freeze(NOON_MS);
  await signIn(place);
  await place.app.advance('250ms');
  await signIn(place, undefined, { version: '1.0' });
  await place.app.advance('1s');
  await verifyNumber(place);
  return place;
}

let shared: Promise<ClientPlace> | undefined;

/** One for all assertions whose marks do not matter. */
function sharedPlace(): Promise<ClientPlace> {
  shared ??= calledPlace();
  return shared;
}

test.each([
  { filter: { resultCode: '103414' }, marked: ['103414'] },
  { filter: { resultCode: '103414', token: 'another' }, times: 0, marked: [] },
  { filter: { resultCode: '103000' }, marked: [] },
  { filter: {}, times: 3, marked: [] },
])('an assertion of $filter marks $marked as expected', async ({ filter, times = 1, marked }) => {
  const { app } = await calledPlace();
  await app.assertCalled(times, filter);
  const requests = await app.requests();
  const expected = requests.filter((record) => record.expected === true);
  expect(expected.map(({ resultCode }) => resultCode)).toEqual(marked);
});

test('a test marks a request that it judges itself', async () => {
  const { app } = await calledPlace();
  const [newest] = await app.requests({ limit: 1 });
  const marked = await app.expectRequest(newest?.id ?? '');
  expect(marked).toEqual({ ...newest, expected: true });
});

interface AssertionRow {
  readonly description: string;
  readonly claim: (app: MockApp) => Promise<void>;
}

test.each<AssertionRow>([
  { description: 'three calls', claim: (app) => app.assertCalled(3) },
  {
    description: 'two of login',
    claim: (app) => app.assertCalled(2, { operation: 'loginTokenValidate' }),
  },
  {
    description: 'one of verify',
    claim: (app) => app.assertCalledOnce({ operation: 'tokenValidate' }),
  },
  { description: 'one 103414', claim: (app) => app.assertCalledOnce({ resultCode: '103414' }) },
  { description: 'no 103101', claim: (app) => app.assertNeverCalled({ resultCode: '103101' }) },
  {
    description: 'no call with another token',
    claim: (app) => app.assertNeverCalled({ token: 'another' }),
  },
  { description: 'two charged', claim: (app) => app.assertCharged(2) },
])('$description: passes', async ({ claim }) => {
  const { app } = await sharedPlace();
  await claim(app);
});

test.each<
  AssertionRow & { readonly text: string; readonly expected: number; readonly actual: number }
>([
  {
    description: 'once, of three',
    claim: (app) => app.assertCalledOnce(),
    text: 'expected 1 call by app',
    expected: 1,
    actual: 3,
  },
  {
    description: 'never, of one',
    claim: (app) => app.assertNeverCalled({ operation: 'tokenValidate' }),
    text: 'expected no call of tokenValidate by app',
    expected: 0,
    actual: 1,
  },
  {
    description: 'twice, of none',
    claim: (app) =>
      app.assertCalled(2, { operation: 'loginTokenValidate', resultCode: '103101', token: 'x' }),
    text: 'expected 2 calls of loginTokenValidate with result code 103101 and token x by app',
    expected: 2,
    actual: 0,
  },
  {
    description: 'charged once, of two',
    claim: (app) => app.assertCharged(1),
    text: 'expected 1 charged call of app',
    expected: 1,
    actual: 2,
  },
  {
    description: 'charged three times, of two',
    claim: (app) => app.assertCharged(3),
    text: 'expected 3 charged calls of app',
    expected: 3,
    actual: 2,
  },
])('$description: fails', async ({ claim, text, expected, actual }) => {
  const { app } = await sharedPlace();
  const error = await rejection(claim(app));
  expect(error).toBeInstanceOf(MockAssertionError);
  expect(error).toMatchObject({ name: 'AssertionError', code: 'ERR_ASSERTION', expected, actual });
  expect(error.message.split('\n')[0]).toBe(`${text} ${app.appId}, found ${actual}`);
});

test('the message lists the requests, newest first: time, operation, code, rule, and the first finding', async () => {
  const { app } = await sharedPlace();
  const { message } = await rejection(app.assertNeverCalled());
  const [, title, verified, refused, signedIn, ...rest] = message.split('\n');
  expect(title).toBe("Requests of the app, newest first, in Beijing time by the app's clock:");
  expect(verified).toMatch(/^ {2}2026-11-25 12:00:01\.250 {2}tokenValidate {2}000 {2}allMet/);
  expect(refused).toMatch(
    /^ {2}2026-11-25 12:00:00\.250 {2}loginTokenValidate {2}103414 {2}parametersValid {2}[a-z]+\.[a-z-]+: \S/,
  );
  expect(signedIn).toMatch(
    /^ {2}2026-11-25 12:00:00\.000 {2}loginTokenValidate {2}103000 {2}allMet/,
  );
  expect(rest).toEqual([]);
});

test('the finding in the message is in the language of the connection', async () => {
  const place = await sharedPlace();
  const app = await connectMock({ url: place.url, language: 'zh' }).app(place.app.appId);
  const { message } = await rejection(app.assertNeverCalled({ resultCode: '103414' }));
  expect(message).toMatch(/103414 {2}parametersValid {2}[a-z]+\.[a-z-]+: .*\p{Script=Han}/u);
});

test('the line of a request without a decision has the step of the script', async () => {
  const place = await clientPlace();
  await place.app.script('loginTokenValidate', 'status(503)');
  await signIn(place);
  const { message } = await rejection(place.app.assertNeverCalled());
  expect(message).toMatch(/loginTokenValidate {2}no code {2}forced {2}outcome status\(503\)/);
});

test('the message lists twenty requests and mentions further ones', async () => {
  const place = await clientPlace();
  for (let at = 0; at < 21; at += 1) await signIn(place, 'none');
  const lines = (await rejection(place.app.assertNeverCalled())).message.split('\n');
  expect(lines).toHaveLength(2 + 20 + 1);
  expect(lines.at(-1)).toBe('  … and earlier ones');
});

test('if the app has no requests, the message lists those of other apps', async () => {
  const { url, app } = await clientPlace();
  await login(url, loginRequest({ ...app, appId: 'wrong' }, 'none'));
  const { message } = await rejection(app.assertCalledOnce());
  expect(message).toContain(
    'The app received no request. The last requests of other apps, newest first:',
  );
  expect(message).toMatch(/loginTokenValidate {2}103119 {2}appKnown {2}appId "wrong"/);
});

test('if the mock has no requests, the message asks whether it is called', async () => {
  const { url } = await startMock();
  const app = await connectMock({ url }).createApp();
  const { message } = await rejection(app.assertCalledOnce());
  expect(message).toContain(`The mock received no request. Does the code under test call ${url}?`);
});

test.each([
  {
    description: 'no step used',
    script: '103211',
    text: 'the remaining steps "103211" of "103211"',
  },
  {
    description: 'an endless step',
    script: '103211*',
    text: 'the remaining steps "103211*" of "103211*"',
  },
])('a script with remaining steps ($description) is not used up', async ({ script, text }) => {
  const { app } = await clientPlace();
  await app.script('loginTokenValidate', script);
  const { message } = await rejection(app.assertScriptUsedUp('loginTokenValidate'));
  expect(message.split('\n')[0]).toBe(
    `expected app ${app.appId} to use up its script of loginTokenValidate, found ${text}`,
  );
});

test('assertScriptUsedUp fails without a script', async () => {
  const { app } = await clientPlace();
  const error = await rejection(app.assertScriptUsedUp('tokenValidate'));
  expect(error).toBeInstanceOf(MockAssertionError);
  expect(error.message).toContain('found no script');
});

/** Two requests, of which the journal keeps one. */
async function placeWithDroppedRecord(): Promise<ClientPlace> {
  const place = await clientPlace({ configuration: { limits: { journalRecordsMax: 1 } } });
  await signIn(place, 'none');
  await signIn(place, 'none');
  return place;
}

test.each<AssertionRow>([
  {
    description: 'never, for a token that may have been dropped',
    claim: (app) => app.assertNeverCalled({ token: 'other' }),
  },
  { description: 'once', claim: (app) => app.assertCalledOnce({ resultCode: '103113' }) },
  { description: 'twice', claim: (app) => app.assertCalled(2) },
  { description: 'a count', claim: async (app) => void (await app.count()) },
])('if records were dropped, $description is an error', async ({ claim }) => {
  const { app } = await placeWithDroppedRecord();
  const error = await rejection(claim(app));
  expect(error).toMatchObject({ name: 'ControlError', code: 'ERR_CONTROL_INCOMPLETE' });
  expect(error.message).toContain('has dropped records');
});

test('if records were dropped, too many calls still fail', async () => {
  const { app } = await placeWithDroppedRecord();
  expect(await rejection(app.assertNeverCalled())).toBeInstanceOf(MockAssertionError);
});
