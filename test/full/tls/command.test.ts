/** HTTPS of the published command: servers that start simultaneously, and a custom certificate. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, type Serving, serve } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { send } from '../../support/mock.js';
import { caOf, issueIn, sendSecurely } from '../../support/tls.js';

const NOW_MS = Date.UTC(2026, 10, 25);

function httpsUrlOf({ banner }: Serving): string {
  return /(https:\/\/\S+?)\/unisdk/.exec(banner)?.[1] ?? '';
}

/** Files with a certificate for own.test from another CA. */
async function customCertificate() {
  const { key, cert, caPem } = await issueIn(temporaryFolder(), { names: ['own.test'], nowMs: NOW_MS });
  const folder = temporaryFolder();
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  return { ...files, caPem };
}

test('servers that start simultaneously on a folder of an older version use the same new CA', async () => {
  const tlsDir = temporaryFolder();
  writeFileSync(join(tlsDir, 'ca-key.pem'), 'old');
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', tlsDir];
  const commands = await Promise.all([serve(args), serve(args), serve(args)]);
  const cas = await Promise.all(commands.map(({ url }) => caOf(url)));
  const logged = commands.map(({ stderr }) => stderr()).join('');
  expect(logged.split(` error the local CA in ${tlsDir} was replaced`).length - 1).toBe(1);
  expect(readFileSync(join(tlsDir, 'ca.pem'), 'utf8')).toBe(cas[0]);
  expect(new Set(cas).size).toBe(1);
  for (const command of commands) {
    const answer = await sendSecurely(httpsUrlOf(command), {
      ca: cas[0] ?? '',
      name: 'www.cmpassport.com',
      body: '{}',
    });
    expect(answer.json.resultCode).toBe('103811');
  }
});

test('the names of --tls-name are separated by commas', async () => {
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', temporaryFolder(), '--tls-name', 'a.test, b.test'];
  const command = await serve(args);
  const ca = await caOf(command.url);
  for (const name of ['a.test', 'b.test']) {
    expect((await sendSecurely(httpsUrlOf(command), { ca, name, body: '{}' })).json.resultCode).toBe('103811');
  }
});

test('a custom certificate is presented, and the server has no CA', async () => {
  const { cert, key, caPem } = await customCertificate();
  const command = await serve(['--port', '0', '--https-port', '0', '--tls-cert', cert, '--tls-key', key]);
  const { json } = await sendSecurely(httpsUrlOf(command), { ca: caPem, name: 'own.test', body: '{}' });
  expect(json.resultCode).toBe('103811');
  const { status, json: problem } = await send(command.url, 'GET', '/_mock/ca.pem');
  expect(status).toBe(404);
  expect(problem.detail).toContain('--tls-cert');
  expect(command.banner).not.toContain('ca.pem');
});

test('a key of another certificate is an error of one line and exit status 2', async () => {
  const [mine, other] = [await customCertificate(), await customCertificate()];
  const args = ['--port', '0', '--https-port', '0', '--tls-cert', mine.cert, '--tls-key', other.key];
  const { status, stderr } = await runCommand(args);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: --tls-cert .* and --tls-key /), '']);
  expect(status).toBe(2);
});
