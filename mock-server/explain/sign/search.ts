/** The bounded search for known mistakes that reproduce the received signature. */
import {
  type DigestName,
  digestHex,
  hmacBy,
  hmacHex,
  plainName,
} from '../../../src/protocol/digest.js';
import { lossOf } from '../lost-zeros.js';
import type { Subject } from '../subject.js';
import { candidatesOf } from './candidates.js';
import {
  type ExpectedSigning,
  methodMistakes,
  recipeMistakes,
  type SigningMethod,
  type SignMistake,
} from './mistakes.js';
import { digestIn, type Received, readSign, SHORT_MD5_BYTES } from './received.js';
import type { Recipe, RecipePart } from './recipe.js';
import { type Opened, openByAny } from './rsa.js';
import { type SearchInput, searchInputOf } from './search-input.js';

/** A tenth of a second. A body of documented fields needs up to 25 000. */
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
  // A copy that is not searched has the same request.
  if (search.searched) searches.set(subject.request, { of: subject, search });
  return search;
}

const NOTHING_FOUND = {
  wellFormed: false,
  mistakes: [],
  recipe: undefined,
  candidates: 0,
  complete: true,
} as const;

function runSearch(subject: Subject): SignSearch {
  const { request, state, draft, signedByClient } = subject;
  const { sign = '' } = request;
  const isSigned = sign !== '' && draft.json !== undefined && signedByClient !== true;
  if (!isSigned || state.app === undefined) return { searched: false, ...NOTHING_FOUND };
  const received = readSign(sign);
  if (received === undefined) return { searched: true, ...NOTHING_FOUND };
  const digest = digestIn(received);
  const family = digest === undefined ? 'rsa' : 'hash';
  const input = searchInputOf(subject, { app: state.app, family });
  const attempt =
    digest === undefined
      ? rsaAttempt(received, subject, input)
      : digestAttempt({ received, digest }, subject, input);
  return { searched: true, wellFormed: received.short === undefined, ...search(input, attempt) };
}

type MethodOf = (text: string) => SigningMethod | undefined;

interface Attempt {
  /** Returns the method of the signature, if a text, signed as in the recipe, produces it. undefined if no search is possible. */
  readonly methodBy: ((recipe: Recipe) => MethodOf) | undefined;
  /** What the signature shows even if no recipe produces it. */
  readonly visible: readonly SignMistake[];
  /** The candidates that were tried before. */
  readonly tried: number;
}

type Found = Pick<SignSearch, 'mistakes' | 'recipe' | 'candidates' | 'complete'>;

function search(input: SearchInput, attempt: Attempt): Found {
  let candidates = attempt.tried;
  if (attempt.methodBy === undefined) return notFound(attempt, candidates);
  for (const { like, texts, recipeAt } of candidatesOf(input)) {
    const methodOf = attempt.methodBy(like);
    for (const [at, text] of texts.entries()) {
      const cost = 1 + Math.floor(text.length / CHARACTERS_PER_CANDIDATE);
      if (candidates + cost > CANDIDATES_MAX)
        return { ...notFound(attempt, candidates), complete: false };
      candidates += cost;
      const method = methodOf(text);
      if (method === undefined) continue;
      const found = recipeAt(at);
      const mistakes = [...methodMistakes(method, input.expected), ...recipeMistakes(found, input)];
      return { mistakes, recipe: found.made, candidates, complete: true };
    }
  }
  return notFound(attempt, candidates);
}

function notFound({ visible }: Attempt, candidates: number): Found {
  return { mistakes: visible, recipe: undefined, candidates, complete: true };
}

interface ReceivedDigest {
  readonly received: Received;
  readonly digest: DigestName;
}

function digestAttempt(sent: ReceivedDigest, subject: Subject, { expected }: SearchInput): Attempt {
  const isReceived = receivedCheck(sent.received);
  const digestBy = digestsOf(sent.digest);
  return {
    methodBy: (recipe) => {
      const digestOf = digestBy(recipe);
      return (text) => {
        const hex = digestOf(text);
        return isReceived(hex) ? digestMethod(sent, hex, { recipe, expected }) : undefined;
      };
    },
    visible: visibleInDigest(sent, subject, expected),
    tried: 0,
  };
}

function digestMethod(
  { received, digest }: ReceivedDigest,
  hex: string,
  { recipe, expected }: { readonly recipe: Recipe; readonly expected: ExpectedSigning },
): SigningMethod {
  const isPlain = recipe.key === undefined;
  const name = isPlain ? plainName(digest) : `HMAC${digest}`;
  const half = { en: `16-character ${name}`, zh: `16 位 ${name}` };
  return {
    algorithm: isHalfOfMd5(received) ? half : name,
    received,
    loss: received.short && lossOf(hex, received.short),
    dueKey: isPlain ? expected.hmacKey : undefined,
  };
}

/** Without the secret, no recipe reproduces the signature, but its encoding is visible. */
function visibleInDigest(
  { received, digest }: ReceivedDigest,
  { signSecretUnknown }: Subject,
  expected: ExpectedSigning,
): readonly SignMistake[] {
  const isWhole = received.short === undefined && !isHalfOfMd5(received);
  if (signSecretUnknown !== true || !isWhole || digest !== expected.digest) return [];
  return methodMistakes({ algorithm: expected.algorithm, received }, expected);
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

/** Each key counts as a candidate. */
function rsaAttempt(received: Received, subject: Subject, { expected }: SearchInput): Attempt {
  const { bytes, short } = received;
  const { openings, keysTried: tried } = openByAny(bytes, subject);
  const [first] = openings;
  if (first === undefined) return { methodBy: undefined, visible: [], tried };
  const loss = short && lossOf(bytes.toString('hex'), short);
  const methodOf = ({ algorithm, signingKey }: Opened) => ({
    algorithm,
    signingKey,
    received,
    loss,
  });
  // All openings in one pass: a wrong one alone would use up the budget.
  const methodBy = (recipe: Recipe) => (text: string) => {
    const signed = bytesOf(recipe, text);
    const opened = openings.find(({ content, contentOf }) => contentOf(signed) === content);
    return opened && methodOf(opened);
  };
  // With an unknown text, the wrong encoding alone does not explain the refusal.
  const visible = methodMistakes(methodOf(first), expected).filter(
    ({ id }) => id !== 'sign.encoding',
  );
  return { methodBy, visible, tried };
}

/** Prepares each key of an HMAC once. */
function digestsOf(name: DigestName): (recipe: Recipe) => (text: string) => string {
  const prepared = new Map<string, ReturnType<typeof hmacBy>>();
  const hmacOf = ({ value }: RecipePart) => {
    const hmac = prepared.get(value) ?? hmacBy(name, value);
    prepared.set(value, hmac);
    return hmac;
  };
  return (recipe) => {
    const { key, keyCharset } = recipe;
    if (key === undefined) return (text) => digestHex(name, bytesOf(recipe, text));
    const encoded = keyCharset?.encode(key.value);
    if (encoded !== undefined)
      return (text) => hmacHex(name, { text: bytesOf(recipe, text), key: encoded });
    const hmac = hmacOf(key);
    return (text) => hmac(bytesOf(recipe, text));
  };
}

function bytesOf({ charset, digested }: Recipe, text: string): string | Uint8Array {
  return charset?.encode(text) ?? digested?.digest(text) ?? text;
}
