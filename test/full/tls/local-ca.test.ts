/** The local CA is created on first use, kept, shared, and renewed in time. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCertificateName } from '../../../mock-server/http/tls/names.js';
import { refusalOf } from '../../support/bilingual.js';
import { temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { issueIn, type TlsFolderOptions, tlsFolder } from '../../support/tls.js';

const NOW_MS = Date.UTC(2026, 10, 25);
const DAY_MS = 86_400_000;

const issue = (dir: string, options: TlsFolderOptions = {}) => issueIn(dir, { nowMs: NOW_MS, ...options });
/** A folder whose CA was created at NOW_MS. */
const folder = () => tlsFolder({ nowMs: NOW_MS });
const parse = (pem: string) => new X509Certificate(pem);
const modeOf = (file: string) => statSync(file).mode & 0o777;

test('the certificate is signed by the CA, for the carrier’s names and loopback', async () => {
  const { cert, caPem } = await issue(await folder());
  const [server, ca] = [parse(cert), parse(caPem)];
  expect(server.verify(ca.publicKey)).toBe(true);
  expect(server.checkIssued(ca)).toBe(true);
  expect([ca.ca, server.ca]).toEqual([true, false]);
  for (const name of ['www.cmpassport.com', 'onekey2.cmpassport.com', 'localhost']) {
    expect(server.checkHost(name)).toBe(name);
  }
  for (const address of ['127.0.0.1', '::1']) expect(server.checkIP(address)).toBe(address);
});

test('both keys are RSA of 2048 bits', async () => {
  const { cert, caPem } = await issue(temporaryFolder());
  for (const pem of [cert, caPem]) {
    const { asymmetricKeyType, asymmetricKeyDetails } = parse(pem).publicKey;
    expect([asymmetricKeyType, asymmetricKeyDetails?.modulusLength]).toEqual(['rsa', 2048]);
  }
});

test('the certificate is valid now, and not longer than Apple’s systems accept', async () => {
  const { cert } = await issue(await folder());
  const [from, to] = [Date.parse(parse(cert).validFrom), Date.parse(parse(cert).validTo)];
  expect(from).toBeLessThan(NOW_MS);
  expect(to).toBeGreaterThan(NOW_MS + 300 * DAY_MS);
  expect(to - from).toBeLessThanOrEqual(398 * DAY_MS);
});

test('only the owner can read files with private keys, and no other file remains', async () => {
  const dir = join(temporaryFolder(), 'deep', 'tls');
  await issue(dir);
  expect(readdirSync(dir).sort()).toEqual(['ca-key.pem', 'ca.pem', 'server.pem']);
  expect(modeOf(dir)).toBe(0o700);
  for (const name of readdirSync(dir)) {
    const hasKey = readFileSync(join(dir, name), 'utf8').includes('PRIVATE KEY');
    expect([name, hasKey, hasKey ? modeOf(join(dir, name)) : 0o600]).toEqual([name, name !== 'ca.pem', 0o600]);
  }
});

test('a second start has the same CA and the same certificate', async () => {
  const dir = await folder();
  const first = await issue(dir);
  expect(await issue(dir, { nowMs: NOW_MS + DAY_MS })).toEqual(first);
});

test('a server presents the certificate of the previous one', async () => {
  const tlsDir = await folder();
  const caPems = [];
  for (let at = 0; at < 2; at += 1) {
    const server = await startMock({ httpsPort: 0, tlsDir });
    caPems.push(await (await fetch(`${server.url}/_mock/ca.pem`)).text(), readFileSync(join(tlsDir, 'server.pem')));
    await server.close();
  }
  expect(caPems.slice(2)).toEqual(caPems.slice(0, 2));
});

test.each([
  {
    description: 'a host name',
    name: 'carrier.test',
    isFor: (cert: X509Certificate) => cert.checkHost('carrier.test'),
  },
  { description: 'an IPv4 address', name: '192.0.2.7', isFor: (cert: X509Certificate) => cert.checkIP('192.0.2.7') },
  { description: 'an IPv6 address', name: 'fd00::7', isFor: (cert: X509Certificate) => cert.checkIP('fd00::7') },
  { description: 'a wildcard', name: '*.a.test', isFor: (cert: X509Certificate) => cert.checkHost('x.a.test') },
])('$description in addition requires a new CA and certificate, which then stay', async ({ name, isFor }) => {
  const dir = await folder();
  const before = await issue(dir);
  const after = await issue(dir, { names: [name] });
  expect(isFor(parse(before.cert))).toBeUndefined();
  expect(isFor(parse(after.cert))).toBeDefined();
  expect(after.caPem).not.toBe(before.caPem);
  expect(parse(after.cert).verify(parse(after.caPem).publicKey)).toBe(true);
  expect(parse(after.cert).checkHost('www.cmpassport.com')).toBeDefined();
  expect(await issue(dir, { names: [name] })).toEqual({ ...after, warnings: [] });
  expect(await issue(dir)).toEqual({ ...after, warnings: [] });
});

