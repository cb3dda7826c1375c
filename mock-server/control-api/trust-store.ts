/**
 * Certificates of CAs as a PKCS#12 trust store: RFC 7292. This does not use node-forge, which cannot set the attribute
 * that Java requires, and would be bundled a second time.
 */
import { createHash, createHmac, randomBytes, X509Certificate } from 'node:crypto';

/** X.690, 8.1: tag, length, content. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const long = Buffer.of(length >> 16, length >> 8, length).subarray(
    length > 0xffff ? 0 : length > 0xff ? 1 : 2,
  );
  const lengthBytes =
    length < 0x80 ? Buffer.of(length) : Buffer.concat([Buffer.of(0x80 | long.length), long]);
  return Buffer.concat([Buffer.of(tag), lengthBytes, content]);
}
const octets = (bytes: Buffer) => der(0x04, bytes);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const sequence = (...items: readonly Buffer[]) => der(0x30, ...items);
const set = (...items: readonly Buffer[]) => der(0x31, ...items);
/** `[0] EXPLICIT` */
const explicit = (content: Buffer) => der(0xa0, content);

/** Object identifiers, in DER. */
const DATA = oid('2a864886f70d010701');
const CERT_BAG = oid('2a864886f70d010c0a0103');
const X509_CERTIFICATE = oid('2a864886f70d01091601');
const FRIENDLY_NAME = oid('2a864886f70d010914');
/** Oracle's attribute. Its value is the trusted use; with it, Java reads the entry as a `trustedCertEntry`. */
const TRUSTED_KEY_USAGE = oid('6086480186f966adca7b0101');
const ANY_EXTENDED_KEY_USAGE = oid('551d2500');
// Every Java since 8 supports a MAC with SHA-1.
const SHA1 = oid('2b0e03021a');

/**
 * Returns the store of certificates in PEM as DER, without those that are not X.509. They are public and not encrypted. The password is only the key of the MAC, for
 * which one iteration is enough: it detects damage, and protects no secret. One is the default, so DER omits it.
 */
export function trustStore(pems: readonly string[], password: string): Uint8Array {
  const bags = pems.flatMap(derOf).map(certificateBag);
  const content = sequence(contentInfo(sequence(...bags)));
  const version = der(0x02, Buffer.of(3));
  return sequence(version, contentInfo(content), macData(content, password));
}

function derOf(pem: string): readonly Buffer[] {
  try {
    return [new X509Certificate(pem).raw];
  } catch {
    return [];
  }
}

/** Java keeps one certificate for each name. */
function certificateBag(certificate: Buffer, at: number): Buffer {
  const bag = sequence(X509_CERTIFICATE, explicit(octets(certificate)));
  const text = at === 0 ? 'cmpassport-mock' : `cmpassport-mock-${at}`;
  const name = der(0x1e, Buffer.from(text, 'utf16le').swap16());
  const attributes = set(
    sequence(FRIENDLY_NAME, set(name)),
    sequence(TRUSTED_KEY_USAGE, set(ANY_EXTENDED_KEY_USAGE)),
  );
  return sequence(CERT_BAG, explicit(bag), attributes);
}

function contentInfo(content: Buffer): Buffer {
  return sequence(DATA, explicit(octets(content)));
}

function macData(content: Buffer, password: string): Buffer {
  const salt = randomBytes(16);
  const mac = createHmac('sha1', macKey(password, salt)).update(content).digest();
  const digestInfo = sequence(sequence(SHA1, der(0x05)), octets(mac));
  return sequence(digestInfo, octets(salt));
}

// The block of SHA-1, and the purpose of a key for a MAC: RFC 7292, B.2 and B.3.
const BLOCK_BYTES = 64;
const MAC_PURPOSE = 3;

/** RFC 7292, B.2. One round is enough, because the key is as long as the digest. */
function macKey(password: string, salt: Buffer): Buffer {
  const text = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const purpose = Buffer.alloc(BLOCK_BYTES, MAC_PURPOSE);
  return createHash('sha1')
    .update(purpose)
    .update(wholeBlocks(salt))
    .update(wholeBlocks(text))
    .digest();
}

/** The bytes, repeated up to the end of their last block. */
function wholeBlocks(bytes: Buffer): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES, bytes);
}
