import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import { APPS_MAX } from '../../mock-server/carrier/engine/app-settings.js';
import { RULE_SETS } from '../../mock-server/carrier/engine/rules.js';
import { DEFAULT_LIMITS } from '../../mock-server/carrier/store/state-store.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { loadConfiguration } from '../../mock-server/options/configuration-files.js';
import { serverPlanOf } from '../../mock-server/options/server-options.js';
import { isLoopbackHost } from '../../mock-server/options/settings.js';
import { SUBSCRIBERS_MAX } from '../../mock-server/schemas/schemas.js';
import { startServer } from '../../mock-server/server/start-server.js';
import { errorLog } from '../../mock-server/telemetry/log.js';
import { byOperation } from '../../src/protocol/operations.js';
import { DEFAULT_READINGS } from '../../src/protocol/readings.js';
import { UsageError } from '../../src/text/usage-error.js';
import { temporaryFile, temporaryFolder } from '../support/files.js';
import { newApp, startMock } from '../support/mock.js';

const HOST = '127.0.0.1';

test('a team with the token of the server is refused at start, and in a changed configuration', async () => {
  const controlToken = 'of-the-server';
  const configured = (token: string) =>
    toConfiguration({ teams: [{ name: 'payments', controlToken: token }] }, HOST);
  const message = /^the team payments has the control token of the server, which opens every app: /;
  const plan = { options: serverPlanOf({ controlToken }), log: errorLog() };
  const refused = startServer({ ...plan, configuration: configured(controlToken) });
  await expect(refused).rejects.toThrow(message);
  const server = await startServer({ ...plan, configuration: configured('of-payments') });
  onTestFinished(() => server.close());
  const { settings } = server.carrier;
  await expect(server.reconfigure(configured(controlToken))).rejects.toThrow(message);
  expect(server.carrier.settings).toBe(settings);
});

const rsaPair = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });

