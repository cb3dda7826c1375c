/** Watching a file: each change is applied once, never two at a time, and the last one wins. */
import { renameSync, statSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { watchFile } from '../../mock-server/cli/serve.js';
import { temporaryFile } from '../support/files.js';
import { eventually } from '../support/poll.js';

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
