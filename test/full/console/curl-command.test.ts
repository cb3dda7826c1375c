/** A request as a command: what a shell makes of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlCommand } from '../../../mock-server/console/parts/curl-command.js';

const hasBash = spawnSync('bash', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasBash) console.warn('skipped: what a shell makes of "Copy as curl"; bash is not installed');

/** The words that curl would be called with. */
function words(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test.skipIf(!hasBash).each([
  { description: 'JSON', body: '{"token":"t"}' },
  { description: 'quotes of both kinds', body: `{"a":"it's \\"quoted\\""}` },
  { description: 'what a shell would take for its own', body: '$HOME `id` $(id) \\ !! ; & | > < * ? ~ # %' },
  { description: 'lines and Chinese', body: '{\n\t"名字": "密钥"\n}' },
  { description: 'a text that begins like a file name for curl', body: '@/etc/hostname' },
])('$description arrives as it was sent', ({ body }) => {
  const request = {
    method: 'POST',
    path: '/openapi/rs/tokenValidate',
    headers: { 'content-type': 'application/json' },
    body,
  };
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

test.skipIf(!hasBash)('a header that was sent twice is sent twice, one of the connection not at all', () => {
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
