/** What the carrier requires of a request. */

/** Those of the first operation in order of precedence, then the others' own. */
export const REQUIREMENT_IDS = [
  'urlRight',
  'bodyReadable',
  'valuesAreStrings',
  'tokenPresent',
  'parametersValid',
  'appKnown',
  'ipAllowed',
  'capabilityGranted',
  'encryptionPossible',
  'signValid',
  'serviceUp',
  'tokenWellFormed',
  'tokenKnown',
  'tokenOfThisApp',
  'tokenOfThisCapability',
  'tokenLive',
  'tokenUnused',
  'callsLeft',
  'phoneNumReadable',
  'tokenServiceUp',
  'numberObtained',
  'numberMatches',
  'businessTypeRight',
  'userInformationRight',
] as const;

export type Requirement = (typeof REQUIREMENT_IDS)[number];
