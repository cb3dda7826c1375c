/**
 * HTTPS with the local CA. The client verifies certificate and name. The local CA as a trust store for Java: `GET
 * /_mock/truststore.p12`.
 */

import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import type { MockServer, MockServerOptions } from '../../../mock-server/server.js';
import { socketBench } from '../../support/control.js';
import { temporaryFolder } from '../../support/files.js';
import { mintToken, newApp, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { caOf, issueIn, type SecureOptions, sendSecurely, tlsFolder } from '../../support/tls.js';

async function startSecure(options: MockServerOptions = {}): Promise<MockServer> {
  return startMock({ ...options, httpsPort: 0, tlsDir: await tlsFolder() });
}

/** A login over HTTPS that trusts only the server's CA. */
async function exchangeSecurely(
  { url, httpsUrl = '' }: MockServer,
  options: Partial<SecureOptions>,
) {
  const app = await newApp(url);
  const body = JSON.stringify(loginRequest(app, await mintToken(url, app.appId)));
  return sendSecurely(httpsUrl, { ca: await caOf(url), body, ...options });
}

test('a client verifies www.cmpassport.com', async () => {
  const { json } = await exchangeSecurely(await startSecure(), { name: 'www.cmpassport.com' });
  expect(json).toMatchObject({ resultCode: '103000', msisdn: '13800138000' });
});

test('a client verifies 127.0.0.1', async () => {
  const server = await startSecure();
  expect(server.httpsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect((await exchangeSecurely(server, {})).json).toMatchObject({ resultCode: '103000' });
});

test('a client verifies ::1', async () => {
  const server = await startSecure({ host: '::1' });
  expect(server.httpsUrl).toMatch(/^https:\/\/\[::1\]:\d+$/);
  expect((await exchangeSecurely(server, {})).json).toMatchObject({ resultCode: '103000' });
});

test('a client refuses a name that is not in the certificate', async () => {
  const server = await startSecure();
  await expect(exchangeSecurely(server, { name: 'other.test' })).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s works, with an RSA certificate', async (version) => {
  const server = await startSecure();
  const { protocol, keyType, json } = await exchangeSecurely(server, { version });
  expect({ protocol, keyType, resultCode: json.resultCode }).toEqual({
    protocol: version,
    keyType: 'rsa',
    resultCode: '103000',
  });
});

test('the control API works over HTTPS too, with the same apps', async () => {
  const server = await startSecure();
  const { appId } = await newApp(server.url);
  const options = { ca: await caOf(server.url), method: 'GET', path: `/_mock/apps/${appId}` };
  expect((await sendSecurely(server.httpsUrl ?? '', options)).json.appId).toBe(appId);
});

test('the CA certificate is a PEM that clients load, without the key', async () => {
  const { url } = await startSecure();
  const ca = await caOf(url);
  expect(ca).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/);
  expect(() => createSecureContext({ ca })).not.toThrow();
});

test.each(['two words', 'https://a.test'])('the name "%s" is refused', async (name) => {
  const started = startMock({ httpsPort: 0, tlsDir: temporaryFolder(), tlsNames: [name] });
  await expect(started).rejects.toThrow(
    `tlsNames must be host names or addresses, found "${name}"`,
  );
});

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
  return forge.pkcs12
    .pkcs12FromAsn1(parsed(store), true, password)
    .safeContents.flatMap(({ safeBags }) => safeBags);
}

test.each([
  { description: 'the default password', query: '', password: 'changeit' },
  { description: 'a password', query: '?password=s3cret', password: 's3cret' },
  {
    description: 'a password with other characters',
    query: '?password=%E5%AF%86%26+%20',
    password: '密&  ',
  },
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
