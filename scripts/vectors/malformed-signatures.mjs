/** Invalid signatures of PKCS#1 v1.5. The mistake is in the decrypted block, the number or the key. RFC 8017, 8.2.2 and 9.2. */
import { asBitString, der, digestInfo, indefiniteForm, longForm } from './digest-info.mjs';
import { digest, KEYS, modulus, primes, privatePower, signature } from './openssl.mjs';
import { cubeRootOfBeginning, cubeRootOfEnds, squareRootModulo, toBytes, toNumber } from './rsa-numbers.mjs';

/** The shortest valid padding. */
const MIN_PADDING = 'ff'.repeat(8);
const SHORT_PADDING = 'ff'.repeat(7);
/** 00 01, the shortest padding and its end. */
const BYTES_BEFORE_INFO = 11;

/** A block in hex. A part that is a number is a byte, repeated up to the length of the block. */
function filled(parts, bits) {
  const given = parts.filter((part) => typeof part === 'string').join('').length / 2;
  const fill = (byte) =>
    byte
      .toString(16)
      .padStart(2, '0')
      .repeat(bits / 8 - given);
  return parts.map((part) => (typeof part === 'string' ? part : fill(part))).join('');
}

const paddedBlock = (info) => ['0001', 0xff, `00${info}`];
/** A DigestInfo with garbage in one part, which leaves only the shortest padding. */
function withGarbage(part, { infoOf, bits }) {
  const bytes = bits / 8 - BYTES_BEFORE_INFO - infoOf({ [part]: '0400' }).length / 2;
  return infoOf({ [part]: der('04', 'a5'.repeat(bytes)) });
}

const FORMS = [
  { comment: 'two NULLs after the identifier', changes: { parameters: '05000500' } },
  { comment: 'a NULL of one byte', changes: { parameters: '050100' } },
  { comment: 'a NULL whose length is in long form', changes: { parameters: '058100' } },
  { comment: 'an empty sequence instead of the NULL', changes: { parameters: '3000' } },
  { comment: 'the length of the DigestInfo in long form', changes: { forms: { sequence: longForm } } },
  { comment: 'the length of the algorithm in long form', changes: { forms: { algorithm: longForm } } },
  { comment: 'the length of the identifier in long form', changes: { forms: { identifier: longForm } } },
  { comment: 'the length of the digest in long form', changes: { forms: { digest: longForm } } },
  { comment: 'a DigestInfo of indefinite length', changes: { forms: { sequence: indefiniteForm } } },
  { comment: 'the digest in a bit string', changes: { forms: { digest: asBitString } } },
  { comment: 'a NULL after the digest, inside the DigestInfo', changes: { behind: '0500' } },
].map(({ comment, changes }) => ({
  comment,
  flags: ['DigestInfoForm'],
  block: ({ infoOf }) => paddedBlock(infoOf(changes)),
}));

/** The JDK accepts it. */
const NO_NULL = {
  comment: 'no NULL after the identifier',
  result: 'acceptable',
  flags: ['MissingNull'],
  block: ({ infoOf }) => paddedBlock(infoOf({ parameters: '' })),
};

const HASHES = [
  { comment: 'a digest without its last byte', change: (hash) => hash.slice(0, -2) },
  { comment: 'only the first byte of the digest', change: (hash) => hash.slice(0, 2) },
  { comment: 'an empty digest', change: () => '' },
  { comment: 'a digest with an additional zero byte', change: (hash) => `${hash}00` },
].map(({ comment, change }) => ({
  comment,
  flags: ['WrongLength'],
  block: ({ infoOf, hash }) => paddedBlock(infoOf({ hash: change(hash) })),
}));

const GARBAGE = [
  { comment: 'garbage after the digest', block: ({ info }) => [`0001${MIN_PADDING}00${info}`, 0xa5] },
  { comment: 'zeros after the digest', block: ({ info }) => [`0001${MIN_PADDING}00${info}`, 0x00] },
  { comment: 'one byte after the digest', block: ({ info }) => paddedBlock(`${info}a5`) },
  { comment: 'a NULL after the DigestInfo', block: ({ info }) => paddedBlock(`${info}0500`) },
  {
    comment: 'garbage after the digest, inside the DigestInfo',
    block: (parts) => paddedBlock(withGarbage('behind', parts)),
  },
  { comment: 'garbage instead of the NULL', block: (parts) => paddedBlock(withGarbage('parameters', parts)) },
].map((row) => ({ ...row, flags: ['Garbage'] }));

