/** What can be told of a request's phoneNum: worked out once for a subject, since a hash takes a search. */
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import { sha256Hex } from '../../../src/protocol/sign.js';
import type { App } from '../../carrier/engine/app-settings.js';
import type { TokenValidateRequest } from '../../carrier/engine/request.js';
import { type Loss, lossOf, type ShortHex, shortHex } from '../lost-zeros.js';
import type { Subject } from '../subject.js';
import { knownToken } from '../token/presented-token.js';
import { type Ciphertext, readCiphertext, readRecipe } from './ciphertext.js';
import { findRecipe } from './hash-search.js';
import { type Credentials, dueText, type Made } from './recipe.js';

export interface SeenPhoneNum {
  readonly phoneNum: string;
  readonly keyType: TokenValidateRequest['keyType'];
  /** The token's own number. */
  readonly tokensNumber: string | undefined;
  /** keyType 0: hex that is too short by a few digits. */
  readonly short: ShortHex | undefined;
  readonly ciphertext: Ciphertext | undefined;
  /** keyType 1: what was encrypted; undefined where 平台公钥 did not encrypt it. */
  readonly decrypted: string | undefined;
  /** undefined where no known recipe gives it, or where one cannot be looked for. */
  readonly made: Made | undefined;
  /** What it has to be made of; undefined where the number or the time is not known. */
  readonly due: string | undefined;
}

/** What made the hash too short; undefined where it is not, or where no known recipe gives it. */
export function lossOfHash({ short, made }: SeenPhoneNum): Loss | undefined {
  return short && made && lossOf(sha256Hex(made.text), short);
}

const HASH = /^[0-9A-Fa-f]{64}$/;
const HASH_DIGITS = 64;
const seen = new WeakMap<Subject, SeenPhoneNum | undefined>();

/** undefined at login, without an app, and where none was sent. */
export function seePhoneNum(subject: Subject): SeenPhoneNum | undefined {
  if (!seen.has(subject)) seen.set(subject, look(subject));
  return seen.get(subject);
}

export function isHash(text: string): boolean {
  return HASH.test(text);
}

function look(subject: Subject): SeenPhoneNum | undefined {
  const { request, state } = subject;
  if (!('phoneNum' in request) || state.app === undefined) return undefined;
  const { phoneNum = '', keyType } = request;
  if (phoneNum === '') return undefined;
  const tokensNumber = knownToken(subject)?.record.phoneNumber;
  const ciphertext = keyType === 'rsa' ? readCiphertext(phoneNum) : undefined;
  const decrypted = ciphertext && decryptPkcs1(ciphertext.bytes, state.platformKey);
  const short = keyType === 'rsa' ? undefined : shortHex(phoneNum, [HASH_DIGITS]);
  const read = { phoneNum, keyType, tokensNumber, short, ciphertext, decrypted };
  const credentials = credentialsOf(request, state.app);
  if (credentials === undefined) return { ...read, made: undefined, due: undefined };
  const made = keyType === 'rsa' ? readBack(read, credentials) : searchFor(read, credentials, subject);
  const phoneNumber = tokensNumber ?? made?.phoneNumber;
  return { ...read, made, due: phoneNumber === undefined ? undefined : dueText(credentials, phoneNumber) };
}

type Read = Omit<SeenPhoneNum, 'made' | 'due'>;

function readBack({ decrypted }: Read, credentials: Credentials): Made | undefined {
  return decrypted === undefined ? undefined : readRecipe(decrypted, credentials);
}

function searchFor(
  { phoneNum, tokensNumber, short }: Read,
  credentials: Credentials,
  subject: Subject,
): Made | undefined {
  if (tokensNumber === undefined || !(isHash(phoneNum) || short !== undefined)) return undefined;
  const { receivedAtMs, earlier } = subject;
  const earlierTimes = earlier.flatMap(({ sentAt }) => sentAt ?? []);
  const sent = phoneNum.toUpperCase();
  const isSent = (hash: string) => (short === undefined ? hash === sent : lossOf(hash, short) !== undefined);
  return findRecipe({ ...credentials, phoneNumber: tokensNumber, isSent, earlierTimes, receivedAtMs });
}

/** undefined without a time in the header: nothing can be compared with it. */
function credentialsOf({ sentAt = '' }: TokenValidateRequest, { settings }: App): Credentials | undefined {
  const { appKey, appSecret } = settings;
  return sentAt === '' ? undefined : { appKey, appSecret, timestamp: sentAt };
}
