/** What a template is filled with to be the program that obtains a result code. The same for every language. */
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
  askedNumber,
  type Code,
  isBuilt,
  phoneOf,
  type Recipe,
  recipeRow,
  subscriberFor,
} from './recipes.js';

export interface Wish extends Code {
  readonly way: Way;
  readonly signing: Signing;
}

interface Explained {
  readonly why: string;
  readonly recipe: Recipe;
}

const FORCED: Readonly<Record<Exclude<Way, 'genuine'>, (code: string) => Explained>> = {
  magic: (code) => ({
    why: 'The token is a magic token, which contains the code.',
    recipe: { fields: { token: formatMagicToken(code) } },
  }),
  header: () => ({ why: 'The request header X-Mock-Result-Code names it.', recipe: {} }),
  script: () => ({ why: "A script sets the result of the app's next request.", recipe: {} }),
};

/** undefined where this server cannot: it has no such test number. */
export function factsFor(wish: Wish, target: Target): Facts | undefined {
  const explained = wish.way === 'genuine' ? recipeRow(wish) : FORCED[wish.way](wish.code);
  const subscriber = explained && tokenOwner(wish, explained.recipe, target);
  if (explained === undefined || subscriber === undefined) return undefined;
  const { operation, code, way, signing } = wish;
  const { why, recipe } = explained;
  return {
    ...NAMES,
    [operation]: true,
    [signing]: isBuilt(recipe),
    ...recipe.fields,
    says: `Obtains ${code} from ${operation}. ${why}`,
    url: target.url + operationRow(operation).path,
    get: recipe.method === 'GET',
    body: recipe.body,
    header: way === 'header' && code,
    phoneNumber: askedNumber(recipe, subscriber.phoneNumber),
    ...preparations(wish, recipe, { target, subscriber }),
  };
}

/** The operations, the signings and the fields of requests: none holds unless it is set. */
const NAMES: Facts = Object.fromEntries(
  [
    ...OPERATIONS.map(({ operation }) => operation),
    ...Object.values(SIGNINGS).flat(),
    ...Object.values(REQUEST_FIELDS).flatMap((rows) => rows.map(({ property }) => property)),
  ].map((name) => [name, undefined]),
);

function tokenOwner({ way }: Wish, recipe: Recipe, { subscribers }: Target): Subscriber | undefined {
  const owner = subscriberFor(recipe, subscribers);
  // A forced result, and one for no request at all, does not depend on whose token it is.
  return owner ?? (way === 'genuine' && isBuilt(recipe) ? undefined : subscribers[0]);
}

interface Circumstances {
  readonly target: Target;
  readonly subscriber: Subscriber;
}

/** The calls of the control API before a request that is built, and one look at its response. */
function preparations(
  { operation, code, way, signing }: Wish,
  recipe: Recipe,
  { target, subscriber }: Circumstances,
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

/** The programs encode signatures in Base64, whatever the server's apps do by default. */
function keySettings(signing: Signing, { readings }: Target): object {
  if (signing !== 'rsa') return {};
  if (readings['verify-rsa-encoding'] === 'base64') return { generateKeys: true };
  return { generateKeys: true, readings: { 'verify-rsa-encoding': 'base64' } };
}
