/** What each flag says. `bugType` is one of Wycheproof's; the words of the document are quoted where they decide. */

const RFC_8017 = 'https://www.rfc-editor.org/rfc/rfc8017';

export const NOTES = {
  BadPadding: {
    bugType: 'CONFIDENTIALITY',
    description:
      'The block under the ciphertext is not 00 02, eight bytes or more that are not zero, 00, and the text.',
    effect:
      'Code that takes the padding off with less care gets a text where there is none. Some libraries return random bytes instead of an error, so the text has to be checked in any case; and nobody outside may be told apart a bad padding from a bad text.',
    links: [`${RFC_8017}#section-7.2.2`],
  },
  BadSignaturePadding: {
    bugType: 'AUTH_BYPASS',
    description:
      'The block under the signature is not 00 01, eight bytes or more of FF up to its end, 00, and the DigestInfo.',
    effect:
      'Code that looks for the digest, and not at all that stands before it, takes signatures that anybody can make where the exponent is small.',
    links: [`${RFC_8017}#section-9.2`],
  },
  Basic: {
    bugType: 'BASIC',
    description: 'Nothing special: another message or number.',
  },
  Branch: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'What chooses between the two ways to sign: at login encryptionalgorithm, which is RSA only where it is exactly "RSA"; at verify keyType, which is 1 only where it is exactly "1" (不填或非1、0时按keyType=0处理).',
    effect: 'The request is signed in one way and checked in the other.',
  },
  CountryCode: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'A country code stands before the number. The number is eleven digits.',
    effect: 'The sign is right and the answer is that it is another number, which is charged.',
  },
  DigestInfoForm: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'The DigestInfo says the right thing in a form that is not the one of RFC 8017: with more than its NULL, or with a length in more bytes than DER has.',
    effect: 'A lenient reader leaves room for what nobody signed.',
    links: [`${RFC_8017}#section-9.2`],
  },
  DoubleHash: {
    bugType: 'WRONG_PRIMITIVE',
    description: 'The text was hashed by hand before it was given to an algorithm that hashes.',
  },
  Empty: {
    bugType: 'MISSING_STEP',
    description: 'There is nothing.',
    effect: 'Code that does not look at the length may throw, or take nothing for right.',
  },
  ExtraField: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'More was signed or hashed than the document lists: an optional field, a secret, or the word null.',
  },
  FieldLength: {
    bugType: 'EDGE_CASE',
    description: 'A msgid of the least or the greatest length (1-36位).',
  },
  FieldOrder: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'The right parts in another order. Login has an order of its own; verify has the natural order of the names (自然排序).',
  },
  FixedPoint: {
    bugType: 'EDGE_CASE',
    description:
      'One, the modulus less one, and the same with the modulus added: RSA gives the same number again, whatever the key.',
    links: [`${RFC_8017}#section-8.2.2`, `${RFC_8017}#section-7.2.2`],
  },
  Forged: {
    bugType: 'AUTH_BYPASS',
    description:
      'Made without the private key: with an exponent of 3 the cube root of a block is a signature of it, where the block may hold garbage.',
    effect: 'Whoever has the public key signs for the app.',
    links: ['https://nvd.nist.gov/vuln/detail/CVE-2006-4339', 'https://nvd.nist.gov/vuln/detail/CVE-2014-1568'],
  },
  FormattedNumber: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'The number was hashed or encrypted as people write it. It is eleven ASCII digits.',
    effect: 'The sign is right and the answer is that it is another number, which is charged.',
  },
  Garbage: {
    bugType: 'AUTH_BYPASS',
    description:
      'The block under the signature has bytes that belong to nothing: behind the digest, inside of the DigestInfo, in the place of its NULL.',
    effect: 'Where garbage is passed over, signatures can be forged if the exponent is small.',
    links: ['https://nvd.nist.gov/vuln/detail/CVE-2006-4339', 'https://nvd.nist.gov/vuln/detail/CVE-2014-1568'],
  },
  HexCase: {
    bugType: 'LEGACY',
    description:
      'Hex in lower or in mixed case. The document says upper case for MD5, SHA-256 and HMACSHA256 (大写字母), and nothing for RSA. Where the sign is right but for its case it is acceptable: login is known to take it, verify is not. Where a phoneNum was signed in another case than it is sent, the sign is wrong.',
  },
  JsonEscape: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'A value with characters that JSON escapes. The value is signed, not its text in the JSON.',
  },
  JsonNumber: {
    bugType: 'LEGACY',
    description: 'A number where the document has a String (参数类型都是String). A public client sends keyType so.',
  },
  KeySize: {
    bugType: 'FUNCTIONALITY',
    description: 'A key of 2048 bits. The document says 1024 at verify (位数1024) and nothing at login.',
    effect: 'Code with buffers or checks for one length fails.',
  },
  LeadingZero: {
    bugType: 'EDGE_CASE',
    description:
      'A digest, signature or ciphertext whose first digit or byte is zero: as it should be, or with zeros lost, as BigInteger.toString(16) and Integer.toHexString lose them. A ciphertext that is a byte short is acceptable: RFC 8017 refuses it, OpenSSL and Java take it. A signature that is a byte short they all refuse.',
    effect:
      'Where a number is written in the place of bytes, one request in 16 or in 256 fails, for no reason that anybody sees.',
    links: [`${RFC_8017}#section-4.1`, `${RFC_8017}#section-7.2.2`, `${RFC_8017}#section-8.2.2`],
  },
  LookAlike: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'Characters that are no hex digits and look like them, or become them: full-width digits; the ligature U+FB00, which is FF in upper case.',
    effect: 'Code that turns the sign into upper case before it compares takes another text for it.',
    links: ['https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt'],
  },
  Malleable: {
    bugType: 'SIGNATURE_MALLEABILITY',
    description:
      'The same number in another form: a zero byte before it, or the modulus added. It has to be as long as the key and less than the modulus.',
    links: [`${RFC_8017}#section-8.2.2`, `${RFC_8017}#section-7.2.2`],
  },
  MissingField: {
    bugType: 'MISSING_STEP',
    description: 'A part was left out.',
  },
  MissingNull: {
    bugType: 'LEGACY',
    description:
      'The DigestInfo has no NULL behind the identifier of the digest. RFC 8017 has one, and OpenSSL refuses it without; the JDK takes both.',
    links: [`${RFC_8017}#section-9.2`],
  },
  MissingSecret: {
    bugType: 'MISSING_STEP',
    description: 'The text was hashed without a secret.',
    effect: 'Anybody could have made the sign.',
  },
  NoDigestInfo: {
    bugType: 'MISSING_STEP',
    description:
      'The digest was put under the private key as it is, as low-level "encrypt with the private key" calls do. A signature holds the name of the digest as well (DigestInfo).',
    links: [`${RFC_8017}#section-9.2`],
  },
  NoHash: {
    bugType: 'MISSING_STEP',
    description:
      'The text itself was put under the private key, in blocks where it is longer than one. The document speaks of encrypting (私钥进行加密), and means the signature algorithm that it names.',
    links: [`${RFC_8017}#section-8.2`],
  },
  NotADate: {
    bugType: 'LEGACY',
    description:
      'A time of 17 digits that is no date. A public client sends it. The sign is right; whether the time is taken is the carrier’s affair.',
  },
  NotANumber: {
    bugType: 'CONFIDENTIALITY',
    description: 'It decrypts, to something that is no number: eleven ASCII digits that begin with 1.',
    effect: 'A user would be signed in under a number that nobody has.',
  },
  NotEncrypted: {
    bugType: 'MISSING_STEP',
    description: 'The number as it is, where its hash or ciphertext is due.',
    effect: 'The number goes over the wire, and into the logs, in the clear.',
  },
  NotSigned: {
    bugType: 'BASIC',
    description: 'Fields that take no part in the sign, absent, empty or filled.',
  },
  PaddingEdge: {
    bugType: 'EDGE_CASE',
    description: 'A padding that is allowed and looks like none: one byte over and over.',
  },
  Precision: {
    bugType: 'KNOWN_BUG',
    description: 'The 17 digits went through a double, which holds 15 to 17 of them: the last ones changed.',
    effect: 'Signs fail for some milliseconds only.',
  },
  Separator: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'Something stands between the parts. The + of the document means that they are joined (“+”号为合并意思，不包含在被加密的字符串中).',
  },
  StaleField: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'A value was signed, hashed or encrypted that is not the one that is sent.',
    effect: 'Typical where the time is asked for twice.',
  },
  Tampered: {
    bugType: 'AUTH_BYPASS',
    description: 'Bytes or digits that nobody signed or encrypted.',
    effect: 'A check that accepts it checks nothing.',
  },
  TextEncoding: {
    bugType: 'EDGE_CASE',
    description: 'Characters beyond ASCII. The bytes of the UTF-8 are signed, as they are sent, and not composed anew.',
    effect: 'Code that takes the encoding of its platform works on one machine and not on another.',
  },
  TimeEdge: {
    bugType: 'EDGE_CASE',
    description: 'The end or the beginning of a day, a year or a leap day, or digits that need their zeros.',
  },
  TimeZone: {
    bugType: 'EDGE_CASE',
    description: 'The time is Beijing’s (observed; the document does not name a zone), whatever the server’s zone.',
  },
  TrailingNewline: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'A line feed at the end of a text or of a sign, as echo and some Base64 encoders leave it.',
  },
  Truncated: {
    bugType: 'AUTH_BYPASS',
    description: 'The end is missing.',
    effect: 'A check that compares only what is there accepts it.',
  },
  UrlEncoding: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'Characters that a URL escapes. What is signed is the value as it stands in the JSON; Base64 travels in JSON as it is.',
  },
  WeakKey: {
    bugType: 'AUTH_BYPASS',
    description:
      'The sign is right by the arithmetic, and the key is not one to register: of 512 bits, or with an exponent of 1 or 2.',
    effect:
      'A modulus of 512 bits can be factored in hours; with an exponent of 1 the signature is the block itself, and with an even one there is no private half.',
    links: ['https://www.rfc-editor.org/rfc/rfc8017#section-3.1', 'https://eprint.iacr.org/2015/1000'],
  },
  WeekYear: {
    bugType: 'KNOWN_BUG',
    description: 'The last days of December, which belong to the first week of the next year.',
    effect: 'With YYYY for yyyy every request of those days is a year ahead.',
  },
  WhiteSpace: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'White space around a value. What is sent is signed, and nothing is trimmed.',
  },
  WrappedBase64: {
    bugType: 'LEGACY',
    description:
      'Base64 with line ends, which some encoders make. The right bytes; a carrier that drops white space takes them. A phoneNum is signed as it is sent, line ends included.',
  },
  WrongAlgorithm: {
    bugType: 'WRONG_PRIMITIVE',
    description: 'Another algorithm than the document names, or a part of its output.',
  },
  WrongDigestName: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'The DigestInfo holds the right digest under the name of another algorithm.',
    effect: 'A check that does not compare the name takes one digest for another.',
    links: [`${RFC_8017}#section-9.2`],
  },
  WrongEncoding: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'The right bytes in another writing. Hex at login and with keyType 0 (hex编码); Base64 with keyType 1 (observed; the document names none).',
  },
  WrongKey: {
    bugType: 'AUTH_BYPASS',
    description: 'Made with another key than the one that checks or opens it.',
    effect: 'Typical where the two pairs of an app (应用公钥1, 应用公钥2) are in each other’s place.',
  },
  WrongLength: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'More or fewer characters, digits or bytes than there have to be: a time has 17 (共17位), a signature is as long as its key.',
    effect: 'A check that compares only what is there, or only as much as is due, accepts it.',
  },
  WrongPadding: {
    bugType: 'WRONG_PRIMITIVE',
    description: 'RSASSA-PSS or RSAES-OAEP, where PKCS#1 v1.5 is due. Some libraries have these as their default.',
    links: [`${RFC_8017}#section-7.2`, `${RFC_8017}#section-8.2`],
  },
  WrongPattern: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'Seventeen characters, of a pattern that is nearly yyyyMMddHHmmssSSS.',
    effect: 'Right for much of the day or of the year.',
  },
  WrongSecret: {
    bugType: 'MODIFIED_PARAMETER',
    description:
      'Another secret than the one that is due: appSecret at login, appKey at verify, each as the text that the portal shows.',
  },
  WrongText: {
    bugType: 'MODIFIED_PARAMETER',
    description: 'Another text than the document says.',
  },
};
