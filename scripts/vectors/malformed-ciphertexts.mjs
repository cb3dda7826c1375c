/**
 * Invalid ciphertexts of PKCS#1 v1.5. The mistake is in the decrypted block, the text, the number or the key. RFC 8017, 7.2.2.
 * `label` is the label of the fixed padding. It is an older comment, so that the ciphertext does not change with the comment.
 */
import { block, endedAfter, filledWith } from './bytes.mjs';
import { KEYS, modulus, publicPower } from './openssl.mjs';
import { toBytes, toNumber } from './rsa-numbers.mjs';

/** The bytes of a block that are not text, with the shortest padding. */
const BYTES_AROUND_TEXT = 11;
const roomOf = (key) => KEYS[key].bits / 8 - BYTES_AROUND_TEXT;

/** The differences from a valid block: options of `block()`, or `text(right, key)`. */
const BLOCKS = [
  { comment: 'block type 0', start: '0000' },
  { comment: 'block type 0, padded with zeros', start: '0000', padding: filledWith(0) },
  { comment: 'block type 1, padded with FF', start: '0001', padding: filledWith(0xff) },
  { comment: 'block type 3', start: '0003' },
  { comment: 'the first byte of the block is missing', label: 'the block begins with its second byte', start: '02' },
  { comment: 'a zero byte before the block', start: '000002' },
  { comment: 'an empty padding', padding: endedAfter(0) },
  { comment: 'one byte of padding', padding: endedAfter(1) },
  { comment: 'zeros before the text, and no padding', start: '', padding: filledWith(0) },
  { comment: 'a padding of zeros', padding: filledWith(0) },
  { comment: 'no zero after the padding', label: 'a padding without an end', text: () => '', separator: 'a5' },
  {
    comment: 'a text that is one byte too long',
    label: 'a text of one byte more than there is room for',
    text: (right, key) => right.padEnd(roomOf(key) + 1, '0'),
  },
].map((row) => ({ ...row, flags: ['BadPadding'] }));

const TEXTS = [
  { comment: 'an empty text', label: 'the empty text', text: () => '' },
  { comment: 'a zero byte before the text', text: (right) => `\0${right}` },
  { comment: 'a zero byte after the text', label: 'a zero byte behind the text', text: (right) => `${right}\0` },
  { comment: 'a zero byte within the number', text: (right) => `${right.slice(0, 3)}\0${right.slice(3)}` },
  {
    comment: 'zeros after the text up to the maximum length',
    label: 'as many zeros behind the text as there is room for',
    text: (right, key) => right.padEnd(roomOf(key), '\0'),
  },
  {
    comment: 'the last byte of the text is missing',
    label: 'the text but its last byte',
    text: (right) => right.slice(0, -1),
  },
  {
    comment: 'the first byte of the text is missing',
    label: 'the text but its first byte',
    text: (right) => right.slice(1),
  },
  {
    comment: 'a byte that is not UTF-8 before the text',
    label: 'a byte that is no UTF-8 before the text',
    text: (right) => Buffer.concat([Buffer.from([0xff]), Buffer.from(right)]),
  },
  { comment: 'the text in UTF-16', text: (right, key) => Buffer.from(right, 'utf16le').subarray(0, roomOf(key)) },
  {
    comment: 'full-width digits in the number',
    label: 'the digits of the number in full width',
    text: (right) => right.replace(/^\d{11}/, fullWidth),
  },
].map((row) => ({ ...row, flags: ['WrongText'] }));

function fullWidth(digits) {
  return digits.replace(/./g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}

const NUMBERS = [
  { comment: 'the number 1', flags: ['FixedPoint'], number: () => 1n },
  { comment: 'the modulus minus 1', flags: ['FixedPoint'], number: ({ n }) => n - 1n },
  { comment: 'the modulus', flags: ['FixedPoint', 'Malleable'], number: ({ n }) => n },
  { comment: 'the modulus plus 1', flags: ['FixedPoint', 'Malleable'], number: ({ n }) => n + 1n },
  { comment: 'all bits are one', flags: ['Tampered'], number: ({ bits }) => (1n << BigInt(bits)) - 1n },
  {
    comment: 'the modulus minus the ciphertext',
    label: 'the modulus less the ciphertext',
    flags: ['Tampered'],
    number: ({ n, right }) => n - right,
  },
  {
    comment: 'the unencrypted block',
    label: 'the block itself, not encrypted',
    flags: ['NotEncrypted'],
    number: ({ plain }) => plain,
  },
];

const zeros = (count) => Buffer.alloc(count);

const LENGTHS = [
  { comment: 'two zero bytes before the ciphertext', flags: ['Malleable'], change: (right) => [zeros(2), right] },
  {
    comment: 'a zero byte after the ciphertext',
    label: 'a zero byte behind the ciphertext',
    change: (right) => [right, zeros(1)],
  },
  { comment: 'a byte before the ciphertext', change: (right) => [Buffer.from([1]), right] },
  { comment: 'the first byte is missing', change: (right) => [right.subarray(1)] },
  { comment: 'the first half of the ciphertext', change: (right) => [right.subarray(0, right.length / 2)] },
  { comment: 'only the last byte', label: 'the last byte alone', change: (right) => [right.subarray(-1)] },
  { comment: 'the ciphertext twice', change: (right) => [right, right] },
].map(({ flags = ['WrongLength'], ...row }) => ({ ...row, flags }));

function ofNumber(number, { key, plain }) {
  const { bits } = KEYS[key];
  const right = toNumber(publicPower(plain, key).toString('hex'));
  return toBytes(number({ n: modulus(key), bits, right, plain: toNumber(plain.toString('hex')) }), bits);
}

/** Returns the rows for one key and its correct text. `otherKeys` have other sizes. */
export function malformedCiphertexts({ key, right, otherKeys }) {
  const blockOf = ({ comment, label = comment, text = () => right, padding = label, ...row }, ofKey = key) =>
    block(text(right, ofKey), { ...row, padding, key: ofKey });
  const encrypted = (row, ofKey = key) => publicPower(blockOf(row, ofKey), ofKey);
  return [
    ...BLOCKS.map(({ flags, ...row }) => ({ comment: row.comment, flags, ciphertext: encrypted(row) })),
    ...TEXTS.map(({ comment, label, flags, text }) => {
      const other = text(right, key);
      const encryptedText = typeof other === 'string' ? { text: other } : {};
      return { comment, flags, ...encryptedText, ciphertext: encrypted({ comment, label, text }) };
    }),
    ...NUMBERS.map(({ comment, label, flags, number }) => ({
      comment,
      flags,
      ciphertext: ofNumber(number, { key, plain: blockOf({ comment, label }) }),
    })),
    ...LENGTHS.map(({ comment, label, flags, change }) => ({
      comment,
      flags,
      ciphertext: Buffer.concat(change(encrypted({ comment, label }))),
    })),
    ...otherKeys.map((other) => {
      const comment = `encrypted with a key of ${KEYS[other].bits} bits`;
      return { comment, flags: ['WrongKey'], ciphertext: encrypted({ comment }, other) };
    }),
  ];
}
