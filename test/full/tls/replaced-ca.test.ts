/** A CA without name constraints, or without a required name, is replaced by one of the servers that start. */
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { hasNameConstraints } from '../../../mock-server/http/tls/names.js';
import { refusalOf } from '../../support/bilingual.js';
import { caPairIn, issueIn, olderTlsFolder, tlsFolder } from '../../support/tls.js';

const parse = (pem: string) => new X509Certificate(pem);

/** The lock file of a server that replaces the CA. */
function lockFile(dir: string): string {
  const hash = createHash('sha256').update(caPairIn(dir).cert).digest('hex');
  return join(dir, `ca-key.pem.${hash}.old`);
}

/** Starts a server on a folder whose CA is locked by another one. Resolves when the server waits. */
async function waitingServer(dir: string) {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let isSettled = false;
  const issued = issueIn(dir)
    .catch((error: Error) => error)
    .finally(() => {
      isSettled = true;
    });
  while (vi.getTimerCount() === 0 && !isSettled) await new Promise(setImmediate);
  return async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return issued;
  };
}

test('an older CA is replaced with one warning', async () => {
  const dir = await olderTlsFolder();
  const old = caPairIn(dir).cert;
  const { cert, caPem, warnings } = await issueIn(dir);
  expect(caPem).not.toBe(old);
  expect(hasNameConstraints(parse(old))).toBe(false);
  expect(hasNameConstraints(parse(caPem))).toBe(true);
  expect(parse(cert).verify(parse(caPem).publicKey)).toBe(true);
  expect(warnings).toEqual([
    `the local CA in ${dir} was replaced, because the old one could sign for every name. ` +
      `Clients that trust the old one refuse this server until they trust the new ${join(dir, 'ca.pem')}`,
  ]);
  expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).toBe(caPem);
  expect(readdirSync(dir).toSorted()).toEqual(['ca-key.pem', 'ca.pem', 'server.pem']);
  expect(await issueIn(dir)).toEqual({ cert, caPem, key: expect.anything(), warnings: [] });
});

test('a CA without a required name is replaced by one that also has the old names', async () => {
  const dir = await tlsFolder({ names: ['a.test', '192.0.2.7'] });
  const after = await issueIn(dir, { names: ['*.b.test'] });
  expect(after.warnings).toEqual([expect.stringContaining('the old one may not sign for *.b.test. ')]);
  for (const names of [['a.test', '192.0.2.7'], ['b.test'], []]) {
    expect(await issueIn(dir, { names })).toMatchObject({ caPem: after.caPem, warnings: [] });
  }
});

test.each([
  { description: 'on an older CA', folder: olderTlsFolder },
  { description: 'on a CA without their name', folder: tlsFolder },
])('one of several simultaneous calls $description replaces it, and all use the new CA', async ({ folder }) => {
  const dir = await folder();
  const names = ['a.test'];
  const issued = await Promise.all([issueIn(dir, { names }), issueIn(dir, { names }), issueIn(dir, { names })]);
  expect(new Set(issued.map(({ caPem }) => caPem))).toEqual(new Set([caPairIn(dir).cert]));
  expect(issued.flatMap(({ warnings }) => warnings)).toHaveLength(1);
  for (const { cert, caPem } of issued) expect(parse(cert).verify(parse(caPem).publicKey)).toBe(true);
  expect(readdirSync(dir).toSorted()).toEqual(['ca-key.pem', 'ca.pem', 'server.pem']);
});

test('simultaneous calls for different names result in one CA for all names', async () => {
  const dir = await olderTlsFolder();
  const names = ['a.test', 'b.test', '192.0.2.7'];
  const issued = await Promise.all(names.map((name) => issueIn(dir, { names: [name] })));
  const { cert } = caPairIn(dir);
  expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).toBe(cert);
  for (const name of names) {
    expect(await issueIn(dir, { names: [name] })).toMatchObject({ caPem: cert, warnings: [] });
  }
  for (const each of issued) expect(parse(each.cert).verify(parse(each.caPem).publicKey)).toBe(true);
});

test('a CA that is locked for seconds is an error with both files', async () => {
  const dir = await olderTlsFolder();
  const lock = lockFile(dir);
  linkSync(join(dir, 'ca-key.pem'), lock);
  const after = await waitingServer(dir);
  const error = await after(60_000);
  expect(await refusalOf(() => Promise.reject(error))).toBe(
    `the local CA in ${join(dir, 'ca-key.pem')} must be replaced, but ${lock} shows that another server ` +
      'is replacing it. If no other server is starting, remove that file and start again',
  );
  expect(existsSync(lock)).toBe(true);
});

test('a server replaces the CA after the lock is removed', async () => {
  const dir = await olderTlsFolder();
  const lock = lockFile(dir);
  linkSync(join(dir, 'ca-key.pem'), lock);
  const after = await waitingServer(dir);
  rmSync(lock);
  expect(await after(1000)).toMatchObject({
    caPem: caPairIn(dir).cert,
    warnings: [expect.stringContaining('was replaced')],
  });
});

test.each([
  { description: 'and removed its lock', lockRemains: false },
  { description: 'and was killed before it removed its lock', lockRemains: true },
])('a server uses the CA of another one that created it meanwhile $description', async ({ lockRemains }) => {
  const [dir, other] = [await olderTlsFolder(), await tlsFolder()];
  const lock = lockFile(dir);
  linkSync(join(dir, 'ca-key.pem'), lock);
  const after = await waitingServer(dir);
  renameSync(join(other, 'ca-key.pem'), join(dir, 'ca-key.pem'));
  if (!lockRemains) rmSync(lock);
  expect(await after(1000)).toMatchObject({ caPem: caPairIn(dir).cert, warnings: [] });
});

test('a server that read the CA before another one replaced it uses the new CA', async () => {
  const [dir, other] = [await tlsFolder(), await tlsFolder({ names: ['a.test'] })];
  const issuing = issueIn(dir);
  renameSync(join(other, 'ca-key.pem'), join(dir, 'ca-key.pem'));
  const { cert, caPem, warnings } = await issuing;
  expect([caPem, warnings]).toEqual([caPairIn(dir).cert, []]);
  expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).toBe(caPem);
  expect(parse(cert).verify(parse(caPem).publicKey)).toBe(true);
});
