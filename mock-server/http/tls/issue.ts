/** Issues certificates with node-forge. Loaded on demand. The keys are RSA, because old Java versions require it. */

import { constants, generateKeyPairSync, privateEncrypt, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';
import { DAY_MS } from '../../../src/protocol/timestamp.js';
import { nameConstraints } from './name-constraints.js';

interface Pair {
  readonly key: string;
  readonly cert: string;
}

interface CaOptions {
  readonly names: readonly string[];
  /** The certificate of the CA that this one replaces (PEM). The new CA may sign for its names too. */
  readonly before?: string;
  readonly nowMs: number;
}

const MODULUS_BITS = 2048;
const CA_LIFE_MS = 3650 * DAY_MS;
// The maximum of browsers and Apple's systems is 398 days.
const SERVER_LIFE_MS = 397 * DAY_MS;
// Clocks of containers and phones are sometimes slow.
const BACKDATED_MS = DAY_MS;
const SERIAL_BYTES = 16;
const DNS_TYPE = 2;
const IP_TYPE = 7;

const CA_SUBJECT = [
  { name: 'commonName', value: 'cmpassport-mock local CA (test only)' },
  { name: 'organizationName', value: 'cmpassport-mock' },
];

/** A new CA with a new key, which may sign only for these names. */
export async function issueCa({ names, before, nowMs }: CaOptions): Promise<Pair> {
  const pair = generatePair();
  const cert = certificateOf(pair.publicKey, { fromMs: nowMs - BACKDATED_MS, toMs: nowMs + CA_LIFE_MS });
  cert.setSubject(CA_SUBJECT);
  cert.setIssuer(CA_SUBJECT);
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    // Restricts the certificates that it signs to TLS servers.
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    nameConstraints(names, before),
  ]);
  signWith(pair.pem, cert);
  return { key: pair.pem, cert: toPem(cert) };
}

/** A server's certificate for names and addresses. The first one is its common name. */
export async function issueServer({
  ca,
  names,
  nowMs,
}: {
  readonly ca: Pair;
  readonly names: readonly string[];
  readonly nowMs: number;
}): Promise<Pair> {
  const pair = generatePair();
  const caCert = forge.pki.certificateFromPem(ca.cert);
  const cert = certificateOf(pair.publicKey, { fromMs: nowMs - BACKDATED_MS, toMs: nowMs + SERVER_LIFE_MS });
  cert.setSubject([{ name: 'commonName', value: names[0] ?? 'localhost' }]);
  cert.setIssuer(caCert.subject.attributes);
  cert.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map(altName) },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: caCert.generateSubjectKeyIdentifier().getBytes() },
  ]);
  signWith(ca.key, cert);
  return { key: pair.pem, cert: toPem(cert) };
}

function altName(name: string) {
  return isIP(name) === 0 ? { type: DNS_TYPE, value: name } : { type: IP_TYPE, ip: name };
}

/** With node:crypto, in a tenth of a second. node-forge takes seconds. */
function generatePair() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    pem: privateKey,
  };
}

function certificateOf(
  publicKey: forge.pki.PublicKey,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
) {
  const cert = forge.pki.createCertificate();
  cert.publicKey = publicKey;
  // Positive and at most twenty bytes: RFC 5280, 4.1.2.2.
  cert.serialNumber = `01${randomBytes(SERIAL_BYTES).toString('hex')}`;
  cert.validity.notBefore = new Date(fromMs);
  cert.validity.notAfter = new Date(toMs);
  return cert;
}

// The DigestInfo of SHA-256 before the digest itself: RFC 8017, 9.2, note 1.
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** With node:crypto, in milliseconds. node-forge takes a tenth of a second. */
function signWith(privateKeyPem: string, cert: forge.pki.Certificate): void {
  const key = { key: privateKeyPem, padding: constants.RSA_PKCS1_PADDING };
  const sign = (digest: forge.md.MessageDigest) => {
    const info = Buffer.concat([SHA256_DIGEST_INFO, Buffer.from(digest.digest().getBytes(), 'binary')]);
    return privateEncrypt(key, info).toString('binary');
  };
  // node-forge calls no other method of a private key.
  cert.sign({ sign } as unknown as forge.pki.rsa.PrivateKey, forge.md.sha256.create());
}

function toPem(cert: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(cert).replaceAll('\r\n', '\n');
}
