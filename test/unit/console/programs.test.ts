/** The console offers the example programs for the operations that all of them have. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IN_PROGRAMS, needsPrivateKey } from '../../../mock-server/console/state/operations.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';

const FOLDER = 'examples/first-exchange';
const PROGRAMS = readdirSync(FOLDER).filter((name) => name !== 'run.sh');

test('the operations are those whose path every program has', () => {
  const texts = PROGRAMS.map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'));
  const inAll = OPERATIONS.filter(({ path }) => texts.every((text) => text.includes(path)));
  expect(texts.length).toBeGreaterThan(5);
  expect(IN_PROGRAMS).toEqual(
    inAll.map(({ operation }) => operation).filter((operation) => !needsPrivateKey(operation)),
  );
});
