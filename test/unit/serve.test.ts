/**
 * What surrounds a server: repeated signals, as npm sends them after Ctrl-C; unknown variables; a watched file, whose
 * changes are applied once and never two at a time.
 */

import {
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unknownVariables } from '../../mock-server/cli/known-variables.js';
import { watchFile } from '../../mock-server/cli/serve.js';
import { isRepeat } from '../../mock-server/cli/signals.js';
import { english } from '../support/bilingual.js';
import { temporaryFile, temporaryFolder } from '../support/files.js';
import { eventually } from '../support/poll.js';

const FIRST = { signal: 'SIGINT', atMs: 0 } as const;

test.each([
  {
    description: 'the same signal after 99 ms is a repeat',
    next: { signal: 'SIGINT', atMs: 99 },
    expected: true,
  },
  {
    description: 'the same signal after 100 ms is a second one',
    next: { signal: 'SIGINT', atMs: 100 },
    expected: false,
  },
  {
    description: 'another signal is a second one',
    next: { signal: 'SIGTERM', atMs: 1 },
    expected: false,
  },
] as const)('$description', ({ next, expected }) => {
  expect(isRepeat(FIRST, next)).toBe(expected);
});

test.each([
  {
    name: 'CMPASSPORT_PROT',
    warning:
      'the variable CMPASSPORT_PROT is unknown and has no effect: did you mean CMPASSPORT_PORT?',
  },
  {
    name: 'CMPASSPORT_RETRIES',
    warning: 'the variable CMPASSPORT_RETRIES is unknown and has no effect',
  },
])('$name gets a warning', ({ name, warning }) => {
  expect(unknownVariables({ [name]: '1' }).map(english)).toEqual([warning]);
});

test('settings, the variables of exec and of the contract kit, and other variables get none', () => {
  const names = [
    'CMPASSPORT_PORT',
    'CMPASSPORT_BASE',
    'CMPASSPORT_BASE_URL',
    'CMPASSPORT_SCENARIO',
    'PORT',
  ];
  expect(unknownVariables(Object.fromEntries(names.map((name) => [name, '1'])))).toEqual([]);
});

function watched(changed: () => Promise<void>) {
  const file = temporaryFile('watched', 'a');
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  watchFile({ file, changed, pollMs: 1 }, stopping.signal);
  return { file, stop: () => stopping.abort() };
}

/** Never shows the watcher an empty file, as a write in place does. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const turns = (count: number) =>
  Array.from({ length: count }).reduce<Promise<void>>(
    (before) => before.then(() => new Promise((resolve) => setTimeout(resolve, 1))),
    Promise.resolve(),
  );

test('a change is applied once, and nothing is applied without a change', async () => {
  let changes = 0;
  const { file } = watched(async () => {
    changes += 1;
  });
  await turns(10);
  expect(changes).toBe(0);
  replace(file, 'longer');
  await eventually('the change', () => (changes > 0 ? true : undefined));
  await turns(10);
  expect(changes).toBe(1);
});

test('a change to the same size is applied', async () => {
  const texts: string[] = [];
  const { file } = watched(async () => void texts.push(readFileSync(file, 'utf8')));
  writeFileSync(file, 'b');
  utimesSync(file, new Date(0), new Date(0));
  await eventually('the change', () => texts.find((text) => text === 'b'));
});

test('what is no regular file is never read again: a folder, whose content changes', async () => {
  let changes = 0;
  const folder = temporaryFolder();
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const changed = async () => {
    changes += 1;
  };
  watchFile({ file: folder, changed, pollMs: 1 }, stopping.signal);
  writeFileSync(join(folder, 'new'), '');
  await turns(10);
  expect(changes, 'reads of the folder').toBe(0);
});

test('a file that becomes something else is reported once, and the file after it is applied', async () => {
  const kinds: string[] = [];
  const { file } = watched(
    async () => void kinds.push(statSync(file).isFile() ? 'a file' : 'something else'),
  );
  mkdirSync(`${file}.folder`);
  symlinkSync(`${file}.folder`, `${file}.link`);
  renameSync(`${file}.link`, file);
  await eventually('the report', () => kinds[0]);
  writeFileSync(join(`${file}.folder`, 'new'), '');
  await turns(10);
  replace(file, 'again');
  await eventually('the file', () => kinds.find((kind) => kind === 'a file'));
  expect(kinds).toEqual(['something else', 'a file']);
});

test('a change while another is applied waits, and is applied next', async () => {
  const running = { now: 0, most: 0, texts: [] as number[] };
  let finish: () => void = () => undefined;
  const { file } = watched(async () => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    running.texts.push(statSync(file).size);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    running.now -= 1;
  });
  replace(file, 'bb');
  await eventually('the first', () => (running.texts.length === 1 ? true : undefined));
  for (const text of ['ccc', 'dddd', 'eeeee']) replace(file, text);
  await turns(10);
  expect(running.texts).toEqual([2]);
  finish();
  await eventually('the last', () => (running.texts.length === 2 ? true : undefined));
  finish();
  await turns(10);
  expect(running).toMatchObject({ texts: [2, 5], most: 1 });
});

test('nothing is applied after the stop', async () => {
  let changes = 0;
  const { file, stop } = watched(async () => {
    changes += 1;
  });
  stop();
  replace(file, 'longer');
  await turns(10);
  expect(changes).toBe(0);
});
