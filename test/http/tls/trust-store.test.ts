/** The local CA as a trust store for Java: `GET /_mock/truststore.p12`. */
import { X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import { socketBench } from '../../support/control.js';
import { issueIn, tlsFolder } from '../../support/tls.js';

const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1';
const TRUST_STORE = '/_mock/truststore.p12';

async function scene() {
  const { caPem } = await issueIn(await tlsFolder());
  const { api } = await socketBench({ caPem });
  const download = async (query = ''): Promise<Buffer> => {
    const { body } = await api
      .get(TRUST_STORE + query)
      .responseType('blob')
      .expect(200);
    return body;
  };
  return { api, caPem, download };
}

function parsed(store: Buffer): forge.asn1.Asn1 {
  return forge.asn1.fromDer(store.toString('binary'));
}

/** Throws if the password is wrong, since the MAC is checked. */
function openStore(store: Buffer, password: string) {
  return forge.pkcs12.pkcs12FromAsn1(parsed(store), true, password).safeContents.flatMap(({ safeBags }) => safeBags);
}

test.each([
  { description: 'the default password', query: '', password: 'changeit' },
  { description: 'a password', query: '?password=s3cret', password: 's3cret' },
  { description: 'a password with other characters', query: '?password=%E5%AF%86%26+%20', password: '密&  ' },
])('contains only the CA, with $description', async ({ query, password }) => {
  const { caPem, download } = await scene();
  const [bag, ...others] = openStore(await download(query), password);
  expect(others).toEqual([]);
  const pem = forge.pki.certificateToPem(bag?.cert as forge.pki.Certificate);
  expect(new X509Certificate(pem).fingerprint256).toBe(new X509Certificate(caPem).fingerprint256);
  expect(bag?.attributes.friendlyName).toEqual(['cmpassport-mock']);
});

test('another password does not open it', async () => {
  const { download } = await scene();
  const store = await download();
  expect(() => openStore(store, 'changeme')).toThrow(/MAC/);
});

test('marks the certificate as trusted, since Java ignores it otherwise', async () => {
  const { download } = await scene();
  const attribute = Buffer.from(forge.asn1.oidToDer(TRUSTED_KEY_USAGE).getBytes(), 'binary');
  expect((await download()).includes(attribute)).toBe(true);
});

test('a password that is given twice is refused', async () => {
  const { api } = await scene();
  const { body } = await api.get(`${TRUST_STORE}?password=a&password=b`).expect(400);
  expect(body.detail).toContain('must be given once');
});

test('without a local CA the path is not found', async () => {
  const { api } = await socketBench();
  await api.get(TRUST_STORE).expect(404);
});

test.each(['/_mock/truststore.p12', '/_mock/ca.pem', '/_mock/health'])(
  'a page of another origin may not call %s',
  async (path) => {
    const { api } = await scene();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }]) {
      await api.get(path).set(headers).expect(403);
    }
  },
);
