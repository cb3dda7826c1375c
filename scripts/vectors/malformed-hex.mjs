/** Signs in hex that are nearly the right one: too short, too long, filled up, or in characters that are no hex digits. */
import { base64, upperHex } from './bytes.mjs';

const zeros = (count) => '0'.repeat(count);
const half = (sign) => sign.length / 2;

const LENGTHS = [
  { comment: 'the last digit is missing', change: (sign) => sign.slice(0, -1) },
  { comment: 'the first digit is missing', change: (sign) => sign.slice(1) },
  { comment: 'the last byte is missing', change: (sign) => sign.slice(0, -2) },
  { comment: 'the first byte is missing', change: (sign) => sign.slice(2) },
  { comment: 'the second half alone', change: (sign) => sign.slice(half(sign)) },
  { comment: 'the first digit alone', change: (sign) => sign.slice(0, 1) },
  { comment: 'a zero behind', change: (sign) => `${sign}0` },
  { comment: 'a zero before', change: (sign) => `0${sign}` },
  { comment: 'twice', change: (sign) => sign + sign },
  { comment: 'as many zeros behind', change: (sign) => sign + zeros(sign.length) },
  { comment: 'as many zeros before', change: (sign) => zeros(sign.length) + sign },
  { comment: 'the first half, filled up with zeros', change: (sign) => sign.slice(0, half(sign)) + zeros(half(sign)) },
  { comment: 'a NUL behind', change: (sign) => `${sign}\0` },
  { comment: 'the hex of the hex', change: (sign) => upperHex(Buffer.from(sign)) },
  { comment: 'its bytes as characters', change: (sign) => Buffer.from(sign, 'hex').toString('latin1') },
  { comment: 'Base64 of half of it', change: (sign) => base64(Buffer.from(sign.slice(0, half(sign)), 'hex')) },
].map((row) => ({ ...row, flags: ['WrongLength'] }));

const TAMPERED = [
  { comment: 'nothing but zeros', change: (sign) => zeros(sign.length) },
  { comment: 'the first digit over and over', change: (sign) => sign.slice(0, 1).repeat(sign.length) },
  { comment: 'from back to front', change: (sign) => [...sign].reverse().join('') },
].map((row) => ({ ...row, flags: ['Tampered'] }));

const LOOK_ALIKES = [
  {
    comment: 'full-width digits',
    change: (sign) => sign.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  },
  { comment: 'one ligature for two letters F', change: (sign) => sign.replace('FF', '\ufb00') },
].map((row) => ({ ...row, flags: ['LookAlike'] }));

/** Of digests of another length than the one that is due, brought to its length. */
function broughtToLength({ comment, hexOf, length }) {
  return { comment, flags: ['WrongAlgorithm'], sign: (text) => hexOf(text).slice(0, length).padEnd(length, '0') };
}

/** `sign(text)` is the right one, of so many digits; `others` are other digests of the text; `fields` give it two letters F in a row. */
export function malformedHex({ sign, length, others, fields }) {
  const changed = [...LENGTHS, ...TAMPERED, ...LOOK_ALIKES].map(({ comment, flags, change }) => ({
    comment,
    flags,
    ...fields,
    sign: (text) => {
      const right = sign(text);
      const made = change(right);
      if (made === right) throw new Error(`${comment} changes nothing: choose another message`);
      return made;
    },
  }));
  return [...changed, ...others.map((row) => broughtToLength({ ...row, length }))];
}
