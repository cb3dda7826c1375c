/**
 * The local CA is created on first use, kept, shared, and replaced if it must be. HTTPS of the published command: servers
 * that start simultaneously, and a custom certificate.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalOf } from '../../support/bilingual.js';
import { runCommand, type Serving, serve } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { send } from '../../support/mock.js';
import {
  caOf,
  issueIn,
  sendSecurely,
  type TlsFolderOptions,
  tlsFolder,
} from '../../support/tls.js';

const NOW_MS = Date.UTC(2026, 10, 25);
const DAY_MS = 86_400_000;
const NAMES = ['www.cmpassport.com', 'onekey2.cmpassport.com', 'localhost'];
const FIRST_FILES = ['ca.pem', 'server-1.pem', 'server.pem'];

const issue = (dir: string, options: TlsFolderOptions = {}) =>
  issueIn(dir, { nowMs: NOW_MS, ...options });
/** A folder whose CA was created at NOW_MS. */
const folder = () => tlsFolder({ nowMs: NOW_MS });
/** A folder of an older version, which kept its CA's key. */
function olderFolder(): string {
  const dir = temporaryFolder();
  for (const name of ['ca-key.pem', 'ca.pem', 'server.pem']) writeFileSync(join(dir, name), 'old');
  return dir;
}
const parse = (pem: string) => new X509Certificate(pem);
const contentOf = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

