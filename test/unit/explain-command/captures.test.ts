/** Captures as logs, tools and colleagues show them, each with the mistake that is named first. test/captures has the texts. */
import { expect, test } from 'vitest';
import rows from '../../captures/index.json' with { type: 'json' };
import { callCommand } from '../../support/called-command.js';

interface Row {
  /** The finding that is named first; empty if nothing in the request is wrong. */
  readonly first: string;
  /** The code that the carrier returned. */
  readonly answered?: string;
  /** A part of the first line. */
  readonly says?: string;
  /** A part of the rest: what was undone, or which request it is. */
  readonly reads?: string;
}

const FOLDER = 'test/captures';
const ROWS = Object.entries<Row>(rows).map(([name, row]) => ({ name, ...row }));

test.each(ROWS)('$name', async ({ name, first, answered, says = '', reads = '' }) => {
  const flags = answered === undefined ? [] : ['--answered', answered];
  const call = ['explain', '--app', `${FOLDER}/app.json`, '--lang', 'en', ...flags];
  const { status, stdout, stderr } = await callCommand([...call, `${FOLDER}/${name}.txt`]);
  const [line = '', ...others] = `${stdout}${stderr}`.split('\n');
  expect(line).toContain(says);
  expect(others.join('\n')).toContain(reads);
  expect(/^ {2}1\. .* {2}(\S+)$/m.exec(stdout)?.[1] ?? '').toBe(first);
  expect(status === 2).toBe(says.startsWith('cut off'));
});
