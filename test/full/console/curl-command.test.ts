/** A request as a command: what shells make of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlCommand } from '../../../mock-server/console/parts/curl-command.js';
import { quoted } from '../../../mock-server/text/curl-command.js';
import { temporaryFolder } from '../../support/files.js';
import { HOSTILE_WORDS } from '../../support/hostile-words.js';
import { isInstalled } from '../../support/programs.js';

const HAS_BASH = isInstalled('bash');
// It has no flag that it ends with.
const HAS_DASH = spawnSync('dash', ['-c', ':']).status === 0;

const WORDS = [
  ...HOSTILE_WORDS.map(({ text }) => text),
  // Two in a row: the end of one and the beginning of the next.
  ...HOSTILE_WORDS.flatMap(({ text }) => HOSTILE_WORDS.map((other) => text + other.text)),
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), 500),
];

/** No argument holds a NUL, and no UTF-8 half a pair. */
function asSent(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

interface Ran {
  readonly printed: string;
  /** Files that a command made which was not to be run. */
  readonly made: readonly string[];
}

/** What one process of a shell prints for a script on its standard input. */
function ran(shell: 'bash' | 'dash', script: string, env: NodeJS.ProcessEnv = {}): Ran {
  const cwd = temporaryFolder();
  const printed = execFileSync(shell, {
    input: script,
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return { printed, made: readdirSync(cwd) };
}

describe.skipIf(!HAS_BASH)('bash takes for one word, and for the text that it was,', () => {
  const script = WORDS.map((text) => `printf '%s\\0' ${quoted(text)}\n`).join('');

  test.each([
    { description: 'every text', locale: 'C.UTF-8' },
    { description: 'every text where the locale has no UTF-8', locale: 'C' },
  ])('$description', ({ locale }) => {
    const { printed, made } = ran('bash', script, { LC_ALL: locale });
    expect(printed.split('\0').slice(0, -1)).toEqual(WORDS.map(asSent));
    expect(made).toEqual([]);
  });
});

test.skipIf(!HAS_DASH)("a shell without $'…' takes another text, runs nothing of it, and sees one word", () => {
  const script = `count() { echo "$#"; }\n${WORDS.map((text) => `count ${quoted(text)}\n`).join('')}`;
  const { printed, made } = ran('dash', script);
  expect(printed).toBe('1\n'.repeat(WORDS.length));
  expect(made).toEqual([]);
});

describe.skipIf(!HAS_BASH)('curl is called with', () => {
  /** Its arguments; of a file, what is in it. */
  function words(command: string): readonly string[] {
    const script = `curl() { for word; do case $word in @/dev/*) cat "\${word#@}" ;; *) printf %s "$word" ;; esac; printf '\\0|'; done; }`;
    return ran('bash', `${script}\n${command}\n`).printed.split('\0|').slice(0, -1);
  }

  test.each([
    { description: 'what a shell would take for its own', body: '$HOME `id` $(id) \\ !! ; & | > < * ? ~ # %' },
    { description: 'lines and Chinese', body: '{\n\t"名字": "密钥"\n}' },
    { description: 'a text that begins like a file name for curl', body: '@/etc/hostname' },
    { description: 'a text that ends a pasting and runs', body: '\u001b[201~\ntouch owned\n' },
  ])('$description, as it was sent', ({ body }) => {
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

  test('a file for a body with a NUL', () => {
    const body = '{"a":"\0中"}';
    expect(words(curlCommand({ method: 'POST', path: '/x', headers: {}, body }, 'http://h')).slice(-2)).toEqual([
      '--data-binary',
      body,
    ]);
  });

  test('a header twice that was sent twice, and none of the connection', () => {
    const headers = { host: 'x', 'content-length': '2', 'x-mock-outcome': 'pass', 'content-type': ['a', 'b'] };
    const sent = words(curlCommand({ method: 'GET', path: '/unisdk/x', headers, body: '' }, 'http://h'));
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
