/** Issuing certificates, with node-forge; loaded only when there is one to issue. RSA, so that an old Java can talk to it. */

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
  /** The CA's certificate that this one replaces (PEM): the new one may sign for its names, too. */
  readonly before?: string;
  readonly nowMs: number;
}

const MODULUS_BITS = 2048;
const CA_LIFE_MS = 3650 * DAY_MS;
// What browsers and Apple's systems take at the most.
const SERVER_LIFE_MS = 397 * DAY_MS;
// Clocks of containers and phones run behind now and then.
const BACKDATED_MS = DAY_MS;
const SERIAL_BYTES = 16;
const DNS_TYPE = 2;
const IP_TYPE = 7;

const CA_SUBJECT = [
  { name: 'commonName', value: 'cmpassport-mock local CA (test only)' },
  { name: 'organizationName', value: 'cmpassport-mock' },
];

/** A new CA of its own key, which may sign for these names only. */
export async function issueCa({ names, before, nowMs }: CaOptions): Promise<Pair> {
  const pair = generatePair();
  const cert = certificateOf(pair.publicKey, { fromMs: nowMs - BACKDATED_MS, toMs: nowMs + CA_LIFE_MS });
  cert.setSubject(CA_SUBJECT);
  cert.setIssuer(CA_SUBJECT);
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    // Of what it signs: no certificate of a client, no signature of a letter.
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    nameConstraints(names, before),
  ]);
  signBy(pair.pem, cert);
  return { key: pair.pem, cert: toPem(cert) };
}

/** A server's certificate for names and addresses, the first of which is its common name. */
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
  signBy(ca.key, cert);
  return { key: pair.pem, cert: toPem(cert) };
}

function altName(name: string) {
  return isIP(name) === 0 ? { type: DNS_TYPE, value: name } : { type: IP_TYPE, ip: name };
}

/** By node:crypto, in a tenth of a second; node-forge's own takes seconds. */
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

/** By node:crypto, in milliseconds; node-forge's own arithmetic takes a tenth of a second. */
function signBy(privateKeyPem: string, cert: forge.pki.Certificate): void {
  const key = { key: privateKeyPem, padding: constants.RSA_PKCS1_PADDING };
  const sign = (digest: forge.md.MessageDigest) => {
    const info = Buffer.concat([SHA256_DIGEST_INFO, Buffer.from(digest.digest().getBytes(), 'binary')]);
    return privateEncrypt(key, info).toString('binary');
  };
  // Of a private key, node-forge calls nothing but this.
  cert.sign({ sign } as unknown as forge.pki.rsa.PrivateKey, forge.md.sha256.create());
}

function toPem(cert: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(cert).replaceAll('\r\n', '\n');
}
