/** Clients that do everything right pass everything: the reference client, and the small one that the wrong clients are made of. */
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { Operation } from '../../../contracts/index.js';
import { consumed, HANDLES_NO, scenarioFile, troubles } from './clients.js';
import { COMMON_SCENARIOS, WRONG_CLIENTS } from './wrong-clients.js';

vi.mock(import('../../../contracts/consumer/run-command.js'), async () => ({
  runCommand: (await import('./client-module.js')).runAsModule,
}));

// Sixty scenarios, some of which wait, on a machine that may be busy.
const TIMEOUT_MS = 180_000;

const REFERENCE = fileURLToPath(new URL('./reference-client.mjs', import.meta.url));
const SMALL = fileURLToPath(new URL('./base-client.mjs', import.meta.url));

interface Row {
  readonly client: string;
  readonly path: string;
  readonly operation: Operation;
  readonly mode: 'plain' | 'rsa';
  /** Scenarios about how others sign, and the checks that only see such requests. */
  readonly skipped: readonly string[];
}

const OF_MD5 = ['msisdn-on-refusal', 'sent-sign-case'];
const OF_RSA = ['msisdn-on-refusal-rsa', 'msisdn-other-key', 'msisdn-plain'];

const ROWS: readonly Row[] = [
  { client: 'the reference client', path: REFERENCE, operation: 'loginTokenValidate', mode: 'plain', skipped: OF_RSA },
  { client: 'the reference client', path: REFERENCE, operation: 'loginTokenValidate', mode: 'rsa', skipped: OF_MD5 },
  { client: 'the reference client', path: REFERENCE, operation: 'tokenValidate', mode: 'plain', skipped: [] },
  { client: 'the reference client', path: REFERENCE, operation: 'tokenValidate', mode: 'rsa', skipped: [] },
];

test.concurrent.each(ROWS)(
  '$client passes everything at $operation, $mode',
  async ({ path, operation, mode, skipped }) => {
    const results = await consumed([process.execPath, path, mode], { ...HANDLES_NO, operations: [operation] });
    const passed = results.filter(({ status }) => status === 'pass').map(({ id }) => id);
    expect(troubles(results)).toEqual([]);
    expect(results.filter(({ status }) => status === 'skip').map(({ id }) => id)).toEqual(
      skipped.map((name) => `${operation}/consumer/${name}`),
    );
    expect(passed).toHaveLength(results.length - skipped.length);
  },
  TIMEOUT_MS,
);

test.concurrent.each([
  { operation: 'loginTokenValidate', mode: 'plain' },
  { operation: 'loginTokenValidate', mode: 'rsa' },
  { operation: 'tokenValidate', mode: 'plain' },
  { operation: 'tokenValidate', mode: 'rsa' },
] as const)(
  'the small client passes whatever a wrong one is run in, at $operation, $mode',
  async ({ operation, mode }) => {
    const ofRows = WRONG_CLIENTS.filter((row) => row.operation === operation && (row.mode ?? 'plain') === mode);
    const names = new Set([...COMMON_SCENARIOS[operation], ...ofRows.flatMap(({ scenarios = [] }) => scenarios)]);
    const ids = [...names].map((name) => `${operation}/consumer/${name}`);
    const results = await consumed([process.execPath, SMALL, mode], {
      ...HANDLES_NO,
      operations: [operation],
      only: [...ids, ...scenarioFile(operation).sent.map(({ id }) => id)],
    });
    expect(troubles(results)).toEqual([]);
    expect(results.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  },
  TIMEOUT_MS,
);
