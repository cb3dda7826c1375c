/** Bytes written as texts, and blocks of RSA before encryption with a padding that is the same each time. */
import { digest, KEYS, modulus, privatelyRaised, publiclyRaised } from './openssl.mjs';

export const upperHex = (bytes) => bytes.toString('hex').toUpperCase();
export const lowerHex = (bytes) => bytes.toString('hex');
export const base64 = (bytes) => bytes.toString('base64');

/** Every second letter in lower case. */
export function mixedHex(bytes) {
  let letters = 0;
  return upperHex(bytes).replace(/[A-F]/g, (letter) => {
    letters += 1;
    return letters % 2 === 0 ? letter.toLowerCase() : letter;
  });
}

/** Without the zeros in front, as a big number is written. */
export const asNumber = (hex) => hex.replace(/^0+/, '');
/** Without the zero of each byte that has one, as a loop over the bytes writes them. */
export const byteByByte = (hex) => hex.replace(/../g, (byte) => byte.replace(/^0/, ''));

export function wrapped(text, { width, lineEnd }) {
  return text.match(new RegExp(`.{1,${width}}`, 'g')).join(lineEnd);
}

export function withLastByteChanged(bytes) {
  return Buffer.from([...bytes.subarray(0, -1), bytes[bytes.length - 1] ^ 1]);
}

export function withoutLeadingZero(bytes) {
  if (bytes[0] !== 0) throw new Error('the first byte is not zero: choose another message');
  return bytes.subarray(1);
}

/** The same number modulo the key's modulus, and as long: what a careless implementation takes for the original. */
export function plusModulus(bytes, key) {
  const hex = (BigInt(`0x${bytes.toString('hex')}`) + modulus(key)).toString(16);
  if (hex.length !== bytes.length * 2) throw new Error('it does not fit: choose another message');
  return Buffer.from(hex, 'hex');
}

/**
 * As many bytes as are asked for, none of them zero, always the same for a label. Real padding is random, and must be:
 * these vectors are the exception, so that anybody can make them again.
 */
function fixedPadding(label, length) {
  const digests = Array.from({ length: Math.ceil(length / 32) }, (_, count) => digest('sha256', `${label} ${count}`));
  return Buffer.concat(digests)
    .subarray(0, length)
    .map((byte) => (byte === 0 ? 1 : byte));
}

/** A block of PKCS#1 v1.5 (RFC 8017, 7.2.1): 00 02, the padding, 00, the text. Each part can be another, to make it wrong. */
export function block(text, { padding = text, key, start = '0002', separator = '00' }) {
  const end = Buffer.concat([Buffer.from(separator, 'hex'), Buffer.from(text)]);
  const beginning = Buffer.from(start, 'hex');
  const length = KEYS[key].bits / 8 - beginning.length - end.length;
  const bytes = typeof padding === 'string' ? fixedPadding(padding, length) : padding(length);
  return Buffer.concat([beginning, bytes, end]);
}

/** A text encrypted with the public half of a pair. */
export function encrypted(text, options) {
  return publiclyRaised(block(text, options), options.key);
}

/** Padded as for a signature (00 01 FF … 00), but with no digest's name before the text: "encrypted with the private key". */
export function privatelyEncrypted(text, key = 'appSign') {
  return privatelyRaised(block(text, { key, start: '0001', padding: filledWith(0xff) }), key);
}

/** A padding that was random when it was drawn, in hex. */
export function drawn(hex) {
  return () => Buffer.from(hex, 'hex');
}

/** A padding of one byte over and over. */
export function filledWith(byte) {
  return (length) => Buffer.alloc(length, byte);
}

/** A padding of a few bytes where many are due: the zero that ends it comes too early. */
export function endedAfter(count) {
  return (length) =>
    Buffer.concat([Buffer.alloc(count, 0xa5), Buffer.alloc(1), Buffer.alloc(length - count - 1, 0xa5)]);
}
