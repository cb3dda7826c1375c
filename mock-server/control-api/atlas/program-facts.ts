/** The facts that turn a template into a program that gets a result code. They are the same for every language. */
import { REQUEST_FIELDS, SIGNINGS, type Signing } from '../../../src/protocol/fields.js';
import { OPERATIONS, operationRow } from '../../../src/protocol/operations.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { formatMagicToken } from '../../carrier/engine/token-format.js';
import type { Subscriber } from '../../carrier/outcomes/personas.js';
import type { Way } from './choices.js';
import type { Target } from './commands.js';
import type { Facts } from './fill-template.js';
import {
  APP_ID_PREFIX,
  appSettings,
  type Code,
  isBuilt,
  phoneOf,
  type Recipe,
  recipeRow,
  subscriberFor,
  verifiedNumber,
} from './recipes.js';

export interface Selection extends Code {
  readonly way: Way;
  readonly signing: Signing;
}

interface ExplainedRecipe {
  readonly why: string;
  readonly recipe: Recipe;
}

const FORCED: Readonly<Record<Exclude<Way, 'genuine'>, (code: string) => ExplainedRecipe>> = {
  magic: (code) => ({
    why: 'The token is a magic token, which contains the code.',
    recipe: { fields: { token: formatMagicToken(code) } },
  }),
  header: () => ({ why: 'The request header X-Mock-Result-Code contains it.', recipe: {} }),
  script: () => ({ why: "A script sets the result of the app's next request.", recipe: {} }),
};

/** undefined if the server does not have the test number that the code needs. */
export function factsFor(selection: Selection, target: Target): Facts | undefined {
  const explained = selection.way === 'genuine' ? recipeRow(selection) : FORCED[selection.way](selection.code);
  const subscriber = explained && tokenOwner(selection, explained.recipe, target);
  if (explained === undefined || subscriber === undefined) return undefined;
  const { operation, code, way, signing } = selection;
  const { why, recipe } = explained;
  return {
    ...NAMES,
    [operation]: true,
    [signing]: isBuilt(recipe),
    ...recipe.fields,
    purpose: `Gets ${code} from ${operation}. ${why}`,
    url: target.url + operationRow(operation).path,
    get: recipe.method === 'GET',
    body: recipe.body,
    header: way === 'header' && code,
    phoneNumber: verifiedNumber(recipe, subscriber.phoneNumber),
    ...preparations(selection, recipe, { target, subscriber }),
  };
}

/** The names of operations, signings and request fields, all unset. */
const NAMES: Facts = Object.fromEntries(
  [
    ...OPERATIONS.map(({ operation }) => operation),
    ...Object.values(SIGNINGS).flat(),
    ...Object.values(REQUEST_FIELDS).flatMap((rows) => rows.map(({ property }) => property)),
  ].map((name) => [name, undefined]),
);

function tokenOwner({ way }: Selection, recipe: Recipe, { subscribers }: Target): Subscriber | undefined {
  const owner = subscriberFor(recipe, subscribers);
  // The owner of the token matters only for a signed request whose result is not forced.
  return owner ?? (way === 'genuine' && isBuilt(recipe) ? undefined : subscribers[0]);
}

interface PreparationInputs {
  readonly target: Target;
  readonly subscriber: Subscriber;
}

/** The calls of the control API before the request, and whether to decrypt the phone number in the response. */
function preparations(
  { operation, code, way, signing }: Selection,
  recipe: Recipe,
  { target, subscriber }: PreparationInputs,
): Facts {
  const built = isBuilt(recipe);
  const appId = `${APP_ID_PREFIX}${code}-${way}-${signing}`;
  const otherAppId = recipe.tokenOfAnotherApp && `${appId}-other`;
  const { allMet, returnsNumber } = moduleOf(operation);
  return {
    controlUrl: `${target.controlUrl}/_mock`,
    controlToken: built && target.controlToken !== undefined,
    ownAppId: appId,
    app: built && JSON.stringify({ appId, ...keySettings(signing, target), ...appSettings(operation, recipe) }),
    otherAppId,
    otherApp: otherAppId && JSON.stringify({ appId: otherAppId }),
    script: way === 'script' && JSON.stringify({ script: code }),
    scriptPath: `/apps/${appId}/outcomes/${operation}`,
    mint: built && recipe.fields?.token === undefined && JSON.stringify(phoneOf(operation, recipe, subscriber)),
    mintPath: otherAppId && `/apps/${otherAppId}/tokens`,
    decrypt: built && signing === 'rsa' && returnsNumber && code === allMet,
  };
}

/** The programs encode signatures in Base64, even if the server's default reading differs. */
function keySettings(signing: Signing, { readings }: Target): object {
  if (signing !== 'rsa') return {};
  if (readings['verify-rsa-encoding'] === 'base64') return { generateKeys: true };
  return { generateKeys: true, readings: { 'verify-rsa-encoding': 'base64' } };
}
