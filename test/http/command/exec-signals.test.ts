/** Signals to `exec` before, during and after its command. test/full/command/exec.test.ts sends them to a process. */
import { expect, onTestFinished, test } from 'vitest';
import { createChildRunner } from '../../../mock-server/cli/exec/child.js';
import { temporaryFolder } from '../../support/files.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Calls the listener that was added, because the worker has others. */
function runner() {
  const before = SIGNALS.flatMap((signal) => process.listeners(signal));
  const ended: NodeJS.Signals[] = [];
  const run = createChildRunner({
    endWithoutChild: (signal) => void ended.push(signal),
    underNpm: false,
  });
  const added = process.listeners('SIGTERM').filter((listener) => !before.includes(listener));
  onTestFinished(() => {
    for (const signal of SIGNALS) for (const listener of added) process.off(signal, listener);
  });
  const folder = temporaryFolder();
  return {
    ended,
    run: (program: string, ...args: string[]) =>
      run({ command: [program, ...args], env: process.env, folder }),
    receive: (signal: NodeJS.Signals) => {
      expect(added).toHaveLength(1);
      for (const listener of added) listener(signal);
    },
  };
}

test('a signal before the command ends exec', () => {
  const { ended, receive } = runner();
  receive('SIGTERM');
  expect(ended).toEqual(['SIGTERM']);
});

test('a signal after the command ends exec', async () => {
  const { ended, receive, run } = runner();
  expect(await run(process.execPath, '-e', '')).toEqual({ kind: 'exited', code: 0 });
  receive('SIGINT');
  expect(ended).toEqual(['SIGINT']);
});

test('a signal to the command does not end exec, and a second one after it does', async () => {
  const { ended, receive, run } = runner();
  const running = run(process.execPath, '-e', 'setInterval(() => undefined, 1000)');
  receive('SIGTERM');
  expect(await running).toEqual({ kind: 'killed', signal: 'SIGTERM' });
  expect(ended).toEqual([]);
  receive('SIGHUP');
  expect(ended).toEqual(['SIGHUP']);
});

test.each([
  { description: 'an empty text', program: '', code: 'ERR_INVALID_ARG_VALUE' },
  { description: 'an unknown program', program: '/nonexistent/program', code: 'ENOENT' },
  { description: 'a path through a file', program: `${process.execPath}/x`, code: 'ENOTDIR' },
])('a signal after $description, which does not run, ends exec', async ({ program, code }) => {
  const { ended, receive, run } = runner();
  expect(await run(program)).toMatchObject({ kind: 'not run', error: { code } });
  receive('SIGTERM');
  expect(ended).toEqual(['SIGTERM']);
});
