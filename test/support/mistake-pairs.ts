/** Pairs of the mistakes of test/mistakes: two mistakes in different fields of one request. */
import type { MistakeRow } from './mistakes.js';

type Part = keyof MistakeRow;

/** What a row changes, apart from the HTTP message. */
const NAMED: readonly Part[] = ['fields', 'sent', 'renamed', 'app'];
const WHOLE: readonly Part[] = ['phoneNum', 'sign', 'omitted', 'token', 'clientIp'];

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