const PADDINGS = [
  { comment: 'block type 0', block: ({ info }) => ['0000', 0x00, info] },
  { comment: 'block type 0, padded with FF', block: ({ info }) => ['0000', 0xff, `00${info}`] },
  { comment: 'block type 2', block: ({ info }) => ['0002', 0xa5, `00${info}`] },
  { comment: 'the first byte of the block is not zero', block: ({ info }) => ['0101', 0xff, `00${info}`] },
  { comment: 'the first byte of the block is missing', block: ({ info }) => ['01', 0xff, `00${info}`] },
  { comment: 'a zero byte before the block', block: ({ info }) => ['000001', 0xff, `00${info}`] },
  { comment: 'no zero after the padding', block: ({ info }) => ['0001', 0xff, info] },
  { comment: 'two zeros after the padding', block: ({ info }) => ['0001', 0xff, `0000${info}`] },
  { comment: 'seven bytes of padding, after zeros', block: ({ info }) => [0x00, `01${SHORT_PADDING}00${info}`] },
  { comment: 'seven bytes of padding, before garbage', block: ({ info }) => [`0001${SHORT_PADDING}00${info}`, 0xa5] },
  { comment: 'no padding, after zeros', block: ({ info }) => [0x00, `0100${info}`] },
  { comment: 'no padding, before garbage', block: ({ info }) => [`000100${info}`, 0xa5] },
  { comment: 'only zeros before the DigestInfo', block: ({ info }) => [0x00, info] },
  { comment: 'the first byte of the padding is FE', block: ({ info }) => ['0001fe', 0xff, `00${info}`] },
  { comment: 'the last byte of the padding is FE', block: ({ info }) => ['0001', 0xff, `fe00${info}`] },
  { comment: 'a zero within the padding', block: ({ info }) => [`0001${MIN_PADDING}00`, 0xff, `00${info}`] },
  { comment: 'a padding of AA', block: ({ info }) => ['0001', 0xaa, `00${info}`] },
  { comment: 'a padding of 01', block: ({ info }) => ['0001', 0x01, `00${info}`] },
].map((row) => ({ ...row, flags: ['BadSignaturePadding'] }));

const NUMBERS = [
  { comment: 'the number 1', flags: ['FixedPoint'], number: () => 1n },
  { comment: 'the modulus minus 1', flags: ['FixedPoint'], number: ({ n }) => n - 1n },
  { comment: 'the modulus', flags: ['FixedPoint', 'Malleable'], number: ({ n }) => n },
  { comment: 'the modulus plus 1', flags: ['FixedPoint', 'Malleable'], number: ({ n }) => n + 1n },
  { comment: 'all bits are one', flags: ['Tampered'], number: ({ bits }) => (1n << BigInt(bits)) - 1n },
  { comment: 'the modulus minus the signature', flags: ['Tampered'], number: ({ n, right }) => n - right },
];

const zeros = (count) => Buffer.alloc(count);

const LENGTHS = [
  { comment: 'two zero bytes before the signature', flags: ['Malleable'], change: (right) => [zeros(2), right] },
  {
    comment: 'double length, with zero bytes before the signature',
    flags: ['Malleable'],
    change: (right) => [zeros(right.length), right],
  },
  { comment: 'a zero byte after the signature', change: (right) => [right, zeros(1)] },
  { comment: 'a byte before the signature', change: (right) => [Buffer.from([1]), right] },
  { comment: 'the first byte is missing', change: (right) => [right.subarray(1)] },
  { comment: 'only the last byte', change: (right) => [right.subarray(-1)] },
  { comment: 'the signature twice', change: (right) => [right, right] },
  { comment: 'the second half of the signature', change: (right) => [right.subarray(right.length / 2)] },
].map(({ flags = ['WrongLength'], ...row }) => ({ ...row, flags }));

/** The parts of a block. */
function materials({ name, key }, text) {
  const hash = digest(name, text).toString('hex');
  const infoOf = (changes = {}) => digestInfo({ name, hash, ...changes });
  return { hash, infoOf, info: infoOf(), bits: KEYS[key].bits, key };
}

