/** The names for which the local CA may sign, as read by OpenSSL and enforced by OpenSSL and Node. */
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { issueServer } from '../../../mock-server/http/tls/issue.js';
import { forbiddenNames } from '../../../mock-server/http/tls/name-constraints.js';
import { temporaryFile } from '../../support/files.js';
import { isInstalled } from '../../support/programs.js';
import { caPairIn, sendSecurely, tlsFolder } from '../../support/tls.js';

const OPENSSL = isInstalled('openssl', 'version');
const run = promisify(execFile);
const NAMES = ['carrier.test', '*.mock.test', '192.0.2.7', 'fd00::7'];
const folder = () => tlsFolder({ names: NAMES });

/** A certificate of the folder's CA for these names, even if it may not sign for them. */
async function issuedIn(dir: string, names: readonly string[]) {
  return issueServer({ ca: caPairIn(dir), names, nowMs: Date.now() });
}

async function verify(dir: string, names: readonly string[]): Promise<string> {
  const file = temporaryFile('cert.pem', (await issuedIn(dir, names)).cert);
  const { stdout, stderr } = await run('openssl', ['verify', '-CAfile', join(dir, 'ca.pem'), file]).catch(
    (error: { readonly stdout: string; readonly stderr: string }) => error,
  );
  return stdout + stderr;
}

test.skipIf(!OPENSSL)('the constraints are critical, and permit the served names and loopback', async () => {
  const args = ['x509', '-in', join(await folder(), 'ca.pem'), '-noout', '-ext', 'nameConstraints'];
  const { stdout } = await run('openssl', args);
  expect(stdout.trim().split(/\n\s*/)).toEqual([
    'X509v3 Name Constraints: critical',
    'Permitted:',
    'IP:127.0.0.0/255.0.0.0',
    'IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
    'DNS:www.cmpassport.com',
    'DNS:onekey2.cmpassport.com',
    'DNS:localhost',
    'DNS:carrier.test',
    'DNS:mock.test',
    'IP:192.0.2.7/255.255.255.255',
    'IP:FD00:0:0:0:0:0:0:7/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
  ]);
});

test('the CA may sign only for servers', async () => {
  const ca = new X509Certificate(readFileSync(join(await folder(), 'ca.pem')));
  // serverAuth: RFC 5280, 4.2.1.12.
  expect(ca.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
});

const FOREIGN = [
  { names: ['bank.example'] },
  { names: ['cmpassport.com'] },
  { names: ['10.0.0.1'] },
  { names: ['192.0.2.8'] },
  { names: ['::2'] },
  { names: ['www.cmpassport.com', 'bank.example'] },
];

test.skipIf(!OPENSSL).each(FOREIGN)('OpenSSL refuses a certificate of this CA for $names', async ({ names }) => {
  expect(await verify(await folder(), names)).toContain('permitted subtree violation');
});

test
  .skipIf(!OPENSSL)
  .each([
    { names: ['www.cmpassport.com', 'onekey2.cmpassport.com', 'localhost', '127.0.0.1', '::1'] },
    { names: [...NAMES, '127.0.0.9', 'a.mock.test'] },
  ])('OpenSSL accepts one for $names', async ({ names }) => {
  expect(await verify(await folder(), names)).toMatch(/cert\.pem: OK\n$/);
});

test.each([...FOREIGN, { names: ['10.0.0.1', 'localhost'] }])(
  'Node refuses a server with a certificate of this CA for $names',
  async ({ names }) => {
    const dir = await folder();
    const server = createServer(await issuedIn(dir, names), (_req, res) => res.end('{}'));
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const name = names.find((each) => /[a-z]/.test(each)) ?? 'localhost';
    const sent = sendSecurely(`https://127.0.0.1:${port}`, { ca: caPairIn(dir).cert, name });
    await expect(sent).rejects.toThrow('permitted subtree violation');
  },
);

test.each([
  { name: 'carrier.test', permitted: true },
  { name: 'a.carrier.test', permitted: true },
  { name: '*.carrier.test', permitted: true },
  { name: 'acarrier.test', permitted: false },
  { name: 'test', permitted: false },
  { name: '*.mock.test', permitted: true },
  { name: 'mock.test', permitted: true },
  { name: 'cmpassport.com', permitted: false },
  { name: 'a.localhost', permitted: true },
  { name: '127.0.0.1', permitted: true },
  { name: '127.255.255.255', permitted: true },
  { name: '128.0.0.0', permitted: false },
  { name: '192.0.2.7', permitted: true },
  { name: '192.0.2.6', permitted: false },
  { name: '::1', permitted: true },
  { name: '::2', permitted: false },
  { name: 'fd00::7', permitted: true },
  { name: '::ffff:7f00:1', permitted: false },
])('$name is permitted: $permitted', async ({ name, permitted }) => {
  expect(forbiddenNames(caPairIn(await folder()).cert, [name])).toEqual(permitted ? [] : [name]);
});
