/** Calibrates a carrier with the command, and compares it with a mock that has this calibration. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Calibration } from '../../../contracts/calibrate/calibration.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { ConfigurationInput } from '../../../mock-server/options/settings.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import type { MiniCarrier } from './mini-carrier.js';
import { type RandomRequest, randomRequest, seeded } from './random-requests.js';
import { carrierTwin, mockTwin, PHONE, type Shared, sendTo } from './twin.js';

const CREDENTIALS = [
  'appId',
  'appSecret',
  'appKey',
  'appSignKey',
  'appDecryptKey',
  'platformPublicKey',
];
const OPERATIONS = ['loginTokenValidate', 'tokenValidate'] as const;

/** A profile of the carrier with as many live tokens for each operation, and its credentials as variables. */
async function profileOf({ url, app, mint }: MiniCarrier, tokenCount: number) {
  const tokens = OPERATIONS.flatMap((operation) =>
    Array.from({ length: tokenCount }, () => operation),
  ).map(async (operation) => ({
    operation,
    token: await mint(app.appId, PHONE, operation),
    phoneNumber: PHONE,
  }));
  const profile = temporaryFile('profile.json', {
    name: 'mini-carrier',
    baseUrls: { loginTokenValidate: url, tokenValidate: url },
    credentials: Object.fromEntries(CREDENTIALS.map((name) => [name, { env: name }])),
    capabilities: [...OPERATIONS, 'rsa'],
    tokens: { from: 'file', path: temporaryFile('tokens.json', await Promise.all(tokens)) },
    pacing: { gapMs: 0 },
  });
  const { appId, appSecret, appKey, appSignPrivateKey, appEncryptPrivateKey, platformPublicKey } =
    app;
  const env = {
    ...{ appId, appSecret, appKey, platformPublicKey },
    ...{ appSignKey: appSignPrivateKey, appDecryptKey: appEncryptPrivateKey },
  };
  return { profile, env };
}

export async function calibrate(carrier: MiniCarrier, spendLimit: number): Promise<Calibration> {
  const out = join(temporaryFolder(), 'calibration.json');
  const { profile, env } = await profileOf(carrier, spendLimit);
  const args = ['contract', 'calibrate', '--profile', profile, '--out', out, '--yes'];
  const { status, stdout, stderr } = await callCommand(
    [...args, '--spend-limit', String(spendLimit)],
    env,
  );
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  return JSON.parse(readFileSync(out, 'utf8'));
}

// More than there are cases.
const MANY = 400;

interface JudgedCase {
  readonly id: string;
  readonly status: string;
  readonly differences: readonly object[];
}

/** What the provider suite says of the carrier, by the status of a case: a line for each case. */
export async function judge(
  carrier: MiniCarrier,
  calibration: Calibration,
): Promise<Readonly<Record<'fail' | 'warn' | 'pass', readonly string[]>>> {
  const { profile, env } = await profileOf(carrier, MANY);
  const json = join(temporaryFolder(), 'report.json');
  const args = ['contract', 'provider', '--profile', profile, '--spend-limit', String(MANY)];
  const recorded = ['--calibration', temporaryFile('c.json', calibration)];
  await callCommand([...args, '--json', json, ...recorded], env);
  const { results } = JSON.parse(readFileSync(json, 'utf8'));
  const linesAt = (wanted: string) =>
    (results as readonly JudgedCase[]).flatMap(({ id, status, differences }) =>
      status === wanted ? [`${id} ${JSON.stringify(differences[0])}`] : [],
    );
  return { fail: linesAt('fail'), warn: linesAt('warn'), pass: linesAt('pass') };
}

export interface Requests {
  readonly seed: number;
  readonly count: number;
  /** The maximum of a request. */
  readonly mistakes: number;
}

/** One line for each request that gets another code. */
export async function compare(
  carrier: MiniCarrier,
  configuration: ConfigurationInput,
  { seed, count, mistakes }: Requests,
): Promise<readonly string[]> {
  const { url } = await startMock({ configuration });
  const twins = [carrierTwin(carrier), await mockTwin(url, carrier)] as const;
  const random = seeded(seed);
  const codes: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const request = randomRequest(random, mistakes);
    const shared = { otherSignKey: keys.otherSignKey, msgIds: newMsgIds() };
    const [theirs, mock] = await Promise.all(twins.map((twin) => sendTo(twin, request, shared)));
    if (theirs !== mock) codes.push(`${nameOf(request)}: ${theirs}, the mock ${mock}`);
  }
  return codes;
}

function newMsgIds(): Shared['msgIds'] {
  const id = () => randomUUID().replaceAll('-', '');
  return [id(), id(), id()];
}

function nameOf({ operation, signing, mistakes }: RandomRequest): string {
  return `${operation} ${signing}, ${mistakes.length === 0 ? 'no mistake' : mistakes.join(' + ')}`;
}
