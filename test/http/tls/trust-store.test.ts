/** The local CA as a trust store for Java: `GET /_mock/truststore.p12`. */
import { createHash, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import { startMock } from '../../support/mock.js';
import { caOf, tlsFolder } from '../../support/tls.js';

const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1';
const TRUST_STORE = '/_mock/truststore.p12';

async function startSecure() {
  return startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-pkcs12']);
  return Buffer.from(await response.arrayBuffer());
}

/** Throws if the password is wrong, since the MAC is checked. */
function openStore(store: Buffer, password: string) {
  const asn1 = forge.asn1.fromDer(forge.util.createBuffer(store.toString('binary')));
  return forge.pkcs12.pkcs12FromAsn1(asn1, true, password).safeContents.flatMap(({ safeBags }) => safeBags);
}

test.each([
  { description: 'the default password', query: '', password: 'changeit' },
  { description: 'a password', query: '?password=s3cret', password: 's3cret' },
  { description: 'a password with other characters', query: '?password=%E5%AF%86%26+%20', password: '密&  ' },
])('contains only the CA, with $description', async ({ query, password }) => {
  const server = await startSecure();
  const [bag, ...others] = openStore(await download(`${server.url}${TRUST_STORE}${query}`), password);
  expect(others).toEqual([]);
  const der = Buffer.from(
    forge.asn1.toDer(forge.pki.certificateToAsn1(bag?.cert as forge.pki.Certificate)).getBytes(),
    'binary',
  );
  const ca = new X509Certificate(await caOf(server.url));
  expect(createHash('sha256').update(der).digest('hex')).toBe(createHash('sha256').update(ca.raw).digest('hex'));
  expect(bag?.attributes.friendlyName).toEqual(['cmpassport-mock']);
});

test('another password does not open it', async () => {
  const { url } = await startSecure();
  const store = await download(`${url}${TRUST_STORE}`);
  expect(() => openStore(store, 'changeme')).toThrow(/MAC/);
});

test('marks the certificate as trusted, since Java ignores it otherwise', async () => {
  const { url } = await startSecure();
  const store = await download(`${url}${TRUST_STORE}`);
  const attribute = Buffer.from(forge.asn1.oidToDer(TRUSTED_KEY_USAGE).getBytes(), 'binary');
  expect(store.includes(attribute)).toBe(true);
});

test.each([
  { query: '?password=', detail: '1 to 128 characters, found 0' },
  { query: `?password=${'x'.repeat(129)}`, detail: '1 to 128 characters, found 129' },
  { query: '?password=a&password=b', detail: 'must be given once' },
])('$query is refused', async ({ query, detail }) => {
  const { url } = await startSecure();
  const response = await fetch(`${url}${TRUST_STORE}${query}`);
  const problem = (await response.json()) as { readonly detail: string };
  expect([response.status, problem.detail]).toEqual([400, expect.stringContaining(detail)]);
});

test('without a local CA the path is not found', async () => {
  const { url } = await startMock();
  expect((await fetch(`${url}${TRUST_STORE}`)).status).toBe(404);
});
