/** The bounded search for known mistakes that reproduce the received signature. */
import { type DigestName, digestHex, digestOfLength, hmacHex, plainName } from '../../../src/protocol/digest.js';
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
import { keysToTry, type Opened, open } from './rsa.js';
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
  /** Whether a recipe was found that produces the signature. Without mistakes, the signature is correct. */
  readonly reproduced: boolean;
  /** An RSA signature shows its key and algorithm even if its text was not found. */
  readonly mistakes: readonly SignMistake[];
  /** The text that reproduces the signature. */
  readonly text: string | undefined;
  /** The recipe of that text. */
  readonly recipe: Recipe | undefined;
  readonly candidates: number;
  /** False if the search reached its bound. */
  readonly complete: boolean;
}

const searches = new WeakMap<Subject['request'], { readonly of: Subject; readonly search: SignSearch }>();
/** What a search reads of a subject, besides its request. */
const READ = ['state', 'exchange', 'earlier', 'otherApps', 'signedByClient', 'signSecretUnknown'] as const;

/** Searches once: all findings about a signature share the result, and so do the copies of a subject. */
export function searchSign(subject: Subject): SignSearch {
  const known = searches.get(subject.request);
  if (known !== undefined && READ.every((name) => known.of[name] === subject[name])) return known.search;
  const search = runSearch(subject);
  searches.set(subject.request, { of: subject, search });
  return search;
}

function runSearch(subject: Subject): SignSearch {
  const tally: Tally = { candidates: 0, complete: true };
  const { sign = '' } = subject.request;
  const isReadable = subject.draft.json !== undefined && subject.signedByClient !== true;
  const input = sign === '' || !isReadable ? undefined : searchInputOf(subject);
  if (input === undefined) return { searched: false, wellFormed: false, ...NOT_FOUND, ...tally };
  const received = readSign(sign);
  const found = received === undefined ? NOT_FOUND : explain(received, { subject, input, tally });
  const shown = received === undefined || found.reproduced ? [] : mistakesWithoutSecret(received, { subject, input });
  const wellFormed = received !== undefined && received.short === undefined;
  return { searched: true, wellFormed, ...found, mistakes: [...found.mistakes, ...shown], ...tally };
}

/** Without the secret, no recipe reproduces the signature, but its encoding is visible. */
function mistakesWithoutSecret(
  received: Received,
  { subject, input }: Omit<SearchContext, 'tally'>,
): readonly SignMistake[] {
  const expected = input.expected('hash');
  const algorithm = digestOfLength(received.bytes.length);
  if (subject.signSecretUnknown !== true || received.short !== undefined) return [];
  if (algorithm === undefined || !expected.algorithm.endsWith(algorithm)) return [];
  return methodMistakes(
    { family: 'hash', algorithm: expected.algorithm, signingKey: undefined, received, loss: undefined },
    expected,
  );
}

interface Tally {
  candidates: number;
  complete: boolean;
}

/** Whether the bound allows one more candidate, which is then counted. */
function spendBudget(tally: Tally, cost: number): boolean {
  tally.complete = tally.complete && tally.candidates + cost <= CANDIDATES_MAX;
  if (tally.complete) tally.candidates += cost;
  return tally.complete;
}

interface SearchContext {
  readonly subject: Subject;
  readonly input: SearchInput;
  readonly tally: Tally;
}

type SignExplanation = Pick<SignSearch, 'reproduced' | 'mistakes' | 'text' | 'recipe'>;

const NOT_FOUND: SignExplanation = { reproduced: false, mistakes: [], text: undefined, recipe: undefined };

function explain(received: Received, context: SearchContext): SignExplanation {
  const digest = digestIn(received);
  return digest === undefined ? explainSignature(received, context) : explainDigest(received, digest, context);
}

const SHORT_MD5_FROM = 8;
const SHORT_MD5_TO = 24;

