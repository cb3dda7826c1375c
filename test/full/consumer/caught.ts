/** Runs a wrong client, and says which results caught it. caught-by.json has what is expected; `RECORD=1` writes it anew, for a look at what changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writtenClient } from './client-files.js';
import { type Changes, consumed, HANDLES_NO, scenarioFile } from './clients.js';
import type { WrongClient } from './wrong-client.js';
import { COMMON_SCENARIOS, WRONG_CLIENTS } from './wrong-clients.js';

const BASE = fileURLToPath(new URL('./base-client.mjs', import.meta.url));
const CAUGHT_BY = fileURLToPath(new URL('./caught-by.json', import.meta.url));

/** A client that never ends is stopped after its delay and this; it has to be more than any other run takes. */
const SHORT_TIMEOUT: Changes = { timeoutMs: 5000 };
// Some fifteen scenarios, on a machine that may be busy.
const TEST_TIMEOUT_MS = 120_000;

/** The name behind the operation, since a wrong client has one operation; a warning is told from a failure. */
async function caughtBy(row: WrongClient): Promise<readonly string[]> {
  const { path, remove } = writtenClient(row.id, changed(row));
  try {
    const results = await consumed([process.execPath, path, row.mode ?? 'plain'], optionsOf(row));
    expect(results.filter(({ status }) => status === 'error')).toEqual([]);
    return results
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map((result) => `${nameOf(result.id)}${result.status === 'warn' ? ' (warns)' : ''}`);
  } finally {
    remove();
  }
}

function optionsOf({ operation, scenarios = [] }: WrongClient): Changes {
  const names = [...COMMON_SCENARIOS[operation], ...scenarios];
  const sent = scenarioFile(operation).sent.map(({ id }) => id);
  return {
    ...HANDLES_NO,
    operations: [operation],
    only: [...names.map((name) => `${operation}/consumer/${name}`), ...sent],
    ...(scenarios.includes('no-answer') && SHORT_TIMEOUT),
  };
}

function nameOf(id: string): string {
  return id.split('/').at(-1) ?? id;
}

function changed({ id, change: { from, to } }: WrongClient): string {
  const parts = readFileSync(BASE, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${id}: base-client.mjs has ${parts.length - 1} places that read ${from}`);
  return parts.join(to);
}

export function rows(): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(readFileSync(CAUGHT_BY, 'utf8'));
}

function record(id: string, names: readonly string[]): void {
  const all = { ...rows(), [id]: names };
  const inOrder = WRONG_CLIENTS.flatMap((row) => (all[row.id] === undefined ? [] : [[row.id, all[row.id]]]));
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
        expect(names).toEqual(rows()[row.id]);
      },
      TEST_TIMEOUT_MS,
    );
  }
}
