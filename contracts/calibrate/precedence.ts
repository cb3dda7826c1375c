/** The kit's cases with two mistakes, and the requirements that they fail. */

export interface TwoMistakes {
  readonly case: string;
  /** The requirement of the case's `decidedBy` and first code. */
  readonly first: string;
  /** The requirement of the second code. */
  readonly second: string;
}

const LOGIN_CASES = 'loginTokenValidate/precedence';
const VERIFY_CASES = 'tokenValidate/precedence';

/** The cases with two codes that need no live token. A token that was never issued is an additional mistake, which is checked last. */
export const TWO_MISTAKES: readonly TwoMistakes[] = [
  { case: `${LOGIN_CASES}/path-before-body`, first: 'urlRight', second: 'bodyReadable' },
  { case: `${LOGIN_CASES}/method-before-body`, first: 'urlRight', second: 'bodyReadable' },
  { case: `${LOGIN_CASES}/strings-before-token`, first: 'valuesAreStrings', second: 'tokenPresent' },
  { case: `${LOGIN_CASES}/null-token`, first: 'valuesAreStrings', second: 'tokenPresent' },
  { case: `${LOGIN_CASES}/null-version`, first: 'valuesAreStrings', second: 'parametersValid' },
  { case: `${LOGIN_CASES}/token-before-parameters`, first: 'tokenPresent', second: 'parametersValid' },
  { case: `${LOGIN_CASES}/token-before-app`, first: 'tokenPresent', second: 'appKnown' },
  { case: `${LOGIN_CASES}/token-before-sign`, first: 'tokenPresent', second: 'signValid' },
  { case: `${LOGIN_CASES}/parameters-before-app`, first: 'parametersValid', second: 'appKnown' },
  { case: `${LOGIN_CASES}/parameters-before-sign`, first: 'parametersValid', second: 'signValid' },
  { case: `${LOGIN_CASES}/app-before-sign`, first: 'appKnown', second: 'signValid' },
  { case: `${LOGIN_CASES}/sign-before-token-form`, first: 'signValid', second: 'tokenWellFormed' },
  { case: `${LOGIN_CASES}/sign-before-unknown-token`, first: 'signValid', second: 'tokenKnown' },
  { case: `${LOGIN_CASES}/token-form-before-unknown`, first: 'tokenWellFormed', second: 'tokenKnown' },
  { case: `${VERIFY_CASES}/url-and-parameters`, first: 'urlRight', second: 'parametersValid' },
  { case: `${VERIFY_CASES}/parameters-and-sign`, first: 'parametersValid', second: 'signValid' },
  { case: `${VERIFY_CASES}/sign-and-phone-num`, first: 'signValid', second: 'phoneNumReadable' },
  { case: `${VERIFY_CASES}/phone-num-and-unknown-token`, first: 'phoneNumReadable', second: 'tokenKnown' },
];
