/** Captures as logs, tools and colleagues show them, each with the mistake that is named first. test/captures has the texts. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCapture } from '../../../mock-server/cli/explain/capture/read-capture.js';
import rows from '../../captures/index.json' with { type: 'json' };
import { callCommand } from '../../support/called-command.js';

interface Row {
  /** The finding that is named first; empty if nothing in the request is wrong. */
  readonly first: string;
  /** The code that the carrier returned. */
  readonly answered?: string;
  /** A part of the output. */
  readonly says?: string;
  /** The body is made from names and values. */
  readonly rebuilt?: boolean;
}

const FOLDER = 'test/captures';
const ROWS = Object.entries<Row>(rows).map(([name, row]) => ({ name, ...row }));

test.each(ROWS)('$name', async ({ name, first, answered, says = '', rebuilt }) => {
  const file = `${FOLDER}/${name}.txt`;
  const flags = answered === undefined ? [] : ['--answered', answered];
  const call = ['explain', '--app', `${FOLDER}/app.json`, '--lang', 'en', ...flags, file];
  const { stdout, stderr } = await callCommand(call);
  expect(stdout + stderr).toContain(says);
  expect(/^ {2}1\. .* {2}(\S+)$/m.exec(stdout)?.[1] ?? '').toBe(first);
  const read = readCapture(readFileSync(file, 'utf8'));
  if (rebuilt !== undefined) expect(read).toMatchObject({ isRebuilt: rebuilt });
});