function ofBlock({ block }, algorithm, text) {
  const parts = materials(algorithm, text);
  return privatePower(Buffer.from(filled(block(parts), parts.bits), 'hex'), algorithm.key);
}

function ofNumber({ number }, { name, key }, text) {
  const { bits } = KEYS[key];
  const right = toNumber(signature(name, text, key).toString('hex'));
  return toBytes(number({ n: modulus(key), bits, right }), bits);
}

/** Returns the rows for one key. `name` is the expected digest, `otherNames` are named instead of it. */
export function malformedSignatures({ name, otherNames, key, write }) {
  const algorithm = { name, key };
  const names = otherNames.map((other) => ({
    comment: `the identifier of ${other} before the digest`,
    flags: ['WrongDigestName'],
    block: ({ infoOf }) => paddedBlock(infoOf({ name: other })),
  }));
  const blocks = [...names, NO_NULL, ...FORMS, ...HASHES, ...GARBAGE, ...PADDINGS];
  return [
    ...blocks.map(({ comment, result, flags, ...row }) => ({
      comment,
      result,
      flags,
      sign: (text) => write(ofBlock(row, algorithm, text)),
    })),
    ...NUMBERS.map(({ comment, flags, ...row }) => ({
      comment,
      flags,
      sign: (text) => write(ofNumber(row, algorithm, text)),
    })),
    ...LENGTHS.map(({ comment, flags, change }) => ({
      comment,
      flags,
      sign: (text) => write(Buffer.concat(change(signature(name, text, key)))),
    })),
  ];
}

/** Signatures by keys of another size than the verifying key. */
export function otherSizes({ name, key, by, write }) {
  const room = KEYS[key].bits / 8;
  return by.flatMap((other) => [
    {
      comment: `signed with a key of ${KEYS[other].bits} bits`,
      flags: ['WrongKey'],
      sign: (text) => write(signature(name, text, other)),
    },
    {
      comment: `signed with a key of ${KEYS[other].bits} bits, after zeros`,
      flags: ['WrongKey'],
      sign: (text) => {
        const bytes = signature(name, text, other);
        return write(Buffer.concat([zeros(room - bytes.length), bytes]));
      },
    },
  ]);
}

/** Forged with the public half of a key with the exponent 3. A valid signature shows that the key itself is accepted. */
export function forgedSignatures({ name, write, key = 'exponent3' }) {
  const { bits } = KEYS[key];
  const forged = (comment, rootOf) => ({
    comment,
    flags: ['Forged'],
    sign: (text) => write(toBytes(rootOf(materials({ name, key }, text)), bits)),
  });
  return [
    {
      comment: 'valid, with an exponent of 3',
      result: 'valid',
      flags: ['KeySize'],
      sign: (text) => write(signature(name, text, key)),
    },
    forged('a cube root, with garbage after the digest', ({ info }) =>
      cubeRootOfBeginning(`0001${MIN_PADDING}00${info}`, bits),
    ),
    forged('a cube root, without padding and with garbage after the digest', ({ info }) =>
      cubeRootOfBeginning(`000100${info}`, bits),
    ),
    forged('a cube root, with garbage in the padding', ({ info }) =>
      cubeRootOfEnds({ beginning: `0001${MIN_PADDING}`, end: `00${info}`, bits }),
    ),
  ];
}

/** Keys under which a signature proves nothing, each with an arithmetically correct signature. */
export const WEAK_KEYS = [
  { comment: 'a key of 512 bits', key: 'weak512', rootOf: undefined },
  { comment: 'a key whose exponent is 1', key: 'appEncrypt', exponent: 1n, rootOf: (block) => block },
  {
    comment: 'a key whose exponent is 2',
    key: 'appEncrypt',
    exponent: 2n,
    rootOf: (block) => squareRootModulo(block, primes('appEncrypt')),
  },
];

export function signedUnder({ key, rootOf }, { name, write }) {
  return (text) => {
    if (rootOf === undefined) return write(signature(name, text, key));
    const { info, bits } = materials({ name, key }, text);
    return write(toBytes(rootOf(toNumber(filled(paddedBlock(info), bits))), bits));
  };
}
