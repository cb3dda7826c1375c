/** The bounded search for known mistakes that reproduce the received signature. */
import { type DigestName, digestHex, hmacHex, plainName } from '../../../src/protocol/digest.js';
import { lossOf } from '../lost-zeros.js';
import type { Subject } from '../subject.js';
import {
  type ExpectedSigning,
  methodMistakes,
  recipeMistakes,
  type SigningMethod,
  type SignMistake,
} from './mistakes.js';
import { digestIn, type Received, readSign, SHORT_MD5_BYTES } from './received.js';
import { type Recipe, textOf } from './recipe.js';
import { allRecipes } from './recipes.js';
import { type Opened, openByAny } from './rsa.js';
import { type SearchInput, searchInputOf } from './search-input.js';

/** A tenth of a second. A body of documented fields needs up to 29 000. */
export const CANDIDATES_MAX = 30_000;
// A candidate with a long text counts as several, so that a long token does not make the search slow.
const CHARACTERS_PER_CANDIDATE = 512;

export interface SignSearch {
  /** False if there is no signature, or if the app is unknown. */
  readonly searched: boolean;
  /** Whether the signature has the format of a digest or an RSA signature; nothing else can be searched. */
  readonly wellFormed: boolean;
  /** An RSA signature shows its key and algorithm even if its text was not found. */
  readonly mistakes: readonly SignMistake[];
  /** The recipe that produces the signature. Without mistakes, the signature is correct. */
  readonly recipe: Recipe | undefined;
  readonly candidates: number;
  /** False if the search reached its bound. */
  readonly complete: boolean;
}

const searches = new WeakMap<
  Subject['request'],
  { readonly of: Subject; readonly search: SignSearch }
>();
/** What a search reads of a subject, besides its request. */
const READ = [
  'state',
  'exchange',
  'earlier',
  'otherApps',
  'signedByClient',
  'signSecretUnknown',
] as const;

/** Searches once: all findings about a signature share the result, and so do the copies of a subject. */
export function searchSign(subject: Subject): SignSearch {
  const known = searches.get(subject.request);
  if (known !== undefined && READ.every((name) => known.of[name] === subject[name]))
    return known.search;
  const search = runSearch(subject);
  searches.set(subject.request, { of: subject, search });
  return search;
}

function runSearch(subject: Subject): SignSearch {
  const { request, state, draft, signedByClient } = subject;
  const { sign = '' } = request;
  const nothing = {
    wellFormed: false,
    mistakes: [],
    recipe: undefined,
    candidates: 0,
    complete: true,
  };
  if (sign === '' || state.app === undefined || draft.json === undefined || signedByClient === true)
    return { searched: false, ...nothing };
  const received = readSign(sign);
  if (received === undefined) return { searched: true, ...nothing };
  const digest = digestIn(received);
  const input = searchInputOf(subject, {
    app: state.app,
    family: digest === undefined ? 'rsa' : 'hash',
  });
  const attempt =
    digest === undefined
      ? rsaAttempt(received, subject, input)
      : digestAttempt(received, digest, { subject, input });
  return { searched: true, wellFormed: received.short === undefined, ...search(input, attempt) };
}

interface Attempt {
  /** The method of the signature, if this recipe with this text produces it. undefined if no search is possible. */
  readonly methodOf: ((recipe: Recipe, text: string) => SigningMethod | undefined) | undefined;
  /** What the signature shows even if no recipe produces it. */
  readonly visible: readonly SignMistake[];
  /** The candidates that were tried before. */
  readonly tried: number;
}

type Found = Pick<SignSearch, 'mistakes' | 'recipe' | 'candidates' | 'complete'>;

