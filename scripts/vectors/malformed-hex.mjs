/** Almost correct signatures in hex: too short, too long, filled up, or with characters that are not hex digits. */
import { base64, upperHex } from './bytes.mjs';

const zeros = (count) => '0'.repeat(count);
const half = (sign) => sign.length / 2;

const LENGTHS = [
  { comment: 'the last digit is missing', change: (sign) => sign.slice(0, -1) },
  { comment: 'the first digit is missing', change: (sign) => sign.slice(1) },
  { comment: 'the last byte is missing', change: (sign) => sign.slice(0, -2) },
  { comment: 'the first byte is missing', change: (sign) => sign.slice(2) },
  { comment: 'only the second half', change: (sign) => sign.slice(half(sign)) },
  { comment: 'only the first digit', change: (sign) => sign.slice(0, 1) },
  { comment: 'a zero after it', change: (sign) => `${sign}0` },
  { comment: 'a zero before it', change: (sign) => `0${sign}` },
  { comment: 'twice', change: (sign) => sign + sign },
  { comment: 'double length, with zeros after it', change: (sign) => sign + zeros(sign.length) },
  { comment: 'double length, with zeros before it', change: (sign) => zeros(sign.length) + sign },
  { comment: 'the first half, filled up with zeros', change: (sign) => sign.slice(0, half(sign)) + zeros(half(sign)) },
  { comment: 'a NUL after it', change: (sign) => `${sign}\0` },
  { comment: 'the hex of the hex', change: (sign) => upperHex(Buffer.from(sign)) },
  { comment: 'its bytes as characters', change: (sign) => Buffer.from(sign, 'hex').toString('latin1') },
  { comment: 'Base64 of half of it', change: (sign) => base64(Buffer.from(sign.slice(0, half(sign)), 'hex')) },
].map((row) => ({ ...row, flags: ['WrongLength'] }));

const TAMPERED = [
  { comment: 'only zeros', change: (sign) => zeros(sign.length) },
  { comment: 'the first digit repeated', change: (sign) => sign.slice(0, 1).repeat(sign.length) },
  { comment: 'in reverse order', change: (sign) => [...sign].reverse().join('') },
].map((row) => ({ ...row, flags: ['Tampered'] }));

const LOOK_ALIKES = [
  {
    comment: 'full-width digits',
    change: (sign) => sign.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  },
  { comment: 'a ligature instead of two letters F', change: (sign) => sign.replace('FF', '\ufb00') },
].map((row) => ({ ...row, flags: ['LookAlike'] }));

/** A digest of another algorithm, cut or filled with zeros to the expected length. */
function resizedDigest({ comment, hexOf, length }) {
  return { comment, flags: ['WrongAlgorithm'], sign: (text) => hexOf(text).slice(0, length).padEnd(length, '0') };
}

/** `sign(text)` returns the correct signature of `length` digits, `others` are other digests of the text. With `fields`, the signature contains FF. */
export function malformedHex({ sign, length, others, fields }) {
  const changed = [...LENGTHS, ...TAMPERED, ...LOOK_ALIKES].map(({ comment, flags, change }) => ({
    comment,
    flags,
    ...fields,
    sign: (text) => {
      const right = sign(text);
      const changed = change(right);
      if (changed === right) throw new Error(`"${comment}" changes nothing. Choose another message.`);
      return changed;
    },
  }));
  return [...changed, ...others.map((row) => resizedDigest({ ...row, length }))];
}
