/** Places the mistakes that an unknown token hides: next to what is known of the same kind, otherwise as in the document. */
import { controlsOf } from './cases.js';
import { type Mistake, OUTSIDE_FIELDS } from './mistakes.js';
import { isCode, type Ordered } from './order.js';

export const ACCEPTED = 'accepted';
/** An unknown token hides the mistake, so its check comes later. */
const AFTER_TOKEN = 'afterToken';

/** A mistake that an unknown token hides, with the requests that showed it. */
export interface Hidden extends Mistake {
  readonly evidence: readonly string[];
}

/** The token's operation, where the token is looked up; then the order of the document. */
const RANKS: readonly RegExp[] = [
  /^tokenOfThisCapability$/,
  /\.(?:missing|empty)$/,
  /^(?:parametersValid|valuesAreStrings)\//,
  /^appKnown$/,
  /^signValid$/,
  /^phoneNumReadable$/,
];

/** An app that gets the code of the token is not found where the token is looked up. */
export function rankOf(one: Mistake & { readonly outcome?: string }): number {
  const { check, operation, outcome = '' } = one;
  if (check === APP_KNOWN && controlsOf(operation).unknownToken.includes(outcome)) return 0;
  const at = RANKS.findIndex((pattern) => pattern.test(check));
  return at === -1 ? RANKS.length : at;
}

const APP_KNOWN = 'appKnown';

/** Mistakes of one kind usually have one code. */
const KINDS: readonly RegExp[] = [
  /\/sign\.(?:missing|empty)$/,
  /\/appId\.(?:missing|empty)$/,
  /\.(?:missing|empty)$/,
  /\/(?!msgId|sentAt)\w+\.value$/,
];

function kindOf({ check }: Mistake): RegExp | undefined {
  return KINDS.find((pattern) => pattern.test(check));
}

/**
 * The checks in order, with those that were not seen. A mistake that carriers can accept counts as accepted; another one is
 * checked after the token that hides it.
 */
export function withHidden(
  ordered: readonly Ordered[],
  hidden: readonly Hidden[],
): { readonly ordered: readonly Ordered[]; readonly accepted: readonly Ordered[] } {
  const unseen = hidden.filter(({ token }) => token !== 'other operation');
  const isAccepted = ({ isUsual, slot }: Hidden) =>
    isUsual === true || OUTSIDE_FIELDS.includes(slot);
  const tokenAt = ordered.findIndex(({ check }) => check === 'tokenKnown') + 1;
  const later = unseen
    .filter((one) => !isAccepted(one))
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  return {
    ordered: [...ordered.slice(0, tokenAt), ...later.reduce(placed, ordered.slice(tokenAt))],
    accepted: unseen.filter(isAccepted).map((one) => unseenAs(one, ACCEPTED)),
  };
}

function unseenAs(mistake: Hidden, outcome: string): Ordered {
  return { ...mistake, outcome, isCompared: false };
}

function placed(known: readonly Ordered[], mistake: Hidden): readonly Ordered[] {
  const twins = twinsOf(mistake, known).filter(isSeen);
  const [code, ...others] = new Set(twins.map(({ outcome }) => outcome));
  const last = known.findLastIndex((one) => twins.includes(one));
  if (code !== undefined && others.length === 0)
    return known.toSpliced(last + 1, 0, unseenAs(mistake, code));
  const next = known.findIndex((one) => rankOf(one) > rankOf(mistake));
  const at = next === -1 ? known.length : next;
  return known.toSpliced(at, 0, unseenAs(mistake, AFTER_TOKEN));
}

function twinsOf(mistake: Hidden, known: readonly Ordered[]): readonly Ordered[] {
  const kind = kindOf(mistake);
  if (kind !== undefined) return known.filter((one) => kindOf(one) === kind);
  return mistake.check === APP_KNOWN ? lookedUpApps(known) : [];
}

/** A missing appId that is no missing parameter: the app is looked up before the parameters are checked. */
function lookedUpApps(known: readonly Ordered[]): readonly Ordered[] {
  const apps = known.filter(({ check }) => check.endsWith('/appId.missing'));
  const parameters = known.filter((one) => rankOf(one) <= 2 && !apps.includes(one));
  return apps.filter(({ outcome }) => parameters.every((one) => one.outcome !== outcome));
}

function isSeen({ outcome }: Ordered): boolean {
  return isCode(outcome);
}
