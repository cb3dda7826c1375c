/** The kit's cases with two mistakes, and the requirements that they fail. */

export interface TwoMistakes {
  readonly case: string;
  /** The requirement of the case's `decidedBy` and first code. */
  readonly first: string;
  /** The requirement of the second code. */
  readonly second: string;
}

const LOGIN = 'loginTokenValidate/precedence';
const VERIFY = 'tokenValidate/precedence';

/** The cases with two codes that need no live token. A token that was never issued is an additional mistake, which is checked last. */
export const TWO_MISTAKES: readonly TwoMistakes[] = [
  { case: `${LOGIN}/path-before-body`, first: 'urlRight', second: 'bodyReadable' },
  { case: `${LOGIN}/method-before-body`, first: 'urlRight', second: 'bodyReadable' },
  { case: `${LOGIN}/strings-before-token`, first: 'valuesAreStrings', second: 'tokenPresent' },
  { case: `${LOGIN}/null-token`, first: 'valuesAreStrings', second: 'tokenPresent' },
  { case: `${LOGIN}/null-version`, first: 'valuesAreStrings', second: 'parametersValid' },
  { case: `${LOGIN}/token-before-parameters`, first: 'tokenPresent', second: 'parametersValid' },
  { case: `${LOGIN}/token-before-app`, first: 'tokenPresent', second: 'appKnown' },
  { case: `${LOGIN}/token-before-sign`, first: 'tokenPresent', second: 'signValid' },
  { case: `${LOGIN}/parameters-before-app`, first: 'parametersValid', second: 'appKnown' },
  { case: `${LOGIN}/parameters-before-sign`, first: 'parametersValid', second: 'signValid' },
  { case: `${LOGIN}/app-before-sign`, first: 'appKnown', second: 'signValid' },
  { case: `${LOGIN}/sign-before-token-form`, first: 'signValid', second: 'tokenWellFormed' },
  { case: `${LOGIN}/sign-before-unknown-token`, first: 'signValid', second: 'tokenKnown' },
  { case: `${LOGIN}/token-form-before-unknown`, first: 'tokenWellFormed', second: 'tokenKnown' },
  { case: `${VERIFY}/url-and-parameters`, first: 'urlRight', second: 'parametersValid' },
  { case: `${VERIFY}/parameters-and-sign`, first: 'parametersValid', second: 'signValid' },
  { case: `${VERIFY}/sign-and-phone-num`, first: 'signValid', second: 'phoneNumReadable' },
  { case: `${VERIFY}/phone-num-and-unknown-token`, first: 'phoneNumReadable', second: 'tokenKnown' },
];