function explainDigest(received: Received, digest: DigestName, { input, tally }: SearchContext): SignExplanation {
  const isReceived = matcherOf(received);
  const match = firstMatch(allRecipes(input.choices('hash')), tally, (recipe, text) =>
    isReceived(digestOf(digest, recipe, text)),
  );
  if (match === undefined) return NOT_FOUND;
  const name = match.recipe.key === undefined ? plainName(digest) : `HMAC${digest}`;
  const algorithm =
    received.bytes.length === SHORT_MD5_BYTES ? { en: `16-character ${name}`, zh: `16 位 ${name}` } : name;
  const loss = received.short && lossOf(digestOf(digest, match.recipe, match.text), received.short);
  return explanationOf(match, { family: 'hash', algorithm, signingKey: undefined, received, loss }, input);
}

/** Returns a function that checks whether a digest, in lower-case hex, is the received one. */
function matcherOf({ bytes, short }: Received): (hex: string) => boolean {
  const receivedHex = bytes.toString('hex');
  if (short !== undefined) return (hex) => lossOf(hex, short) !== undefined;
  if (bytes.length === SHORT_MD5_BYTES) return (hex) => hex.slice(SHORT_MD5_FROM, SHORT_MD5_TO) === receivedHex;
  return (hex) => hex === receivedHex;
}

function explainSignature(received: Received, context: SearchContext): SignExplanation {
  const { input, tally } = context;
  const openings = openByAny(received, context);
  const [first] = openings;
  if (first === undefined) return NOT_FOUND;
  const loss = received.short && lossOf(received.bytes.toString('hex'), received.short);
  const method = { family: 'rsa', algorithm: first.algorithm, signingKey: first.signingKey, received, loss } as const;
  // All openings in one pass: a wrong one alone would use up the budget.
  const openingOf = (content: string | Uint8Array) =>
    openings.find((opened) => opened.contentOf(content) === opened.content);
  const match = firstMatch(
    allRecipes(input.choices('rsa')),
    tally,
    (recipe, text) => openingOf(bytesOf(recipe, text)) !== undefined,
  );
  if (match !== undefined) {
    const { algorithm } = openingOf(bytesOf(match.recipe, match.text)) ?? first;
    return explanationOf(match, { ...method, algorithm }, input);
  }
  // With an unknown text, the wrong encoding alone does not explain the refusal.
  const mistakes = methodMistakes(method, input.expected('rsa')).filter(({ id }) => id !== 'sign.encoding');
  return { ...NOT_FOUND, mistakes };
}

/** The content of the signature, by the first key that opens it. Each key counts as a candidate. */
function openByAny({ bytes }: Received, { subject, tally }: SearchContext): readonly Opened[] {
  for (const key of keysToTry(subject)) {
    tally.candidates += 1;
    const openings = open(bytes, key);
    if (openings.length > 0) return openings;
  }
  return [];
}

interface RecipeMatch {
  readonly recipe: Recipe;
  readonly text: string;
}

function firstMatch(
  recipes: Iterable<Recipe>,
  tally: Tally,
  reproduces: (recipe: Recipe, text: string) => boolean,
): RecipeMatch | undefined {
  for (const recipe of recipes) {
    const text = textOf(recipe);
    if (!spendBudget(tally, 1 + Math.floor(text.length / CHARACTERS_PER_CANDIDATE))) return undefined;
    if (reproduces(recipe, text)) return { recipe, text };
  }
  return undefined;
}

function explanationOf({ recipe, text }: RecipeMatch, method: SigningMethod, input: SearchInput): SignExplanation {
  const expected = input.expected(method.family);
  // A plain digest lacks the key of an expected HMAC.
  const dueKey = method.family === 'hash' && recipe.key === undefined ? keyOfHmac(expected) : undefined;
  return {
    reproduced: true,
    mistakes: [...methodMistakes({ ...method, dueKey }, expected), ...recipeMistakes(recipe, expected, input.fields)],
    text,
    recipe,
  };
}

/** undefined if the expected algorithm takes no key. */
function keyOfHmac({ algorithm, texts }: ExpectedSigning): string | undefined {
  return algorithm.startsWith('HMAC') ? texts.find(({ secret }) => secret?.where === 'key')?.secret?.name : undefined;
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
