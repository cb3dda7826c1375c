/** curl commands of requests, run by a real shell. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlCommand } from '../../../mock-server/console/state/carrier.js';
import { quoted } from '../../../src/text/curl-command.js';
import { HOSTILE_WORDS } from '../../support/any-text.js';
import { temporaryFolder } from '../../support/files.js';
import { isInstalled } from '../../support/programs.js';

const HAS_BASH = isInstalled('bash');

const WORDS = [
  ...HOSTILE_WORDS.map(({ text }) => text),
  // Pairs test the end of one word with the beginning of the next.
  ...HOSTILE_WORDS.flatMap(({ text }) => HOSTILE_WORDS.map((other) => text + other.text)),
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), 500),
];

/** An argument cannot contain a NUL, and UTF-8 has no lone surrogates. */
function asSent(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

interface ShellResult {
  readonly printed: string;
  /** Files that an injected command created. */
  readonly created: readonly string[];
}

/** Runs a script on the standard input of a shell. */
function run(shell: 'bash' | 'dash', script: string, env: NodeJS.ProcessEnv = {}): ShellResult {
  const cwd = temporaryFolder();
  const printed = execFileSync(shell, {
    input: script,
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return { printed, created: readdirSync(cwd) };
}

describe.skipIf(!HAS_BASH)('bash reads each quoted text as one unchanged word', () => {
  const script = WORDS.map((text) => `printf '%s\\0' ${quoted(text)}\n`).join('');

  test.each([
    { description: 'in a UTF-8 locale', locale: 'C.UTF-8' },
    { description: 'in a locale without UTF-8', locale: 'C' },
  ])('$description', ({ locale }) => {
    const { printed, created } = run('bash', script, { LC_ALL: locale });
    expect(printed.split('\0').slice(0, -1)).toEqual(WORDS.map(asSent));
    expect(created).toEqual([]);
  });
});

describe.skipIf(!HAS_BASH)('curl receives', () => {
  /** The arguments of curl. For a file, its content. */
  function words(command: string): readonly string[] {
    const script = `curl() { for word; do case $word in @/dev/*) cat "\${word#@}" ;; *) printf %s "$word" ;; esac; printf '\\0|'; done; }`;
    return run('bash', `${script}\n${command}\n`).printed.split('\0|').slice(0, -1);
  }

  test('a body that begins like a file name for curl, unchanged', () => {
    const body = '@/etc/hostname';
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', path: '/openapi/rs/tokenValidate', headers, body };
    expect(words(curlCommand(request, 'http://127.0.0.1:10086'))).toEqual([
      '-sS',
      '-X',
      'POST',
      'http://127.0.0.1:10086/openapi/rs/tokenValidate',
      '-H',
      'content-type: application/json',
      '--data-raw',
      body,
    ]);
  });

  test('a body with a NUL as a file', () => {
    const body = '{"a":"\0中"}';
    expect(
      words(curlCommand({ method: 'POST', path: '/x', headers: {}, body }, 'http://h')).slice(-2),
    ).toEqual(['--data-binary', body]);
  });

  test('a repeated header, and no header of the connection', () => {
    const headers = {
      host: 'x',
      'content-length': '2',
      'x-mock-outcome': 'pass',
      'content-type': ['a', 'b'],
    };
    const sent = words(
      curlCommand({ method: 'GET', path: '/unisdk/x', headers, body: '' }, 'http://h'),
    );
    expect(sent).toEqual([
      '-sS',
      '-X',
      'GET',
      'http://h/unisdk/x',
      '-H',
      'x-mock-outcome: pass',
      '-H',
      'content-type: a',
      '-H',
      'content-type: b',
    ]);
  });
});
