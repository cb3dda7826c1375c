/** The analysis of a request's phoneNum. Done once for each subject, because a hash needs a search. */

import { digestOfLength, plainName } from '../../../src/protocol/digest.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { fromBase64, fromHex, sha256Hex } from '../../../src/protocol/sign.js';
import { type Loss, lossOf, type ShortHex, shortHex } from '../lost-zeros.js';
import { oncePerSubject, type Subject } from '../subject.js';
import { knownToken } from '../token.js';
import {
  type Ciphertext,
  type Credentials,
  expectedText,
  type PhoneNumCalculation,
  readCalculation,
  readCiphertext,
} from './calculation.js';
import { findCalculation } from './hash-search.js';
import type { PhoneNumMistake } from './mistake-rows.js';

export interface AnalysedPhoneNum {
  readonly phoneNum: string;
  readonly isRsa: boolean;
  /** The token's own number. */
  readonly tokenNumber: string | undefined;
  /** keyType 0: hex that is too short by a few digits. */
  readonly short: ShortHex | undefined;
  readonly ciphertext: Ciphertext | undefined;
  /** keyType 1: the decrypted text; undefined if it was not encrypted with 平台公钥. */
  readonly decrypted: string | undefined;
  /** undefined if no known calculation produces it, or if no search is possible. */
  readonly calculation: PhoneNumCalculation | undefined;
  /** The correct text to hash or encrypt; undefined if the number or the time is unknown. */
  readonly expectedText: string | undefined;
}

/** The code that made the hash too short; undefined if it is not short, or if no known calculation produces it. */
export function lossOfHash({ short, calculation }: AnalysedPhoneNum): Loss | undefined {
  return short && calculation && lossOf(sha256Hex(calculation.text), short);
}

/** The number that the client means: the token's own; or the one that phoneNum was calculated from. */
export function likelyNumber(subject: Subject): string | undefined {
  const number =
    knownToken(subject)?.record.phoneNumber ?? analysePhoneNum(subject)?.calculation?.phoneNumber;
  return number !== undefined && isPhoneNumber(number) ? number : undefined;
}

/** undefined at login, without an app, and without a phoneNum. */
export const analysePhoneNum = oncePerSubject(analyse);

export function isHash(text: string): boolean {
  return /^[0-9A-Fa-f]{64}$/.test(text);
}

function analyse(subject: Subject): AnalysedPhoneNum | undefined {
  const { request, state } = subject;
  if (!('phoneNum' in request) || state.app === undefined) return undefined;
  const { phoneNum = '', sentAt = '' } = request;
  if (phoneNum === '') return undefined;
  const read = readPhoneNum(phoneNum, subject);
  // Without a time in the header, there is nothing to compare with.
  if (sentAt === '') return { ...read, calculation: undefined, expectedText: undefined };
  const { appKey, appSecret } = state.app.settings;
  const credentials = { appKey, appSecret, timestamp: sentAt };
  const calculation = readPlain(read, credentials) ?? readEncoded(read, credentials, subject);
  const number = read.tokenNumber ?? calculation?.phoneNumber;
  const due = number === undefined ? undefined : expectedText(credentials, number);
  return { ...read, calculation, expectedText: due };
}

function readPhoneNum(phoneNum: string, subject: Subject): Read {
  const tokenNumber = knownToken(subject)?.record.phoneNumber;
  if (subject.request.signing !== 'rsa') {
    const short = shortHex(phoneNum, [64]);
    return {
      phoneNum,
      isRsa: false,
      tokenNumber,
      short,
      ciphertext: undefined,
      decrypted: undefined,
    };
  }
  const ciphertext = readCiphertext(phoneNum);
  const decrypted = ciphertext && decryptPkcs1(ciphertext.bytes, subject.state.platformKey);
  return { phoneNum, isRsa: true, tokenNumber, short: undefined, ciphertext, decrypted };
}

type Read = Omit<AnalysedPhoneNum, 'calculation' | 'expectedText'>;

/** Mistakes that matter less if the text is neither hashed nor encrypted. */
const COVERED_BY_PLAIN: readonly PhoneNumMistake[] = [
  'phone.hash-alone',
  'phone.timestamp-missing',
];

/** undefined if the text as it was sent contains no number. */
function readPlain(
  { phoneNum, ciphertext }: Read,
  credentials: Credentials,
): PhoneNumCalculation | undefined {
  const calculation =
    isHash(phoneNum) || ciphertext !== undefined
      ? undefined
      : readCalculation(phoneNum, credentials);
  if (calculation === undefined) return undefined;
  const mistakes = calculation.mistakes.filter((mistake) => !COVERED_BY_PLAIN.includes(mistake));
  return { ...calculation, mistakes: ['phone.plain', ...mistakes] };
}

function readEncoded(
  read: Read,
  credentials: Credentials,
  subject: Subject,
): PhoneNumCalculation | undefined {
  const { isRsa, phoneNum, decrypted } = read;
  if (!isRsa) {
    const hex = digestInBase64(phoneNum)?.toString('hex') ?? phoneNum;
    return searchFor({ ...read, phoneNum: hex }, credentials, subject);
  }
  if (decrypted === undefined) return undefined;
  return readCalculation(decrypted, credentials) ?? encryptedDigest(read, credentials, subject);
}

/** A digest that was sent as Base64 instead of hex. */
export function digestInBase64(phoneNum: string): Buffer | undefined {
  const bytes = fromHex(phoneNum) === undefined ? fromBase64(phoneNum) : undefined;
  return bytes !== undefined && digestOfLength(bytes.length) !== undefined ? bytes : undefined;
}

/** The digest of a number that was encrypted instead of the number. Without a number if no known calculation produces the digest. */
function encryptedDigest(
  read: Read,
  credentials: Credentials,
  subject: Subject,
): PhoneNumCalculation | undefined {
  const { decrypted: text = '' } = read;
  const digest = digestOfLength(fromHex(text)?.length ?? 0);
  if (digest === undefined) return undefined;
  const hashed = searchFor({ ...read, phoneNum: text }, credentials, subject);
  const unknown = { text, phoneNumber: '', time: '', mistakes: [], missing: [] };
  const { algorithm = plainName(digest), mistakes, ...rest } = { ...unknown, ...hashed };
  const others = mistakes.filter((mistake) => mistake !== 'phone.algorithm');
  return { ...rest, algorithm: `RSA(${algorithm})`, mistakes: ['phone.algorithm', ...others] };
}

function searchFor(
  { phoneNum, tokenNumber, short }: Read,
  credentials: Credentials,
  subject: Subject,
): PhoneNumCalculation | undefined {
  const digest = short === undefined ? digestOfLength(fromHex(phoneNum)?.length ?? 0) : 'SHA256';
  if (tokenNumber === undefined || digest === undefined) return undefined;
  const { receivedAtMs, earlier } = subject;
  const earlierTimes = earlier.flatMap(({ sentAt }) => sentAt ?? []);
  const sent = phoneNum.toLowerCase();
  const isSent = (hash: string) =>
    short === undefined ? hash === sent : lossOf(hash, short) !== undefined;
  return findCalculation({
    ...credentials,
    phoneNumber: tokenNumber,
    digest,
    isSent,
    earlierTimes,
    receivedAtMs,
  });
}