function search(input: SearchInput, { methodOf, visible, tried }: Attempt): Found {
  const notFound = { mistakes: visible, recipe: undefined };
  let candidates = tried;
  if (methodOf === undefined) return { ...notFound, candidates, complete: true };
  for (const recipe of allRecipes(input)) {
    const text = textOf(recipe);
    const cost = 1 + Math.floor(text.length / CHARACTERS_PER_CANDIDATE);
    if (candidates + cost > CANDIDATES_MAX) return { ...notFound, candidates, complete: false };
    candidates += cost;
    const method = methodOf(recipe, text);
    if (method !== undefined) {
      const mistakes = [
        ...methodMistakes(method, input.expected),
        ...recipeMistakes(recipe, input),
      ];
      return { mistakes, recipe, candidates, complete: true };
    }
  }
  return { ...notFound, candidates, complete: true };
}

function digestAttempt(
  received: Received,
  digest: DigestName,
  { subject, input: { expected } }: { readonly subject: Subject; readonly input: SearchInput },
): Attempt {
  const { short } = received;
  const isHalf = isHalfOfMd5(received);
  const isReceived = receivedCheck(received);
  const methodOf: Attempt['methodOf'] = (recipe, text) => {
    const hex = digestOf(digest, recipe, text);
    if (!isReceived(hex)) return undefined;
    const isPlain = recipe.key === undefined;
    const name = isPlain ? plainName(digest) : `HMAC${digest}`;
    return {
      algorithm: isHalf ? { en: `16-character ${name}`, zh: `16 位 ${name}` } : name,
      received,
      loss: short && lossOf(hex, short),
      dueKey: isPlain ? keyOfHmac(expected) : undefined,
    };
  };
  // Without the secret, no recipe reproduces the signature, but its encoding is visible.
  const isVisible = subject.signSecretUnknown === true && short === undefined && !isHalf;
  const { algorithm } = expected;
  const isDue = isVisible && algorithm.endsWith(digest);
  return {
    methodOf,
    visible: isDue ? methodMistakes({ algorithm, received }, expected) : [],
    tried: 0,
  };
}

function isHalfOfMd5({ bytes }: Received): boolean {
  return bytes.length === SHORT_MD5_BYTES;
}

/** Whether a digest in hex is the received one. */
function receivedCheck(received: Received): (hex: string) => boolean {
  const { bytes, short } = received;
  if (short !== undefined) return (hex) => lossOf(hex, short) !== undefined;
  const receivedHex = bytes.toString('hex');
  return isHalfOfMd5(received)
    ? (hex) => hex.slice(8, 24) === receivedHex
    : (hex) => hex === receivedHex;
}

/** undefined if the expected algorithm takes no key. */
function keyOfHmac({ algorithm, texts }: ExpectedSigning): string | undefined {
  return algorithm.startsWith('HMAC')
    ? texts.find(({ secret }) => secret?.where === 'key')?.secret?.name
    : undefined;
}

/** Each key counts as a candidate. */
function rsaAttempt(received: Received, subject: Subject, { expected }: SearchInput): Attempt {
  const { bytes, short } = received;
  const { openings, keysTried: tried } = openByAny(bytes, subject);
  const [first] = openings;
  if (first === undefined) return { methodOf: undefined, visible: [], tried };
  const loss = short && lossOf(bytes.toString('hex'), short);
  const methodBy = ({ algorithm, signingKey }: Opened) => ({
    algorithm,
    signingKey,
    received,
    loss,
  });
  // All openings in one pass: a wrong one alone would use up the budget.
  const methodOf: Attempt['methodOf'] = (recipe, text) => {
    const signed = bytesOf(recipe, text);
    const opened = openings.find(({ content, contentOf }) => contentOf(signed) === content);
    return opened && methodBy(opened);
  };
  // With an unknown text, the wrong encoding alone does not explain the refusal.
  const visible = methodMistakes(methodBy(first), expected).filter(
    ({ id }) => id !== 'sign.encoding',
  );
  return { methodOf, visible, tried };
}

function digestOf(digest: DigestName, recipe: Recipe, text: string): string {
  const { key, keyCharset } = recipe;
  const bytes = bytesOf(recipe, text);
  if (key === undefined) return digestHex(digest, bytes);
  return hmacHex(digest, { text: bytes, key: keyCharset?.encode(key.value) ?? key.value });
}

function bytesOf({ charset }: Recipe, text: string): string | Uint8Array {
  return charset?.encode(text) ?? text;
}
