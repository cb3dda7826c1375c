/** The kill matrix of the consumer suite: each wrong client is caught by the results of caught-by.json; and docs/internals/wrong-clients.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { rows, wrongClients } from './caught.js';
import { WRONG_CLIENTS } from './wrong-clients.js';

vi.mock(import('../../../contracts/consumer/run-command.js'), async () => ({
  runCommand: (await import('./client-module.js')).runAsModule,
}));

wrongClients();

/** The matrix, printed. `RECORD=1` writes it anew. */
const PATH = 'docs/internals/wrong-clients.md';

function page(): string {
  const caught = rows();
  const lines = WRONG_CLIENTS.map(({ id, does, operation }) => {
    const names = (caught[id] ?? []).map((name) => name.replace(/^\S+/, '`$&`'));
    return `| \`${id}\` | ${does} | ${operation} | ${names.join(', ')} |`;
  });
  return `# Wrong clients

Do the scenarios of the contract kit find mistakes? Each client below is
[one small client](../../test/full/consumer/base-client.mjs) with one mistake. The consumer suite of
[the contract kit](../contract.md) runs it. Of the results that CI runs for it, exactly those in the last column fail or
warn. A name stands for \`<operation>/consumer/<name>\`.

| Client | It … | Operation | Caught by |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

test('the page has every wrong client and what catches it', () => {
  if (process.env['RECORD'] === '1') writeFileSync(PATH, page());
  expect(readFileSync(PATH, 'utf8')).toBe(page());
});

test('every wrong client has a row, and no row is of another', () => {
  expect(Object.keys(rows())).toEqual(WRONG_CLIENTS.map(({ id }) => id));
});
