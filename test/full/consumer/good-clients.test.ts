/** Correct clients pass all scenarios: the reference client, and the small client from which the wrong clients are made. */
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { Operation } from '../../../contracts/index.js';
import { HANDLED_REFUSAL, problemsIn, resultsOfClient, scenarioFile } from './clients.js';
import { COMMON_SCENARIOS, WRONG_CLIENTS } from './wrong-clients.js';

vi.mock(import('../../../contracts/consumer/run-command.js'), async () => ({
  runCommand: (await import('./client-module.js')).runAsModule,
}));

// Sixty scenarios, some with delays, on a machine that may be busy.
const TIMEOUT_MS = 180_000;

const REFERENCE = fileURLToPath(new URL('./reference-client.mjs', import.meta.url));
const SMALL = fileURLToPath(new URL('./base-client.mjs', import.meta.url));

interface Row {
  readonly client: string;
  readonly path: string;
  readonly operation: Operation;
  readonly mode: 'plain' | 'rsa';
  /** Scenarios and checks for other signing modes. */
  readonly skipped: readonly string[];
}

const MD5_ONLY = ['msisdn-short', 'msisdn-on-refusal', 'sent-sign-case'];
const RSA_ONLY = ['msisdn-short-rsa', 'msisdn-on-refusal-rsa', 'msisdn-other-key', 'msisdn-plain'];

const ROWS: readonly Row[] = [
  {
    client: 'the reference client',
    path: REFERENCE,
    operation: 'loginTokenValidate',
    mode: 'plain',
    skipped: RSA_ONLY,
  },
  {
    client: 'the reference client',
    path: REFERENCE,
    operation: 'loginTokenValidate',
    mode: 'rsa',
    skipped: MD5_ONLY,
  },
  {
    client: 'the reference client',
    path: REFERENCE,
    operation: 'tokenValidate',
    mode: 'plain',
    skipped: [],
  },
  {
    client: 'the reference client',
    path: REFERENCE,
    operation: 'tokenValidate',
    mode: 'rsa',
    skipped: [],
  },
];

test.concurrent.each(ROWS)(
  '$client passes all scenarios of $operation, $mode',
  async ({ path, operation, mode, skipped }) => {
    const results = await resultsOfClient([process.execPath, path, mode], {
      ...HANDLED_REFUSAL,
      operations: [operation],
    });
    const passed = results.filter(({ status }) => status === 'pass').map(({ id }) => id);
    expect(problemsIn(results)).toEqual([]);
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
  { operation: 'h5TokenValidate', mode: 'plain' },
] as const)(
  'the small client passes all scenarios of the wrong clients, $operation, $mode',
  async ({ operation, mode }) => {
    const wrongClients = WRONG_CLIENTS.filter(
      (row) => row.operation === operation && (row.mode ?? 'plain') === mode,
    );
    const names = new Set([
      ...(COMMON_SCENARIOS[operation] ?? []),
      ...wrongClients.flatMap(({ scenarios = [] }) => scenarios),
    ]);
    const ids = [...names].map((name) => `${operation}/consumer/${name}`);
    const results = await resultsOfClient([process.execPath, SMALL, mode], {
      ...HANDLED_REFUSAL,
      operations: [operation],
      only: [...ids, ...scenarioFile(operation).sent.map(({ id }) => id)],
    });
    expect(problemsIn(results)).toEqual([]);
    expect(results.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual(
      expect.arrayContaining(ids),
    );
  },
  TIMEOUT_MS,
);
