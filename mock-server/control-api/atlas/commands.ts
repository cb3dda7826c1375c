/** Shell commands that get a result code, for each way: they prepare the app and the token, then send the request. */
import keys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import type { WayName } from '../../../src/control/calls/reference.js';
import {
  requestBody,
  requestHeaders,
  signingsOf,
  type Texts,
} from '../../../src/protocol/fields.js';
import { type Operation, operationRow } from '../../../src/protocol/operations.js';
import type { Readings } from '../../../src/protocol/readings.js';
import { isRsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import { formatTimestamp } from '../../../src/protocol/timestamp.js';
import { curlParts } from '../../../src/text/curl-command.js';
import { ATLAS_SHORT_ID } from '../../carrier/apps/apps.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { formatMagicToken } from '../../carrier/engine/token-format.js';
import type { Subscriber } from '../../carrier/outcomes/test-numbers.js';
import { signedRequest } from '../signing/signed.js';
import { appSettings, type Code, type Recipe, recipeFor, verifiedNumber } from './recipes.js';

/** The server that receives the commands. */
export interface Target {
  /** `http://127.0.0.1:10086` */
  readonly url: string;
  /** Differs from `url` if the control API has its own port. */
  readonly controlUrl: string;
  readonly controlToken: string | undefined;
  /** Of the apps that the commands create. Teams do not share them. */
  readonly appIdPrefix: string;
  readonly nowMs: number;
  readonly subscribers: readonly [Subscriber, ...Subscriber[]];
  /** The defaults of an app. */
  readonly readings: Readings;
  /** An app whose token another app sends; undefined on a server without apps. */
  readonly otherApp: { readonly appId: string; readonly shortId: string } | undefined;
}

const APP_KEY = 'A71A5A71A5A71A5A71A5A71A5A71A5A7';
const APP_SECRET = '5EC4E75EC4E75EC4E75EC4E75EC4E75E';
const MSG_ID = 'a71a5a71a5a71a5a71a5a71a5a71a5a7';

export interface WayRow {
  readonly way: WayName;
  /** undefined if the server lacks the test number or the other app. */
  readonly command: (code: Code, target: Target) => string | undefined;
}

export const WAYS: readonly WayRow[] = [
  { way: 'cause', command: realCauseCommand },
  {
    way: 'magic',
    command: (code, target) => unsignedCall(target, code, { token: formatMagicToken(code.code) }),
  },
  { way: 'header', command: headerCommand },
  { way: 'script', command: script },
];

export function headerCommand(code: Code, target: Target): string {
  return call(target, code, { headers: [['X-Mock-Result-Code', code.code]] });
}

function realCauseCommand(code: Code, target: Target): string | undefined {
  const recipe = recipeFor(code);
  if (recipe === undefined) return undefined;
  const subscriber = target.subscribers.find(({ failure }) => failure === recipe.failure);
  const scene = sceneOf(code, recipe, target);
  if (subscriber === undefined || scene === undefined) return undefined;
  // A recipe with its own method or body does not sign.
  if ((recipe.method ?? recipe.body) !== undefined) return call(target, code, recipe);
  const token = tokenIn(scene, code, target);
  return [
    ...(recipe.fields?.appId === undefined ? appCommands(scene, code, target) : []),
    ...(recipe.fields?.token === undefined
      ? [mintCommand(scene, { code, token, subscriber, target })]
      : []),
    signedCall(scene, { code, token, subscriber, target }),
  ].join('\n');
}

/** The app that sends the request, and the one that owns its token. */
interface Scene {
  readonly recipe: Recipe;
  readonly appId: string;
  readonly owner: { readonly appId: string; readonly shortId: string };
}

/** undefined if the recipe needs another app, and the server has none. */
function sceneOf(
  { code }: Code,
  recipe: Recipe,
  { otherApp, appIdPrefix }: Target,
): Scene | undefined {
  const appId = appIdPrefix + code;
  const owner = recipe.tokenOfAnotherApp === true ? otherApp : { appId, shortId: ATLAS_SHORT_ID };
  return owner && { recipe, appId, owner };
}

function tokenIn({ owner }: Scene, { code, operation }: Code, { nowMs }: Target): string {
  const { tokens } = moduleOf(operation);
  return tokens.format(nowMs, owner.shortId, (length) => code.padStart(length, 'A'));
}

function appCommands(
  { recipe, appId }: Scene,
  { operation }: Code,
  target: Target,
): readonly string[] {
  const rsa = rsaOf(operation);
  const settings = appSettings(operation, recipe);
  const key = rsa && { appVerifyKey: keys.demoAppSign.publicKey };
  return makeApp(target, appId, { ...key, ...settings });
}

interface TokenCall {
  readonly code: Code;
  readonly token: string;
  readonly subscriber: Subscriber;
  readonly target: Target;
}

function mintCommand(
  { recipe, owner }: Scene,
  { code, token, subscriber, target }: TokenCall,
): string {
  const { phoneNumber } = subscriber;
  const capability = recipe.capability ?? operationRow(code.operation).capability;
  const path = `/apps/${owner.appId}/tokens`;
  return control(target, { method: 'POST', path, body: { token, phoneNumber, capability } });
}

function signedCall(
  { recipe, appId }: Scene,
  { code, token, subscriber, target }: TokenCall,
): string {
  const { operation } = code;
  const { phoneNumber, operator } = subscriber;
  const { userInformationOf } = moduleOf(operation).tokens;
  const { headers, body } = signedRequest({
    operation,
    app: {
      settings: {
        appId,
        appKey: APP_KEY,
        appSecret: APP_SECRET,
        signSecret: 'appSecret',
        readings: target.readings,
      },
    },
    msgId: MSG_ID,
    sentAt: formatTimestamp(target.nowMs),
    token,
    phoneNumber: verifiedNumber(recipe, phoneNumber),
    operator,
    rsa: rsaOf(operation),
    fields: { userInformation: userInformationOf?.(phoneNumber), ...recipe.fields },
  });
  return call(target, code, { headers: Object.entries(headers), body: JSON.stringify(body) });
}

/** The public test key signs for an operation without a secret. */
function rsaOf(operation: Operation) {
  if (signingsOf(operation)[0].key.by !== 'rsa') return undefined;
  const key = readPrivateKey(keys.demoAppSign.privateKey);
  return isRsaKey(key) ? { key, platformKey: key } : undefined;
}

/** Deletes and creates the app, so that the command has the same result each time. */
function makeApp(target: Target, appId: string, settings: object): readonly string[] {
  return [
    control(target, { method: 'DELETE', path: `/apps/${appId}` }),
    control(target, {
      method: 'POST',
      path: '/apps',
      body: { appId, appKey: APP_KEY, appSecret: APP_SECRET, ...settings },
    }),
  ];
}

function script(code: Code, target: Target): string {
  const appId = `${target.appIdPrefix}${code.code}-script`;
  const path = `/apps/${appId}/outcomes/${code.operation}`;
  return [
    ...makeApp(target, appId, appSettings(code.operation, {})),
    control(target, { method: 'PUT', path, body: { script: code.code } }),
    unsignedCall(target, code, { appId }),
  ].join('\n');
}

function unsignedCall(target: Target, code: Code, texts: Texts): string {
  const headers = Object.entries(requestHeaders(code.operation, texts));
  return call(target, code, { headers, body: JSON.stringify(requestBody(code.operation, texts)) });
}

interface CallParts {
  readonly method?: 'GET';
  readonly headers?: readonly Header[];
  readonly body?: string;
}

type Header = readonly [name: string, value: string];

/** The request to the carrier. Its response is printed. */
function call(
  { url }: Target,
  { operation }: Code,
  { method, headers = [], body }: CallParts,
): string {
  const type: readonly Header[] = body === undefined ? [] : [['Content-Type', 'application/json']];
  return curlParts({
    options: `-s${insecure(url)}`,
    method: method ?? 'POST',
    url: url + operationRow(operation).path,
    headers: [...type, ...headers],
    body,
  }).join(' ');
}

/** A call of the control API. Its response is discarded. */
function control(
  { controlUrl, controlToken }: Target,
  {
    method,
    path,
    body,
  }: { readonly method: 'POST' | 'PUT' | 'DELETE'; readonly path: string; readonly body?: object },
): string {
  return curlParts({
    options: `-s${insecure(controlUrl)} -o /dev/null`,
    method,
    url: `${controlUrl}/_mock${path}`,
    headers: controlToken === undefined ? [] : [['Authorization', `Bearer ${controlToken}`]],
    body: body && JSON.stringify(body),
  }).join(' ');
}

/** The user's curl does not trust the local CA. */
function insecure(url: string): string {
  return url.startsWith('https:') ? 'k' : '';
}
