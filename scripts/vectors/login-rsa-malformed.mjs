/** login-rsa-malformed.json: invalid RSA signatures of loginTokenValidate. The document, 1.2 sign. */
import { RAW_SOURCE, signKeys, signKeysWithExponent } from './app.mjs';
import { upperHex } from './bytes.mjs';
import { loginRsaGroup } from './login-rsa.mjs';
import { forgedSignatures, malformedSignatures, otherSizes, signedUnder, WEAK_KEYS } from './malformed-signatures.mjs';

const ALGORITHM = { name: 'sha256', write: upperHex };
const OTHER_NAMES = ['md2', 'md5', 'sha1', 'sha224', 'sha384', 'sha512', 'sha512-256', 'sha3-256'];

/** With this token, the last byte of the digest is odd. */
const ODD = { token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVK0001' };
/** With this token, the block has a square root. */
const SQUARE = { token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVK0002' };

const group = (keys, rows) => loginRsaGroup(RAW_SOURCE, keys, rows);

const WEAK = WEAK_KEYS.map(({ comment, key, exponent, ...row }) =>
  group(exponent === undefined ? signKeys(key) : signKeysWithExponent(key, exponent), [
    { comment, flags: ['WeakKey'], fields: SQUARE, sign: signedUnder({ key, ...row }, ALGORITHM) },
  ]),
);

export const LOGIN_RSA_MALFORMED = {
  file: 'login-rsa-malformed',
  firstTcId: 901,
  type: 'LoginRsaSign',
  groups: [
    group(signKeys('appSign'), [
      ...malformedSignatures({ ...ALGORITHM, key: 'appSign', otherNames: OTHER_NAMES }),
      ...otherSizes({ ...ALGORITHM, key: 'appSign', by: ['weak512'] }),
    ]),
    group(signKeys('appSign2048'), otherSizes({ ...ALGORITHM, key: 'appSign2048', by: ['appSign', 'weak512'] })),
    group(
      signKeys('exponent3'),
      forgedSignatures(ALGORITHM).map((row) => ({ ...row, fields: ODD })),
    ),
    ...WEAK,
  ],
};
