/** token-validate-rsa-malformed.json: invalid signatures of tokenValidate with keyType 1. The document, 2.3 sign. */
import { RAW_SOURCE, signKeys, signKeysWithExponent } from './app.mjs';
import { base64 } from './bytes.mjs';
import { forgedSignatures, malformedSignatures, otherSizes, signedUnder, WEAK_KEYS } from './malformed-signatures.mjs';
import { verifyRsaGroup } from './token-validate-rsa.mjs';

const ALGORITHM = { name: 'md5', write: base64 };
const OTHER_NAMES = ['md2', 'md4', 'sha1', 'sha256', 'sha512'];

/** With this msgId, the last byte of the digest is odd. */
const ODD = { msgId: '8ADFF305C7FCB3E1B1AECC1307920007' };
/** With this msgId, the block has a square root. */
const SQUARE = { msgId: '8ADFF305C7FCB3E1B1AECC1307920001' };

const group = (keys, rows) => verifyRsaGroup(RAW_SOURCE, keys, rows);

const WEAK = WEAK_KEYS.map(({ comment, key, exponent, ...row }) =>
  group(exponent === undefined ? signKeys(key) : signKeysWithExponent(key, exponent), [
    { comment, flags: ['WeakKey'], header: SQUARE, sign: signedUnder({ key, ...row }, ALGORITHM) },
  ]),
);

export const TOKEN_VALIDATE_RSA_MALFORMED = {
  file: 'token-validate-rsa-malformed',
  firstTcId: 1101,
  type: 'TokenValidateRsaSign',
  groups: [
    group(signKeys('appSign'), [
      ...malformedSignatures({ ...ALGORITHM, key: 'appSign', otherNames: OTHER_NAMES }),
      ...otherSizes({ ...ALGORITHM, key: 'appSign', by: ['weak512'] }),
    ]),
    group(signKeys('appSign2048'), otherSizes({ ...ALGORITHM, key: 'appSign2048', by: ['appSign', 'weak512'] })),
    group(
      signKeys('exponent3'),
      forgedSignatures(ALGORITHM).map((row) => ({ ...row, header: ODD })),
    ),
    ...WEAK,
  ],
};
