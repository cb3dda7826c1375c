/** Encodings of bytes as text, and RSA blocks with reproducible padding. */
import { digest, KEYS, modulus, privatePower, publicPower } from './openssl.mjs';

export const upperHex = (bytes) => bytes.toString('hex').toUpperCase();
export const lowerHex = (bytes) => bytes.toString('hex');
export const base64 = (bytes) => bytes.toString('base64');

/** Hex with every second letter in lower case. */
export function mixedHex(bytes) {
  let letters = 0;
  return upperHex(bytes).replace(/[A-F]/g, (letter) => {
    letters += 1;
    return letters % 2 === 0 ? letter.toLowerCase() : letter;
  });
}

/** Removes leading zeros, as a conversion of a big number does. */
export const asNumber = (hex) => hex.replace(/^0+/, '');
/** Removes the leading zero of each byte, as a loop without zero padding does. */
export const byteByByte = (hex) => hex.replace(/../g, (byte) => byte.replace(/^0/, ''));

export function wrapped(text, { width, lineEnd }) {
  return text.match(new RegExp(`.{1,${width}}`, 'g')).join(lineEnd);
}

export function withLastByteChanged(bytes) {
  return Buffer.from([...bytes.subarray(0, -1), bytes[bytes.length - 1] ^ 1]);
}

export function withoutLeadingZero(bytes) {
  if (bytes[0] !== 0) throw new Error('the first byte is not zero. Choose another message.');
  return bytes.subarray(1);
}

/** Adds the key's modulus. The length stays, so a careless implementation accepts it as the original. */
export function plusModulus(bytes, key) {
  const hex = (BigInt(`0x${bytes.toString('hex')}`) + modulus(key)).toString(16);
  if (hex.length !== bytes.length * 2) throw new Error('the sum has too many bytes. Choose another message.');
  return Buffer.from(hex, 'hex');
}

/**
 * Returns bytes without zeros, always the same for a label. Real padding must be random. These vectors are an exception,
 * so that they can be generated again.
 */
function fixedPadding(label, length) {
  const digests = Array.from({ length: Math.ceil(length / 32) }, (_, count) => digest('sha256', `${label} ${count}`));
  return Buffer.concat(digests)
    .subarray(0, length)
    .map((byte) => (byte === 0 ? 1 : byte));
}

/** A block of PKCS#1 v1.5 (RFC 8017, 7.2.1): 00 02, the padding, 00, the text. Options replace parts, for invalid blocks. */
export function block(text, { padding = text, key, start = '0002', separator = '00' }) {
  const end = Buffer.concat([Buffer.from(separator, 'hex'), Buffer.from(text)]);
  const beginning = Buffer.from(start, 'hex');
  const length = KEYS[key].bits / 8 - beginning.length - end.length;
  const bytes = typeof padding === 'string' ? fixedPadding(padding, length) : padding(length);
  return Buffer.concat([beginning, bytes, end]);
}

/** Encrypts with the public half of a pair. A string as `padding` is the label of the fixed padding. */
export function encrypted(text, options) {
  return publicPower(block(text, options), options.key);
}

/** Pads as a signature (00 01 FF … 00), but without the digest's name before the text: "encrypted with the private key". */
export function privatelyEncrypted(text, key = 'appSign') {
  return privatePower(block(text, { key, start: '0001', padding: filledWith(0xff) }), key);
}

/** A padding in hex. It was random when it was generated. */
export function fixedBytes(hex) {
  return () => Buffer.from(hex, 'hex');
}

/** A padding that repeats one byte. */
export function filledWith(byte) {
  return (length) => Buffer.alloc(length, byte);
}

/** A padding that is too short: its final zero comes after `count` bytes. */
export function endedAfter(count) {
  return (length) =>
    Buffer.concat([Buffer.alloc(count, 0xa5), Buffer.alloc(1), Buffer.alloc(length - count - 1, 0xa5)]);
}
