/** Commands that produce a result code, each way as text for a shell: what has to be there first, then the call. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { formatTimestamp } from '../../../src/protocol/timestamp.js';
import { ATLAS_SHORT_ID } from '../../carrier/apps/apps.js';
import type { Readings } from '../../carrier/engine/readings.js';
import { formatMagicToken, formatToken } from '../../carrier/engine/token-format.js';
import type { Subscriber } from '../../carrier/outcomes/personas.js';
import { curlParts } from '../../text/curl-command.js';
import type { Way } from './choices.js';
import { bodyOf, type Ingredients, type Recipe, recipeFor } from './recipes.js';

/** The server that the commands are for. */
export interface Target {
  /** `http://127.0.0.1:10086` */
  readonly url: string;
  /** The same, where the control API has no port of its own. */
  readonly controlUrl: string;
  readonly controlToken: string | undefined;
  readonly nowMs: number;
  readonly subscribers: readonly [Subscriber, ...Subscriber[]];
  /** Of an app that chooses none. */
  readonly readings: Readings;
  /** An app whose token can be sent by another; undefined on a server without apps. */
  readonly otherApp: { readonly appId: string; readonly shortId: string } | undefined;
}

export interface Code {
  readonly operation: Operation;
  readonly code: string;
}

/** The apps that the commands and programs make. */
export const APP_ID_PREFIX = 'atlas-';
export const APP_KEY = 'A71A5A71A5A71A5A71A5A71A5A71A5A7';
export const APP_SECRET = '5EC4E75EC4E75EC4E75EC4E75EC4E75E';
const MSG_ID = 'a71a5a71a5a71a5a71a5a71a5a71a5a7';

export interface WayRow {
  readonly way: Way;
  /** undefined where this server cannot: it has no subscriber with the story, or no other app. */
  readonly command: (code: Code, target: Target) => string | undefined;
}

export const WAYS: readonly WayRow[] = [
  { way: 'genuine', command: genuine },
  { way: 'magic', command: (code, target) => call(target, code, { body: tokenOnly(code) }) },
  { way: 'header', command: headerCommand },
  { way: 'script', command: script },
];

export function headerCommand(code: Code, target: Target): string {
  return call(target, code, { headers: [['X-Mock-Result-Code', code.code]] });
}

function genuine({ operation, code }: Code, target: Target): string | undefined {
  const recipe = recipeFor(operation, code);
  const subscriber = recipe && subscriberFor(recipe, target);
  if (recipe === undefined || subscriber === undefined) return undefined;
  if (recipe.tokenOfAnotherApp && target.otherApp === undefined) return undefined;
  const appId = APP_ID_PREFIX + code;
  const owner = recipe.tokenOfAnotherApp && target.otherApp ? target.otherApp : { appId, shortId: ATLAS_SHORT_ID };
  const token = formatToken(target.nowMs, owner.shortId, (length) => code.padStart(length, 'A'));
  const { phoneNumber } = subscriber;
  const sentAt = formatTimestamp(target.nowMs);
  const ingredients: Ingredients = {
    appId,
    appKey: APP_KEY,
    appSecret: APP_SECRET,
    token,
    phoneNumber,
    msgId: MSG_ID,
    sentAt,
  };
  const commands = [
    ...(recipe.app === null ? [] : makeApp(target, appId, recipe)),
    ...(recipe.mint === null
      ? []
      : [mint(target, owner.appId, { token, phoneNumber, capability: operation, ...recipe.mint })]),
    call(
      target,
      { operation, code },
      recipe.method === 'GET' ? { method: 'GET' } : { body: bodyOf(operation, recipe, ingredients) },
    ),
  ];
  return commands.join('\n');
}

export function subscriberFor({ persona }: Recipe, { subscribers }: Target): Subscriber | undefined {
  return subscribers.find((subscriber) => subscriber.persona === persona);
}

/** Made anew, so that the command gives the same each time. */
function makeApp(target: Target, appId: string, { app }: Recipe): readonly string[] {
  const open = { loginTokenValidate: null, tokenValidate: null, ...app?.ipWhitelist };
  const settings = { appId, appKey: APP_KEY, appSecret: APP_SECRET, ...app, ipWhitelist: open };
  return [
    control(target, { method: 'DELETE', path: `/apps/${appId}` }),
    control(target, { method: 'POST', path: '/apps', body: settings }),
  ];
}

function mint(target: Target, appId: string, body: object): string {
  return control(target, { method: 'POST', path: `/apps/${appId}/tokens`, body });
}

function script({ operation, code }: Code, target: Target): string {
  const appId = `${APP_ID_PREFIX}${code}-script`;
  return [
    ...makeApp(target, appId, {}),
    control(target, { method: 'PUT', path: `/apps/${appId}/outcomes/${operation}`, body: { script: code } }),
    call(
      target,
      { operation, code },
      { body: JSON.stringify(operation === 'loginTokenValidate' ? { appid: appId } : { header: { appId } }) },
    ),
  ].join('\n');
}

function tokenOnly({ operation, code }: Code): string {
  const token = formatMagicToken(code);
  return JSON.stringify(operation === 'loginTokenValidate' ? { token } : { body: { token } });
}

interface CallParts {
  readonly method?: 'GET';
  readonly headers?: readonly Header[];
  readonly body?: string;
}

type Header = readonly [name: string, value: string];

/** The carrier's own call, whose answer is shown. */
function call({ url }: Target, { operation }: Code, { method, headers = [], body }: CallParts): string {
  const path = OPERATIONS.find((row) => row.operation === operation)?.path ?? '';
  const type: readonly Header[] = body === undefined ? [] : [['Content-Type', 'application/json']];
  return curlParts({
    options: `-s${insecure(url)}`,
    method: method ?? 'POST',
    url: url + path,
    headers: [...type, ...headers],
    body,
  }).join(' ');
}

interface ControlParts {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** A call of the control API, whose answer is of no interest. */
function control({ controlUrl, controlToken }: Target, { method, path, body }: ControlParts): string {
  return curlParts({
    options: `-s${insecure(controlUrl)} -o /dev/null`,
    method,
    url: `${controlUrl}/_mock${path}`,
    headers: controlToken === undefined ? [] : [['Authorization', `Bearer ${controlToken}`]],
    body: body && JSON.stringify(body),
  }).join(' ');
}

/** The local CA is not known to the curl that a command is pasted to. */
function insecure(url: string): string {
  return url.startsWith('https:') ? 'k' : '';
}