test('the certificate is signed by the CA, for the carrier’s names and loopback', async () => {
  const { key, cert, caPem } = await issue(await folder());
  const [server, ca] = [parse(cert), parse(caPem)];
  expect([server.checkIssued(ca), server.verify(ca.publicKey)]).toEqual([true, true]);
  expect(server.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect([ca.ca, server.ca]).toEqual([true, false]);
  expect(NAMES.map((name) => server.checkHost(name))).toEqual(NAMES);
  for (const address of ['127.0.0.1', '::1']) expect(server.checkIP(address)).toBe(address);
});

test('the CA signs only for TLS servers, and has no name constraints, which BoringSSL rejects', async () => {
  const { caPem } = await issue(await folder());
  expect(parse(caPem).keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  // The object identifier 2.5.29.30 in DER.
  expect(parse(caPem).raw.includes(Buffer.from('0603551d1e', 'hex'))).toBe(false);
});

test('the certificate is valid now, and not longer than Apple’s systems accept', async () => {
  const { cert } = await issue(await folder());
  const [from, to] = [Date.parse(parse(cert).validFrom), Date.parse(parse(cert).validTo)];
  expect(from).toBeLessThan(NOW_MS);
  expect(to).toBeGreaterThan(NOW_MS + 700 * DAY_MS);
  expect(to - from).toBeLessThanOrEqual(825 * DAY_MS);
});

test('no file has the CA’s key, and only the owner can read the server’s key', async () => {
  const dir = await folder();
  const { key, cert, caPem } = await issue(dir);
  expect(readdirSync(dir).toSorted()).toEqual(FIRST_FILES);
  for (const name of ['server-1.pem', 'server.pem']) {
    expect(contentOf(dir, name)).toBe(key + cert + caPem);
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  }
  expect(contentOf(dir, 'ca.pem')).toBe(caPem);
  expect(parse(caPem).checkPrivateKey(createPrivateKey(key))).toBe(false);
});

test('further names require a new CA and certificate, which then stay', async () => {
  const names = ['Carrier.test', '192.0.2.7', 'FD00:0:0:0:0:0:0:7', '*.a.test'];
  const canonical = ['carrier.test', '192.0.2.7', 'fd00::7', '*.a.test'];
  const dir = await folder();
  const before = await issue(dir);
  const after = await issue(dir, { names });
  expect(after.caPem).not.toBe(before.caPem);
  expect(after.warnings).toEqual([
    expect.stringContaining(`the old one has no certificate for ${canonical.join(', ')}. `),
  ]);
  for (const name of names)
    expect(parse(after.cert).subjectAltName?.toLowerCase()).toContain(name.toLowerCase());
  for (const again of [names, canonical, []])
    expect(await issue(dir, { names: again })).toEqual({ ...after, warnings: [] });
});

test('a CA of an older version is replaced with one warning, and its key is removed', async () => {
  const dir = olderFolder();
  const after = await issue(dir);
  expect(after.warnings).toEqual([
    `the local CA in ${dir} was replaced, because the old one is from an older version. ` +
      `Clients that trust the old one refuse this server until they trust the new ${join(dir, 'ca.pem')}`,
  ]);
  expect(readdirSync(dir).toSorted()).toEqual(FIRST_FILES);
  expect(contentOf(dir, 'ca.pem')).toBe(after.caPem);
  expect(await issue(dir)).toEqual({ ...after, warnings: [] });
});

test.each([
  { description: 'an empty folder', of: temporaryFolder, names: [], warnings: 0 },
  { description: 'a folder of an older version', of: olderFolder, names: [], warnings: 1 },
  { description: 'a CA without their name', of: folder, names: ['a.test'], warnings: 1 },
])('simultaneous calls on $description use the same CA', async ({ of, names, warnings }) => {
  const dir = await of();
  const issued = await Promise.all([
    issue(dir, { names }),
    issue(dir, { names }),
    issue(dir, { names }),
  ]);
  expect(new Set(issued.map(({ caPem }) => caPem))).toEqual(new Set([contentOf(dir, 'ca.pem')]));
  expect(issued.flatMap((each) => each.warnings)).toHaveLength(warnings);
});

test.each([
  { description: 'a certificate with 31 days left stays', daysOn: 800 - 31, renewed: false },
  { description: 'a certificate with 29 days left is replaced', daysOn: 800 - 29, renewed: true },
])('$description', async ({ daysOn, renewed }) => {
  const dir = await folder();
  const before = await issue(dir);
  const after = await issue(dir, { nowMs: NOW_MS + daysOn * DAY_MS });
  expect(after.caPem !== before.caPem).toBe(renewed);
  expect(after.warnings).toEqual(
    renewed ? [expect.stringContaining('the old one expires within 30 days. ')] : [],
  );
});

test.each([
  { description: 'a broken file', content: () => 'broken' },
  { description: 'an empty file', content: () => '' },
  {
    description: 'no CA',
    content: (text: string) => text.slice(0, text.lastIndexOf('-----BEGIN')),
  },
  {
    description: 'another CA',
    content: (text: string, other: string) => text.slice(0, text.lastIndexOf('-----BEGIN')) + other,
  },
  { description: 'no key', content: (text: string) => text.slice(text.indexOf('-----BEGIN CERT')) },
])('$description is an error of one sentence that names the file', async ({ content }) => {
  const [dir, other] = [await folder(), await tlsFolder({ names: ['a.test'] })];
  const file = join(dir, 'server-1.pem');
  writeFileSync(file, content(readFileSync(file, 'utf8'), contentOf(other, 'ca.pem')));
  const refusal = await refusalOf(() => issue(dir));
  expect(refusal).toContain(`${file} must contain a private key, its certificate and the CA (`);
  expect(refusal).not.toContain('\n');
});

function httpsUrlOf({ banner }: Serving): string {
  return /(https:\/\/\S+?)\/unisdk/.exec(banner)?.[1] ?? '';
}

/** Files with a certificate for own.test from another CA. */
async function customCertificate() {
  const { key, cert, caPem } = await issueIn(temporaryFolder(), {
    names: ['own.test'],
    nowMs: NOW_MS,
  });
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
  const args = [
    '--port',
    '0',
    '--https-port',
    '0',
    '--tls-dir',
    temporaryFolder(),
    '--tls-name',
    'a.test, b.test',
  ];
  const command = await serve(args);
  const ca = await caOf(command.url);
  for (const name of ['a.test', 'b.test']) {
    expect(
      (await sendSecurely(httpsUrlOf(command), { ca, name, body: '{}' })).json.resultCode,
    ).toBe('103811');
  }
});

test('a custom certificate is presented, and the server has no CA', async () => {
  const { cert, key, caPem } = await customCertificate();
  const command = await serve([
    '--port',
    '0',
    '--https-port',
    '0',
    '--tls-cert',
    cert,
    '--tls-key',
    key,
  ]);
  const { json } = await sendSecurely(httpsUrlOf(command), {
    ca: caPem,
    name: 'own.test',
    body: '{}',
  });
  expect(json.resultCode).toBe('103811');
  const { status, json: problem } = await send(command.url, 'GET', '/_mock/ca.pem');
  expect(status).toBe(404);
  expect(problem.detail).toContain('--tls-cert');
  expect(command.banner).not.toContain('ca.pem');
});

test('a key of another certificate is an error of one line and exit status 2', async () => {
  const [mine, other] = [await customCertificate(), await customCertificate()];
  const args = [
    '--port',
    '0',
    '--https-port',
    '0',
    '--tls-cert',
    mine.cert,
    '--tls-key',
    other.key,
  ];
  const { status, stderr } = await runCommand(args);
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^cmpassport-mock: --tls-cert .* and --tls-key /),
    '',
  ]);
  expect(status).toBe(2);
});
