/** keyType 0: searches for the calculation of the hash. A hash cannot be reversed, so the search tries the known mistakes. */
import { type DigestName, digestHex, hmacHex, plainName } from '../../../src/protocol/digest.js';
import { otherTimes, waysToWriteTime } from '../other-times.js';
import {
  type Credentials,
  masked,
  type PhoneNumCalculation,
  type PhoneNumParts,
  toCalculation,
} from './calculation.js';

export interface HashSearch extends Credentials {
  readonly phoneNumber: string;
  /** The digest algorithm, by the length of what was sent. */
  readonly digest: DigestName;
  /** Whether this hash, in lower-case hex, was sent. */
  readonly isSent: (hash: string) => boolean;
  /** The times of earlier requests: a phoneNum that is calculated once and reused contains one of them. */
  readonly earlierTimes: readonly string[];
  /** The time of arrival, by the server's own clock. The header may have a frozen time while the hash has the current one. */
  readonly receivedAtMs: number;
}

// About fifteen milliseconds of hashing.
const CANDIDATES_MAX = 10_000;
// A candidate with a long text counts as several, so that a timestamp of 64 KiB does not make the search slow.
const CHARACTERS_PER_CANDIDATE = 1024;
// One line of code rarely has more than two mistakes at once.
const MISTAKES_MAX = 2;

const PREFIXES = ['', '+86', '86', '0086', '+86 ', '+86-', '86 ', '86-', '0086 ', '0086-'] as const;
const GROUPS = /^(.{3})(.{4})(.{4})$/;

export function findCalculation(search: HashSearch): PhoneNumCalculation | undefined {
  const { digest, isSent } = search;
  let remaining = CANDIDATES_MAX;
  for (const parts of candidates(search)) {
    remaining -= 1 + Math.floor(parts.text.length / CHARACTERS_PER_CANDIDATE);
    if (remaining < 0) return undefined;
    if (!isSent(hashed(parts, digest))) continue;
    const { keyed = false } = parts;
    const calculation = toCalculation(parts, search);
    if (digest === 'SHA256' && !keyed) return calculation;
    const algorithm = keyed ? `HMAC${digest}` : plainName(digest);
    // The length of the hash shows the algorithm, so it does not count towards MISTAKES_MAX.
    return { ...calculation, algorithm, mistakes: ['phone.algorithm', ...calculation.mistakes] };
  }
  return undefined;
}

function hashed({ text, keyed, secret }: PhoneNumParts, digest: DigestName): string {
  return keyed === true ? hmacHex(digest, { text, key: secret }) : digestHex(digest, text);
}

function* candidates(search: HashSearch): Generator<PhoneNumParts> {
  yield* mistakenParts(search);
  yield* maskedParts(search);
  yield* keyedParts(search);
  yield* atOtherTimes(search);
}

/** An HMAC with the secret as its key, as for the signature. */
function* keyedParts({
  appKey,
  appSecret,
  phoneNumber,
  timestamp,
}: HashSearch): Generator<PhoneNumParts> {
  const written = { prefix: '', digits: phoneNumber };
  for (const secret of [appKey, appSecret]) {
    for (const time of [timestamp, '']) {
      for (const text of [phoneNumber + time, time + phoneNumber, phoneNumber + secret + time]) {
        yield { text, phoneNumber, written, secret, keyed: true, time };
      }
    }
  }
}

/** Each part correct or mistaken, in each order, with at most two mistakes at once. */
function* mistakenParts(search: HashSearch): Generator<PhoneNumParts> {
  const { appKey, appSecret, phoneNumber } = search;
  for (const written of waysToWrite(phoneNumber)) {
    for (const secret of [appKey, appSecret, '']) {
      for (const time of waysToWriteTime(search.timestamp)) {
        const parts = joined({ phoneNumber, written, secret, time });
        yield* parts.filter((each) => toCalculation(each, search).mistakes.length <= MISTAKES_MAX);
      }
    }
  }
}

/** A number as a page shows it. */
function* maskedParts({
  appKey,
  appSecret,
  phoneNumber: complete,
  timestamp,
}: HashSearch): Generator<PhoneNumParts> {
  const phoneNumber = masked(complete);
  const written = { prefix: '', digits: phoneNumber };
  for (const secret of [appKey, appSecret, '']) {
    for (const time of [timestamp, '']) yield* joined({ phoneNumber, written, secret, time });
  }
}

function waysToWrite(phoneNumber: string): readonly PhoneNumParts['written'][] {
  const spellings = [
    phoneNumber,
    phoneNumber.replace(GROUPS, '$1 $2 $3'),
    phoneNumber.replace(GROUPS, '$1-$2-$3'),
    ` ${phoneNumber}`,
    `${phoneNumber} `,
  ];
  return spellings.flatMap((digits) => PREFIXES.map((prefix) => ({ prefix, digits })));
}

/** The document's order first. */
function joined({
  phoneNumber,
  written,
  secret,
  time,
}: Omit<PhoneNumParts, 'text'>): readonly PhoneNumParts[] {
  const number = written.prefix + written.digits;
  const texts = [
    number + secret + time,
    number + time + secret,
    secret + number + time,
    secret + time + number,
    time + number + secret,
    time + secret + number,
  ];
  return texts.map((text) => ({ text, phoneNumber, written, secret, time }));
}

/** The correct calculation with another time, the most likely first. */
function* atOtherTimes(search: HashSearch): Generator<PhoneNumParts> {
  const { phoneNumber, appKey, earlierTimes } = search;
  const at = (time: string): PhoneNumParts => ({
    text: phoneNumber + appKey + time,
    phoneNumber,
    written: { prefix: '', digits: phoneNumber },
    secret: appKey,
    time,
  });
  for (const time of new Set(earlierTimes)) yield at(time);
  for (const time of otherTimes(search)) yield at(time);
}
