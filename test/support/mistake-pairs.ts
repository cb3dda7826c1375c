/** Pairs of the mistakes of test/mistakes: two mistakes in different fields of one request. */
import fc from 'fast-check';
import type { MistakeRow } from './mistakes.js';

/** Chooses the pairs. */
export const SEED = 20261129;
/** From so many pairs, the first one of each class is tested. */
const SAMPLE = 5000;

type Part = keyof MistakeRow;

/** What a row changes, apart from the HTTP message. Rows with other parts are not combined. */
const NAMED: readonly Part[] = ['fields', 'sent', 'renamed', 'app'];
const WHOLE: readonly Part[] = ['phoneNum', 'sign', 'omitted', 'token', 'clientIp'];
const ALONE: readonly Part[] = ['http', 'earlier', 'now', 'state', 'other'];

/** One pair of each class: the same pairs in each run. */
export function pairsOf(rows: readonly MistakeRow[]): readonly MistakeRow[] {
  const single = rows.filter((row) => ALONE.every((part) => row[part] === undefined));
  const all = single.flatMap((one, at) =>
    single
      .slice(at + 1)
      .filter((other) => isDifferent(one, other))
      .map((other) => [one, other] as const),
  );
  const sample = fc.sample(fc.constantFrom(...all), { seed: SEED, numRuns: SAMPLE });
  const byClass = new Map(sample.toReversed().map((pair) => [classOf(pair), pair]));
  return [...byClass.values()].map(([one, other]) => combined(one, other));
}

/** The way to sign, and what the two mistakes are about. */
function classOf(pair: readonly [MistakeRow, MistakeRow]): string {
  const about = pair.map(({ expected }) => expected.causes?.[0]?.split('.')[0] ?? '').toSorted();
  return [pair[0].mode, ...about].join(' ');
}

/** Parts that a request has once. */
const ONCE: readonly Part[] = ['http', 'earlier', 'other', 'token'];
/** A form has no types, so a value of another type is lost in it. */
const UNTYPED = /\{(?:form|multipart|java map)\}/;

/** Whether one request can have both mistakes. */
export function isCombinable(one: MistakeRow, other: MistakeRow): boolean {
  const areOnce = ONCE.every((part) => one[part] === undefined || other[part] === undefined);
  const isOneToken = !isOfToken(one) || !isOfToken(other);
  const isTyped = [one, other].some(hasOtherType);
  const isUntyped = [one, other].some(({ http }) => UNTYPED.test(http?.body ?? ''));
  const isClear = [
    [one, other],
    [other, one],
  ].every(([a = one, b = other]) => !isOfUnclearScheme(a, b) && !isOfChangedNumber(a, b));
  return isDifferent(one, other) && areOnce && isOneToken && isClear && !(isTyped && isUntyped);
}

function isOfToken({ token, earlier, fields = {} }: MistakeRow): boolean {
  return token !== undefined || earlier !== undefined || 'token' in fields;
}

/** The signature is over another form of phoneNum, which another phoneNum may not have. */
function isOfChangedNumber({ sign }: MistakeRow, { phoneNum }: MistakeRow): boolean {
  return phoneNum !== undefined && JSON.stringify(sign ?? '').includes('phoneNum:');
}

/** A digest, and a selector of RSA that is not one: nothing shows which of the two the client means. */
function isOfUnclearScheme({ mode, sign }: MistakeRow, other: MistakeRow): boolean {
  const isDigest = typeof sign === 'object' && /^(?:HMAC)?(?:MD5|SHA)[-\d]*$/.test(sign.by ?? '');
  const names = [...Object.keys(other.renamed ?? {}), ...Object.keys(other.sent ?? {})];
  const isOfSelector = names.some((name) => name === 'encryptionalgorithm' || name === 'keyType');
  return mode.endsWith('RSA') && isDigest && isOfSelector;
}

function hasOtherType({ fields, sent }: MistakeRow): boolean {
  return Object.values({ ...fields, ...sent }).some((value) => typeof value !== 'string');
}

function isDifferent(one: MistakeRow, other: MistakeRow): boolean {
  // First, because most rows have another mode.
  if (one.mode !== other.mode) return false;
  const names = touched(other);
  const isFree = [...touched(one)].every((name) => !names.has(name));
  return isFree && !isCalculatedOverAbsent(one, other) && !isCalculatedOverAbsent(other, one);
}

/** A calculation names the fields that the other row leaves out. */
function isCalculatedOverAbsent(
  { sign, phoneNum }: MistakeRow,
  { fields = {} }: MistakeRow,
): boolean {
  const isCalculated = sign !== undefined || phoneNum !== undefined;
  return isCalculated && Object.values(fields).includes(null);
}

/** The fields, settings and parts that a row changes. */
function touched(row: MistakeRow): ReadonlySet<string> {
  const named = NAMED.flatMap((part) => Object.keys(row[part] ?? {}));
  return new Set([
    ...named,
    ...(row.omitted ?? []),
    ...WHOLE.filter((part) => row[part] !== undefined),
  ]);
}

/** Both mistakes in one request. */
export function combined(one: MistakeRow, other: MistakeRow): MistakeRow {
  const named = NAMED.flatMap((part) => {
    const merged = { ...(one[part] as object | undefined), ...(other[part] as object | undefined) };
    return Object.keys(merged).length === 0 ? [] : [[part, merged]];
  });
  return {
    ...one,
    ...other,
    ...Object.fromEntries(named),
    omitted: [...(one.omitted ?? []), ...(other.omitted ?? [])],
    description: `${one.description}; and ${other.description}`,
  };
}
