/** The meaning of each flag. `bugType` is one of Wycheproof's. The words of the document are quoted if they decide. */

const RFC_8017 = 'https://www.rfc-editor.org/rfc/rfc8017';

export const NOTES = {
  BadPadding: {
    bugType: 'CONFIDENTIALITY',
    description:
      'The block under the ciphertext is not 00 02, at least eight bytes that are not zero, 00, and the text.',
    effect:
      'Code that removes the padding carelessly returns a text from an invalid block. Some libraries return random bytes instead of an error, so your code must always check the text. Clients must not be able to distinguish bad padding from a bad text.',
    links: [`${RFC_8017}#section-7.2.2`],
  },
  BadSignaturePadding: {
    bugType: 'AUTH_BYPASS',
    description: 'The block under the signature is not 00 01, at least eight bytes of FF, 00, and the DigestInfo.',
    effect:
      'Code that finds the digest but does not check the bytes before it accepts forged signatures if the exponent is small.',
    links: [`${RFC_8017}#section-9.2`],
  },
  Basic: {
    bugType: 'BASIC',
    description: 'An ordinary message or number.',
  },
  Branch: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'The field that selects the signing mode. loginTokenValidate uses RSA only if encryptionalgorithm is exactly "RSA". tokenValidate uses keyType 1 only if it is exactly "1" (不填或非1、0时按keyType=0处理).',
    effect: 'The client signs in one mode, and the carrier verifies in the other.',
  },
  CountryCode: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'The number has a country code. The document requires the eleven digits only.',
    effect: 'The signature is valid, but the result is that it is not the user’s number, and this result is charged.',
  },
  DigestInfoForm: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'The DigestInfo has the correct content in another form than in RFC 8017: with more than its NULL, or with a length that DER encodes in fewer bytes.',
    effect: 'A lenient parser accepts bytes that were not signed.',
    links: [`${RFC_8017}#section-9.2`],
  },
  DoubleHash: {
    bugType: 'WRONG_PRIMITIVE',
    description: 'The code hashed the text before it called an algorithm that hashes.',
  },
  Empty: {
    bugType: 'MISSING_STEP',
    description: 'The value is empty.',
    effect: 'Code that does not check the length may throw an error or accept the empty value.',
  },
  ExtraField: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'More was signed or hashed than the document lists: an optional field, a secret, or the word null.',
  },
  FieldLength: {
    bugType: 'EDGE_CASE',
    description: 'A msgid of the minimum or maximum length (1-36位).',
  },
  FieldOrder: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'The correct parts in another order. loginTokenValidate has its own order, tokenValidate the natural order of the names (自然排序).',
  },
  FixedPoint: {
    bugType: 'EDGE_CASE',
    description: '1 or the modulus minus 1, also with the modulus added. RSA returns the same number with every key.',
    links: [`${RFC_8017}#section-8.2.2`, `${RFC_8017}#section-7.2.2`],
  },
  Forged: {
    bugType: 'AUTH_BYPASS',
    description:
      'Created without the private key. With the exponent 3, the cube root of a block is its signature if the block may contain garbage.',
    effect: 'Everyone with the public key can sign for the app.',
    links: ['https://nvd.nist.gov/vuln/detail/CVE-2006-4339', 'https://nvd.nist.gov/vuln/detail/CVE-2014-1568'],
  },
  FormattedNumber: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'The number was hashed or encrypted as people write it. The document requires eleven ASCII digits.',
    effect: 'The signature is valid, but the result is that it is not the user’s number, and this result is charged.',
  },
  Garbage: {
    bugType: 'AUTH_BYPASS',
    description:
      'The block under the signature contains additional bytes: after the digest, inside the DigestInfo, or instead of its NULL.',
    effect: 'If code ignores the garbage, signatures can be forged for a small exponent.',
    links: ['https://nvd.nist.gov/vuln/detail/CVE-2006-4339', 'https://nvd.nist.gov/vuln/detail/CVE-2014-1568'],
  },
  HexCase: {
    bugType: 'LEGACY',
    description:
      'Hex in lower or mixed case. The document requires upper case for MD5, SHA-256 and HMACSHA256 (大写字母), and states nothing for RSA. A signature that is wrong only in its case is acceptable: loginTokenValidate is known to accept it, tokenValidate is not. If phoneNum was signed in another case than it is sent, the signature is invalid.',
  },
  JsonEscape: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'A value with characters that JSON escapes. The value is signed, not its escaped form.',
  },
  JsonNumber: {
    bugType: 'LEGACY',
    description:
      'A number where the document requires a String (参数类型都是String). A public client sends keyType as a number.',
  },
  KeySize: {
    bugType: 'FUNCTIONALITY',
    description:
      'A key of 2048 bits. The document requires 1024 for tokenValidate (位数1024), and states nothing for loginTokenValidate.',
    effect: 'Code with a fixed buffer or length check fails.',
  },
  LeadingZero: {
    bugType: 'EDGE_CASE',
    description:
      'A digest, signature or ciphertext whose first digit or byte is zero: correct, or without its zeros, as BigInteger.toString(16) and Integer.toHexString drop them. A ciphertext that is one byte short is acceptable: RFC 8017 rejects it, OpenSSL and Java accept it. All of them reject a signature that is one byte short.',
    effect: 'Code that formats a number instead of bytes fails for one request in 16 or 256, without a visible reason.',
    links: [`${RFC_8017}#section-4.1`, `${RFC_8017}#section-7.2.2`, `${RFC_8017}#section-8.2.2`],
  },
  LookAlike: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'Characters that are not hex digits but look like them or become them: full-width digits, and the ligature U+FB00, which is FF in upper case.',
    effect: 'Code that converts the signature to upper case before it compares accepts another text.',
    links: ['https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt'],
  },
  Malleable: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'The same number in another form: after a zero byte, or with the modulus added. The number must have the length of the key and be less than the modulus.',
    links: [`${RFC_8017}#section-8.2.2`, `${RFC_8017}#section-7.2.2`],
  },
  MissingField: {
    bugType: 'MISSING_STEP',
    description: 'A part is missing.',
  },
  MissingNull: {
    bugType: 'LEGACY',
    description:
      'The DigestInfo has no NULL after the identifier of the digest. RFC 8017 has it, and OpenSSL requires it. The JDK accepts both forms.',
    links: [`${RFC_8017}#section-9.2`],
  },
  MissingSecret: {
    bugType: 'MISSING_STEP',
    description: 'The text was hashed without a secret.',
    effect: 'Everyone can create such a signature.',
  },
  NoDigestInfo: {
    bugType: 'MISSING_STEP',
    description:
      'The bare digest was encrypted with the private key, as low-level "encrypt with the private key" calls do. A signature must also contain the name of the digest (DigestInfo).',
    links: [`${RFC_8017}#section-9.2`],
  },
  NoHash: {
    bugType: 'MISSING_STEP',
    description:
      'The text was encrypted with the private key, in several blocks if it is too long for one. The document writes "encrypt" (私钥进行加密), but means the signature algorithm that it names.',
    links: [`${RFC_8017}#section-8.2`],
  },
  NotADate: {
    bugType: 'LEGACY',
    description:
      'A time of 17 digits that is not a date. A public client sends it. The signature is valid, and the carrier decides whether it accepts the time.',
  },
  NotANumber: {
    bugType: 'CONFIDENTIALITY',
    description: 'The decrypted text is not a phone number, which has eleven ASCII digits and begins with 1.',
    effect: 'The user would be signed in with a number that does not exist.',
  },
  NotEncrypted: {
    bugType: 'MISSING_STEP',
    description: 'The plain number, where its hash or ciphertext is expected.',
    effect: 'The number appears as plain text on the network and in logs.',
  },
  NotSigned: {
    bugType: 'BASIC',
    description: 'Fields that are not signed: missing, empty or filled.',
  },
  PaddingEdge: {
    bugType: 'EDGE_CASE',
    description: 'A valid padding with unusual content: one repeated byte.',
  },
  Precision: {
    bugType: 'KNOWN_BUG',
    description: 'The 17 digits were converted to a double, which holds 15 to 17 digits, so the last ones changed.',
    effect: 'Signatures are wrong for some milliseconds only.',
  },
  Separator: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'A separator between the parts. The + in the document means concatenation (“+”号为合并意思，不包含在被加密的字符串中).',
  },
  StaleField: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'The signed, hashed or encrypted value differs from the value that is sent.',
    effect: 'A typical cause is code that reads the clock twice.',
  },
  Tampered: {
    bugType: 'AUTH_BYPASS',
    description: 'Bytes or digits that were changed after signing or encryption.',
    effect: 'Code that accepts them does not check anything.',
  },
  TextEncoding: {
    bugType: 'EDGE_CASE',
    description:
      'Characters outside ASCII. The UTF-8 bytes are signed as they are sent, without Unicode normalization.',
    effect: 'Code that uses the platform’s encoding works on one machine and fails on another.',
  },
  TimeEdge: {
    bugType: 'EDGE_CASE',
    description: 'The start or end of a day, a year or a leap day, or digits with leading zeros.',
  },
  TimeZone: {
    bugType: 'EDGE_CASE',
    description:
      'The time is Beijing time, whatever the server’s zone is. This is observed: the document names no zone.',
  },
  TrailingNewline: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'A line feed at the end of a text or signature, as echo and some Base64 encoders add it.',
  },
  Truncated: {
    bugType: 'AUTH_BYPASS',
    description: 'The end is missing.',
    effect: 'Code that compares only the existing part accepts it.',
  },
  UrlEncoding: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'Characters that a URL escapes. The value in the JSON is signed. JSON does not escape Base64.',
  },
  WeakKey: {
    bugType: 'AUTH_BYPASS',
    description:
      'The signature is arithmetically correct, but the key must not be registered: it has 512 bits or the exponent 1 or 2.',
    effect:
      'A modulus of 512 bits can be factored in hours. With the exponent 1, the signature is the block itself. With an even exponent, there is no private key.',
    links: ['https://www.rfc-editor.org/rfc/rfc8017#section-3.1', 'https://eprint.iacr.org/2015/1000'],
  },
  WeekYear: {
    bugType: 'KNOWN_BUG',
    description: 'The last days of December, which belong to the first week of the next year.',
    effect: 'With YYYY instead of yyyy, the year of all requests on these days is one too high.',
  },
  WhiteSpace: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'White space around a value. The value is signed as it is sent, without trimming.',
  },
  WrappedBase64: {
    bugType: 'LEGACY',
    description:
      'Base64 with line ends, as some encoders write it. The bytes are correct, and a carrier that ignores white space accepts them. A phoneNum is signed as it is sent, with its line ends.',
  },
  WrongAlgorithm: {
    bugType: 'WRONG_PRIMITIVE',
    description: 'Another algorithm than in the document, or a part of its output.',
  },
  WrongDigestName: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'The DigestInfo has the correct digest but the name of another algorithm.',
    effect: 'Code that does not compare the name accepts the digest of another algorithm.',
    links: [`${RFC_8017}#section-9.2`],
  },
  WrongEncoding: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'The correct bytes in another encoding. loginTokenValidate and keyType 0 use hex (hex编码). keyType 1 uses Base64, which is observed: the document names no encoding.',
  },
  WrongKey: {
    bugType: 'AUTH_BYPASS',
    description: 'Created with another key than the one that verifies or decrypts it.',
    effect: 'A typical cause is that the two pairs of an app (应用公钥1, 应用公钥2) are swapped.',
  },
  WrongLength: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'Too many or too few characters, digits or bytes. A time has 17 digits (共17位), and a signature has the length of its key.',
    effect: 'Code that compares only the existing part, or only the expected length, accepts it.',
  },
  WrongPadding: {
    bugType: 'WRONG_PRIMITIVE',
    description: 'RSASSA-PSS or RSAES-OAEP instead of PKCS#1 v1.5. They are the default of some libraries.',
    links: [`${RFC_8017}#section-7.2`, `${RFC_8017}#section-8.2`],
  },
  WrongPattern: {
    bugType: 'MODIFIED_PARAMETER',
    description: '17 characters in a pattern that is almost yyyyMMddHHmmssSSS.',
    effect: 'It is correct for much of the day or year.',
  },
  WrongSecret: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'Another secret than the expected one, which is appSecret for loginTokenValidate and appKey for tokenValidate, as the text that the portal shows.',
  },
  WrongText: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'Another text than in the document.',
  },
};