test.each(['127.0.0.2', 'a.localhost', '*.www.cmpassport.com'])(
  '%s in addition requires only a new certificate, because the CA may sign for it',
  async (name) => {
    const dir = await folder();
    const before = await issue(dir);
    const after = await issue(dir, { names: [name] });
    expect(after).toMatchObject({ caPem: before.caPem, warnings: [] });
    expect(after.cert).not.toBe(before.cert);
    expect(await issue(dir, { names: [name] })).toEqual(after);
  },
);

test('a name that differs only in case requires no new certificate', async () => {
  const dir = await folder();
  const before = await issue(dir, { names: ['Carrier.Test'] });
  expect(await issue(dir, { names: ['carrier.test'] })).toEqual({ ...before, warnings: [] });
});

test('the long form of an IPv6 address requires no new certificate', async () => {
  const dir = await folder();
  const before = await issue(dir, { names: ['fd00::7'] });
  const after = await issue(dir, { names: ['FD00:0:0:0:0:0:0:7'] });
  expect(parse(after.cert).serialNumber).toBe(parse(before.cert).serialNumber);
});

test('simultaneous calls on an empty folder use the same CA', async () => {
  const dir = temporaryFolder();
  const issued = await Promise.all([issue(dir), issue(dir), issue(dir)]);
  expect(new Set(issued.map(({ caPem }) => caPem)).size).toBe(1);
  for (const { cert, caPem } of issued) expect(parse(cert).verify(parse(caPem).publicKey)).toBe(true);
});

test.each([
  { description: 'a certificate with 31 days left stays', daysOn: 397 - 31, renewed: false },
  { description: 'a certificate with 29 days left is renewed', daysOn: 397 - 29, renewed: true },
  { description: 'an expired certificate is renewed', daysOn: 500, renewed: true },
])('$description', async ({ daysOn, renewed }) => {
  const dir = await folder();
  const before = await issue(dir);
  const nowMs = NOW_MS + daysOn * DAY_MS;
  const after = await issue(dir, { nowMs });
  expect(after.cert !== before.cert).toBe(renewed);
  expect(after.caPem).toBe(before.caPem);
  expect(Date.parse(parse(after.cert).validTo)).toBeGreaterThan(nowMs);
});

test('the error for a CA that expires soon has the remedy', async () => {
  const dir = await folder();
  await issue(dir);
  expect(await refusalOf(() => issue(dir, { nowMs: NOW_MS + 3640 * DAY_MS }))).toContain(
    'expires within 30 days: remove the folder',
  );
});

test.each([
  { description: 'a broken CA', file: 'ca-key.pem', content: () => 'broken' },
  { description: 'an empty CA', file: 'ca-key.pem', content: () => '' },
  { description: 'a CA without its key', file: 'ca-key.pem', content: (ca: string) => ca },
  {
    description: 'a CA with the server’s key',
    file: 'ca-key.pem',
    content: (ca: string, server: string) => server.slice(0, server.indexOf('-----BEGIN CERT')) + ca,
  },
  { description: 'a broken server certificate', file: 'server.pem', content: () => 'broken' },
])('$description is an error of one sentence that names the file', async ({ file, content }) => {
  const dir = await folder();
  await issue(dir);
  const read = (name: string) => readFileSync(join(dir, name), 'utf8');
  writeFileSync(join(dir, file), content(read('ca.pem'), read('server.pem')));
  const refusal = await refusalOf(() => issue(dir));
  expect(refusal).toContain(`${join(dir, file)} must contain a private key and its certificate`);
  expect(refusal).not.toContain('\n');
});

test('an empty ca.pem is written again', async () => {
  const dir = await folder();
  const before = await issue(dir);
  writeFileSync(join(dir, 'ca.pem'), '');
  const after = await issue(dir);
  expect(after.caPem).toBe(before.caPem);
  expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).toBe(before.caPem);
  expect(existsSync(join(dir, 'server.pem'))).toBe(true);
});

test('a server certificate of another CA is replaced', async () => {
  const [dir, other] = [await folder(), temporaryFolder()];
  await issue(dir);
  const { caPem } = await issue(other);
  writeFileSync(join(other, 'server.pem'), readFileSync(join(dir, 'server.pem')));
  expect(parse((await issue(other)).cert).verify(parse(caPem).publicKey)).toBe(true);
});

test.each([
  { name: 'a', expected: true },
  { name: 'a-b.c_d.test', expected: true },
  { name: '*.a.test', expected: true },
  { name: '10.0.0.1', expected: true },
  { name: '::1', expected: true },
  { name: '', expected: false },
  { name: '.', expected: false },
  { name: 'a..b', expected: false },
  { name: '-a', expected: false },
  { name: 'a.*', expected: false },
  { name: 'a b', expected: false },
  { name: 'a:443', expected: false },
])('"$name" is valid in a certificate: $expected', ({ name, expected }) => {
  expect(isCertificateName(name)).toBe(expected);
});
