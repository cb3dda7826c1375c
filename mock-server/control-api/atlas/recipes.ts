/** How to get each result code by its cause: an app, a token and a request that leave one requirement unmet. */
import type { Texts } from '../../../src/protocol/fields.js';
import { OPERATIONS, type Operation, operationRow } from '../../../src/protocol/operations.js';
import type { TokenCapability } from '../../../src/protocol/portal.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import type { NumberFailure } from '../../../src/protocol/test-numbers.js';
import type { AppInput } from '../../carrier/engine/app-settings.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';

/** The differences from a request that succeeds. */
export interface Recipe {
  readonly app?: AppInput;
  /** The capability of the token, if it is not that of the operation. */
  readonly capability?: TokenCapability | undefined;
  readonly tokenOfAnotherApp?: true;
  /** The request verifies another phone number than the token's. */
  readonly anotherNumber?: true;
  /** The token belongs to this test number. */
  readonly failure?: NumberFailure;
  /** Replace the default values before signing; `sign` replaces the signature. With a `token` none is minted. */
  readonly fields?: Texts;
  readonly method?: 'GET';
  /** Replaces the whole body of the request. */
  readonly body?: string;
}

/** The apps that the commands create. */
export const APP_ID_PREFIX = 'atlas-';

/** By requirement. Without a recipe, another requirement with the same code has one. */
const RECIPES: Readonly<Record<Requirement, ((operation: Operation) => Recipe) | undefined>> = {
  urlRight: () => ({ method: 'GET' }),
  bodyReadable: () => ({ body: '{"version":' }),
  valuesAreStrings: () => ({ body: '{"strictcheck":false}' }),
  tokenPresent: () => ({ fields: { token: '' } }),
  parametersValid: () => ({ fields: { version: '' } }),
  appKnown: (operation) => ({
    fields: { appId: `${APP_ID_PREFIX}unknown`, token: neverMinted(operation) },
  }),
  businessTypeRight: () => ({ fields: { businessType: '1' } }),
  ipAllowed: (operation) => ({
    app: { ipWhitelist: { [operation]: '192.0.2.1' } },
    // At the operation that has the field, the whitelist is checked only then.
    fields: { strictCheck: '1' },
  }),
  capabilityGranted: (operation) => ({ app: { capabilities: otherCapabilities(operation) } }),
  encryptionPossible: undefined,
  signValid: () => ({ fields: { sign: '0'.repeat(64) } }),
  serviceUp: () => ({ failure: 'serviceDown' }),
  phoneNumReadable: () => ({ fields: { phoneNum: 'neither-hash-nor-ciphertext' } }),
  tokenServiceUp: () => ({ failure: 'tokenServiceDown' }),
  tokenWellFormed: () => ({ fields: { token: 'not-a-token' } }),
  tokenKnown: (operation) => ({ fields: { token: neverMinted(operation) } }),
  tokenOfThisApp: () => ({ tokenOfAnotherApp: true }),
  tokenOfThisCapability: (operation) => ({ capability: otherCapabilities(operation)[0] }),
  tokenLive: undefined,
  tokenUnused: undefined,
  userInformationRight: () => ({ fields: { userInformation: 'of-another-browser' } }),
  callsLeft: () => ({ app: { contracted: true, callPackage: 0 } }),
  numberObtained: () => ({ failure: 'numberNotObtained' }),
  numberMatches: (operation) => ({
    app: { capabilities: [operationRow(operation).capability, 'smsFallback'] },
    anotherNumber: true,
  }),
};

/** A well-formed token of 2017, of no app. */
function neverMinted(operation: Operation): string {
  return moduleOf(operation).tokens.format(1_500_000_000_000, 'NEVERM', (length) =>
    'INTED'.padEnd(length, '0'),
  );
}

function otherCapabilities(operation: Operation): readonly TokenCapability[] {
  const { capability: own } = operationRow(operation);
  return OPERATIONS.map(({ capability }) => capability).filter((each) => each !== own);
}

export interface Code {
  readonly operation: Operation;
  readonly code: string;
}

/** Of the requirements with the code, the first documented one that has a recipe; undefined if only a test can cause the code. */
export function recipeFor({ operation, code }: Code): Recipe | undefined {
  const { rules, allMet } = moduleOf(operation);
  if (code === allMet) return {};
  const rows = rules.filter(({ otherwise }) => otherwise === code);
  const documented = rows.filter(({ basis }) => basis === 'documented');
  for (const { requires } of [...documented, ...rows]) {
    const recipe = RECIPES[requires]?.(operation);
    if (recipe !== undefined) return recipe;
  }
  return undefined;
}

/** The app's settings, without a whitelist for the operation: by default it may contain only the mock's machine. */
export function appSettings(operation: Operation, { app }: Recipe): AppInput {
  return { ...app, ipWhitelist: { [operation]: null, ...app?.ipWhitelist } };
}

export function verifiedNumber({ anotherNumber }: Recipe, phoneNumber: string): string {
  if (anotherNumber === undefined) return phoneNumber;
  return phoneNumber === '13900139000' ? '13800138000' : '13900139000';
}