/** The error that a configuration file is refused with. */
async function refusal(file: string): Promise<UsageError> {
  try {
    await loadConfiguration({ config: file }, HOST);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('an empty configuration has the demo app, the subscribers, and every default', () => {
  const { limits, settings } = toConfiguration({}, HOST);
  const { apps, platformKey, subscribers, ...rest } = settings;
  expect(apps.map(({ appId }) => appId)).toEqual(['300000000001']);
  expect(limits).toEqual({ ...DEFAULT_LIMITS, journalRecordsTotalMax: expect.any(Number) });
  expect(
    subscribers
      .map(({ failure }) => failure)
      .filter(Boolean)
      .sort(),
  ).toEqual(['numberNotObtained', 'serviceDown', 'tokenServiceDown']);
  expect(subscribers.map(({ operator }) => operator)).toEqual(
    expect.arrayContaining(['mobile', 'unicom', 'telecom']),
  );
  expect(platformKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
  expect(rest).toEqual({
    teams: new Map(),
    platformPublicKey: keys.platform.publicKey,
    readings: DEFAULT_READINGS,
    rules: RULE_SETS,
    tokenTtlMs: 120_000,
    accessTokenTtlMs: 300_000,
    defaultIpWhitelist: byOperation(() => '127.0.0.1,::1'),
  });
});

test(`more than ${APPS_MAX} apps are refused`, () => {
  const apps = Array.from({ length: APPS_MAX + 1 }, (_, at) => ({ appId: String(at) }));
  expect(() => toConfiguration({ apps }, HOST)).toThrow(
    /^\/apps must not have more than 10000 items, found \[/,
  );
  expect(toConfiguration({ apps: apps.slice(1) }, HOST).settings.apps).toHaveLength(APPS_MAX);
});

test(`more than ${SUBSCRIBERS_MAX} subscribers are refused`, () => {
  const subscribers = Array.from({ length: SUBSCRIBERS_MAX + 1 }, (_, at) => ({
    phoneNumber: String(13_000_000_000 + at),
    operator: 'mobile',
  }));
  expect(() => toConfiguration({ subscribers }, HOST)).toThrow(
    /^\/subscribers must not have more than 10000 items, found \[/,
  );
  expect(
    toConfiguration({ subscribers: subscribers.slice(1) }, HOST).settings.subscribers,
  ).toHaveLength(SUBSCRIBERS_MAX);
});

test('values of the file override the defaults', async () => {
  const file = temporaryFile('mock.json', {
    $schema: 'configuration.schema.json',
    apps: [{ appId: 'a' }],
    subscribers: [{ phoneNumber: '19900000000', operator: 'telecom', failure: 'serviceDown' }],
    lifetimes: { tokenTtlMs: 1 },
    readings: { 'json-numbers': 'any', 'content-type': null },
    limits: { tokensMax: 7 },
  });
  expect(await loadConfiguration({ config: file }, HOST)).toMatchObject({
    limits: { ledgerRecordsMax: DEFAULT_LIMITS.ledgerRecordsMax, tokensMax: 7 },
    settings: {
      apps: [{ appId: 'a' }],
      subscribers: [{ phoneNumber: '19900000000', operator: 'telecom', failure: 'serviceDown' }],
      readings: { ...DEFAULT_READINGS, 'json-numbers': 'any' },
      tokenTtlMs: 1,
      accessTokenTtlMs: 300_000,
    },
  });
});

test('a byte order mark is accepted', async () => {
  const { settings } = await loadConfiguration(
    { config: temporaryFile('bom.json', '\uFEFF{"apps":[]}') },
    HOST,
  );
  expect(settings.apps).toEqual([]);
});

test('apps get the public half of a configured platform key', async () => {
  const { privateKey, publicKey } = rsaPair(2048);
  const { url } = await startMock({
    configuration: { platformKey: privateKey.toString('base64') },
  });
  expect((await newApp(url)).platformPublicKey).toBe(publicKey.toString('base64'));
});

test.each([
  { host: '127.0.0.1', loopback: true },
  { host: '127.1.2.3', loopback: true },
  { host: '::1', loopback: true },
  { host: 'localhost', loopback: true },
  { host: '0.0.0.0', loopback: false },
  { host: '::', loopback: false },
  { host: '192.168.1.10', loopback: false },
  { host: '1270.0.0.1', loopback: false },
])('with host $host, the default whitelist is loopback only: $loopback', ({ host, loopback }) => {
  const list = loopback ? '127.0.0.1,::1' : null;
  expect(isLoopbackHost(host)).toBe(loopback);
  expect(toConfiguration({}, host).settings.defaultIpWhitelist).toEqual(byOperation(() => list));
});

const app = (settings: object) => ({ apps: [{ appId: 'a' }, { appId: 'b', ...settings }] });

test.each([
  { description: 'an unknown field', content: { app: [] }, parts: ['/app', '"app"', '"apps"'] },
  {
    description: 'an app without an appId',
    content: { apps: [{}] },
    parts: ['/apps/0/appId', 'missing'],
  },
  {
    description: 'an appId with a slash',
    content: { apps: [{ appId: 'a/b' }] },
    parts: ['/apps/0/appId', '"a/b"'],
  },
  {
    description: 'an appId twice',
    content: app({ appId: 'a' }),
    parts: ['/apps/1/appId', 'duplicate value "a"'],
  },
  {
    description: 'keys to be generated',
    content: app({ generateKeys: true }),
    parts: ['/apps/1/generateKeys'],
  },
  {
    description: 'a private key instead of a public key',
    content: app({ appEncryptKey: keys.platform.privateKey }),
    parts: ['/apps/1/appEncryptKey', 'found a private key'],
  },
  {
    description: 'an unknown reading of an app',
    content: app({ readings: { 'json-number': 'any' } }),
    parts: ['/apps/1/readings/json-number', '"json-numbers"'],
  },
  {
    description: 'an invalid script of a number',
    content: {
      subscribers: [
        { phoneNumber: '13800138000', operator: 'mobile', outcomes: { tokenValidate: '103211' } },
      ],
    },
    parts: ['/subscribers/0/outcomes/tokenValidate', 'step 1', '"103211"'],
  },
  {
    description: 'an unknown cause of a test number',
    content: { subscribers: [{ phoneNumber: '13800138000', operator: 'mobile', failure: 'down' }] },
    parts: ['/subscribers/0/failure', '"down"', '"serviceDown"'],
  },
  {
    description: 'a duplicate subscriber',
    content: {
      subscribers: [
        { phoneNumber: '13800138000', operator: 'mobile' },
        { phoneNumber: '13800138000', operator: 'unicom' },
      ],
    },
    parts: ['/subscribers/1/phoneNumber', 'duplicate value "13800138000"'],
  },
  {
    description: 'a lifetime of 0',
    content: { lifetimes: { tokenTtlMs: 0 } },
    parts: ['/lifetimes/tokenTtlMs', '0'],
  },
  {
    description: 'an unknown option of a reading',
    content: { readings: { 'content-type': 'xml' } },
    parts: ['/readings/content-type', '"xml"', 'json, refused:<code>'],
  },
  {
    description: 'an invalid platform key',
    content: { platformKey: 'x' },
    parts: ['/platformKey'],
  },
  { description: 'invalid JSON', content: '{"apps": }', parts: ['is not JSON'] },
])(
  '$description is refused in one line that names the file, the field and what was found',
  async ({ content, parts }) => {
    const file = temporaryFile('mock.json', content);
    const { message } = await refusal(file);
    for (const text of [file, ...parts]) expect(message).toContain(text);
    expect(message).not.toContain('\n');
  },
);

test('a missing file is named', async () => {
  const file = join(temporaryFolder(), 'none.json');
  expect((await refusal(file)).message).toBe(
    `configuration ${file}: the file does not exist: correct the path`,
  );
});

test('a folder instead of the file is refused, and named', async () => {
  const folder = temporaryFolder();
  expect((await refusal(folder)).message).toBe(
    `configuration ${folder}: is a folder, not a file: use a file`,
  );
});
