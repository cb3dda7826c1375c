/** Each wrong client is caught by the results in caught-by.json. docs/internals/wrong-clients.md shows them; `RECORD=1` writes both files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { recordedRows, WRONG_CLIENTS, wrongClients } from './wrong-clients.js';

vi.mock(import('../../../contracts/consumer/run-command.js'), async () => ({
  runCommand: (await import('./client-module.js')).runAsModule,
}));

wrongClients();

const PATH = 'docs/internals/wrong-clients.md';

function page(): string {
  const caught = recordedRows();
  const lines = WRONG_CLIENTS.map(({ id, does, operation }) => {
    const names = (caught[id] ?? []).map((name) => name.replace(/^\S+/, '`$&`'));
    return `| \`${id}\` | ${does} | ${operation} | ${names.join(', ')} |`;
  });
  return `# Wrong clients

Do the scenarios of the contract kit find mistakes? Each client below is
[one small client](../../test/full/consumer/base-client.mjs) with one mistake. The consumer suite of
[the contract kit](../how-to/check-a-client.md) runs it in CI. Exactly the results in the last column must fail or warn. A name stands
for \`<operation>/consumer/<name>\`.

| Client | It … | Operation | Caught by |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

test('the page lists every wrong client and the results that catch it', () => {
  if (process.env['RECORD'] === '1') writeFileSync(PATH, page());
  expect(readFileSync(PATH, 'utf8')).toBe(page());
});

test('every wrong client has a row in caught-by.json, and every row a wrong client', () => {
  expect(Object.keys(recordedRows())).toEqual(WRONG_CLIENTS.map(({ id }) => id));
});
