/** A control API without a token: the server logs an error at start if other machines can reach it. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCommand } from '../../mock-server/cli/command.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { startServer } from '../../mock-server/server/start-server.js';
import { createLog, type LogLine } from '../../mock-server/telemetry/log.js';
import { callServe } from '../support/called-command.js';
import { startMock } from '../support/mock.js';

const EVERYWHERE = ['--host', '0.0.0.0'];
const OWN_PORT = ['--control-port', '0'];
const OPEN =
  /^the control API on (\S+) port [1-9]\d* requires no token: every client that reaches it can read and change every app\. /;

/** The log lines of a server that is started with these flags. */
async function loggedAtStart(flags: readonly string[]): Promise<readonly LogLine[]> {
  const command = readCommand(['--port', '0', ...flags], {});
  if (command.kind !== 'serve') throw new Error(`${flags.join(' ')} serves nothing`);
  const { options } = command;
  const lines: LogLine[] = [];
  const log = createLog(
    { level: options.log, secrets: false, language: options.lang },
    (line) => void lines.push(line),
  );
  const server = await startServer({ options, configuration: toConfiguration({}, options.host), log });
  onTestFinished(() => server.close());
  return lines;
}

test.each([
  { description: 'on loopback', flags: [] },
  { description: 'on loopback by name', flags: ['--host', 'localhost'] },
  { description: 'with a token', flags: [...EVERYWHERE, '--control-token', 'secret'] },
  { description: 'on its own port on loopback', flags: [...EVERYWHERE, ...OWN_PORT] },
  {
    description: 'on its own port everywhere, with a token',
    flags: [...OWN_PORT, '--control-host', '0.0.0.0', '--control-token', 'secret'],
  },
])('$description nothing is logged', async ({ flags }) => {
  expect(await loggedAtStart(flags)).toEqual([]);
});

test.each([
  {
    description: 'with the carrier',
    flags: EVERYWHERE,
    advice: 'Set --control-token, or move it to loopback with --control-port',
  },
  {
    description: 'on its own port',
    flags: [...OWN_PORT, '--control-host', '0.0.0.0'],
    advice: 'Set --control-token, or omit --control-host',
  },
])('beyond loopback $description one error is logged', async ({ flags, advice }) => {
  const lines = await loggedAtStart(flags);
  expect(lines).toMatchObject([{ severity: 'error', message: expect.stringMatching(OPEN) }]);
  expect(lines[0]?.message.replace(OPEN, '')).toBe(advice);
  expect(await loggedAtStart([...flags, '--log', 'error'])).toHaveLength(1);
});

test('the error of a server that a program starts names its options', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await startMock({ host: '0.0.0.0' });
  expect(write.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(
      /^cmpassport-mock: \S+ error the control API on .* Set controlToken, or .* with controlPort\n$/,
    ),
  ]);
});

test('the banner warns of the apps only, and not if they admit only loopback', async () => {
  const { banner } = await callServe(['--port', '0', ...EVERYWHERE]);
  expect(banner).toContain(
    '\nThe mock listens beyond loopback: an app without its own ipWhitelist accepts every client address.\n',
  );
  expect(banner).not.toContain('--control-token');
  const { banner: own } = await callServe(['--port', '0', ...OWN_PORT, '--control-host', '0.0.0.0']);
  expect(own).not.toContain('beyond loopback');
});
