/** Issues a CA and the certificate of a server with node-forge. Loaded on demand. The keys are RSA, because old Java versions require it. */

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';
import { DAY_MS } from '../../../src/protocol/timestamp.js';

/** In PEM, as an https server accepts them. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  readonly caPem: string;
}

interface Demand {
  /** Names and addresses. The first one is the common name. */
  readonly names: readonly string[];
  readonly nowMs: number;
}

const MODULUS_BITS = 2048;
// Apple's systems accept at most 825 days.
const LIFE_MS = 800 * DAY_MS;
// Clocks of containers and phones are sometimes slow.
const BACKDATED_MS = DAY_MS;
const SERIAL_BYTES = 16;
const DNS_TYPE = 2;
const IP_TYPE = 7;

const CA_SUBJECT = [
  { name: 'commonName', value: 'cmpassport-mock local CA (test only)' },
  { name: 'organizationName', value: 'cmpassport-mock' },
];

/**
 * The CA's key signs this one certificate and is not returned, so a CA that clients trust cannot sign for other names.
 * Name constraints would not ensure that: Java ignores them, and BoringSSL rejects a CA with IP constraints.
 */
export function issueCertificate({ names, nowMs }: Demand): ServerCertificate {
  const ca = newPair();
  const server = newPair();
  const caCert = certificateOf(ca.publicKey, { subject: CA_SUBJECT, nowMs });
  caCert.setExtensions(caExtensions());
  const subject = [{ name: 'commonName', value: names[0] }];
  const cert = certificateOf(server.publicKey, { subject, nowMs });
  cert.setExtensions(serverExtensions(names, caCert));
  // Not from PEM: the build has only a part of node-forge.
  const der = ca.privateKey.export({ type: 'pkcs1', format: 'der' }).toString('binary');
  const caKey = forge.pki.privateKeyFromAsn1(forge.asn1.fromDer(der));
  for (const each of [caCert, cert]) {
    each.setIssuer(CA_SUBJECT);
    each.sign(caKey, forge.md.sha256.create());
  }
  const key = server.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return { key, cert: toPem(cert), caPem: toPem(caCert) };
}

/** New for each certificate, because node-forge writes into them. */
function caExtensions() {
  return [
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    // Restricts the certificate that it signs to a TLS server.
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
  ];
}

function serverExtensions(names: readonly string[], caCert: forge.pki.Certificate) {
  const altNames = names.map((each) =>
    isIP(each) === 0 ? { type: DNS_TYPE, value: each } : { type: IP_TYPE, ip: each },
  );
  const keyIdentifier = caCert.generateSubjectKeyIdentifier().getBytes();
  return [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier },
  ];
}

/** With node:crypto, in a tenth of a second. node-forge takes seconds. */
function newPair() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
  return { publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey };
}

function certificateOf(
  publicKey: string,
  { subject, nowMs }: { readonly subject: forge.pki.CertificateField[]; readonly nowMs: number },
) {
  const cert = forge.pki.createCertificate();
  cert.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // Positive and at most twenty bytes: RFC 5280, 4.1.2.2.
  cert.serialNumber = `01${randomBytes(SERIAL_BYTES).toString('hex')}`;
  cert.validity.notBefore = new Date(nowMs - BACKDATED_MS);
  cert.validity.notAfter = new Date(nowMs + LIFE_MS);
  cert.setSubject(subject);
  return cert;
}

function toPem(cert: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(cert).replaceAll('\r\n', '\n');
}
