/** All wrong clients. The suite must catch each of them, which proves that its scenarios find mistakes. */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Operation } from '../../../contracts/index.js';
import { english } from '../../support/words.js';
import { writeClient } from './client-module.js';
import {
  type Changes,
  HANDLED_REFUSAL,
  resultsOfClient,
  scenarioFile,
  type WrongClient,
} from './clients.js';
import rows from './wrong-clients.json' with { type: 'json' };

/** Every wrong client runs these as well. They show mistakes that the row's own scenarios miss. */
export const COMMON_SCENARIOS: Readonly<Partial<Record<Operation, readonly string[]>>> = {
  loginTokenValidate: ['code-103000', 'code-103101', 'unknown-fields', 'unknown-code', 'not-json'],
  tokenValidate: ['code-000', 'code-001', 'unknown-fields', 'unknown-code', 'not-json'],
  h5TokenValidate: ['code-103000', 'code-104013', 'unknown-fields', 'unknown-code', 'not-json'],
};

/** Those that send a wrong request, or send it again; then those that accept a wrong response, or crash on one. */
export const WRONG_CLIENTS = rows as readonly WrongClient[];

// Runs the wrong clients and compares the results that catch them with caught-by.json. `RECORD=1` rewrites the file.

const BASE = fileURLToPath(new URL('./base-client.mjs', import.meta.url));
const CAUGHT_BY = fileURLToPath(new URL('./caught-by.json', import.meta.url));

/** For a client that never ends. It must be longer than any other run takes. */
const SHORT_TIMEOUT: Changes = { timeoutMs: 5000 };
// About fifteen scenarios, on a machine that may be busy.
const TEST_TIMEOUT_MS = 120_000;

/** The names of the results without the operation, warnings marked. */
async function caughtBy(row: WrongClient): Promise<readonly string[]> {
  const { path, remove } = writeClient(row.id, sourceOf(row));
  try {
    const results = await resultsOfClient(
      [process.execPath, path, row.mode ?? 'plain'],
      optionsOf(row),
    );
    const errors = results
      .filter(({ status }) => status === 'error')
      .map((one) => `${one.id}: ${english(one.reason)}`);
    expect(errors.join('\n')).toBe('');
    return results
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map((result) => `${nameOf(result.id)}${result.status === 'warn' ? ' (warns)' : ''}`);
  } finally {
    remove();
  }
}

function optionsOf({ operation, scenarios = [] }: WrongClient): Changes {
  const names = [...(COMMON_SCENARIOS[operation] ?? []), ...scenarios];
  const sent = scenarioFile(operation).sent.map(({ id }) => id);
  return {
    ...HANDLED_REFUSAL,
    operations: [operation],
    only: [...names.map((name) => `${operation}/consumer/${name}`), ...sent],
    ...(scenarios.includes('no-answer') && SHORT_TIMEOUT),
  };
}

function nameOf(id: string): string {
  return id.split('/').at(-1) ?? id;
}

function sourceOf({ id, change: { from, to } }: WrongClient): string {
  const parts = readFileSync(BASE, 'utf8').split(from);
  if (parts.length !== 2)
    throw new Error(
      `${id}: base-client.mjs must contain this text once, but has it ${parts.length - 1} times: ${from}`,
    );
  return parts.join(to);
}

export function recordedRows(): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(readFileSync(CAUGHT_BY, 'utf8'));
}

function record(id: string, names: readonly string[]): void {
  const all = { ...recordedRows(), [id]: names };
  const inOrder = WRONG_CLIENTS.flatMap((row) =>
    all[row.id] === undefined ? [] : [[row.id, all[row.id]]],
  );
  writeFileSync(CAUGHT_BY, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
}

export function wrongClients(): void {
  for (const row of WRONG_CLIENTS) {
    test.concurrent(
      `a client that ${row.does} is caught`,
      async () => {
        const names = await caughtBy(row);
        if (process.env['RECORD'] === '1') record(row.id, names);
        expect(names.length).toBeGreaterThan(0);
        expect(names.join('\n')).toBe(recordedRows()[row.id]?.join('\n'));
      },
      TEST_TIMEOUT_MS,
    );
  }
}
