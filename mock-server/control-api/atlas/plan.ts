/** A plan: what a program that gets a result code has to do, as values. The same for every language. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { formatMagicToken } from '../../carrier/engine/token-format.js';
import type { Signing, Way } from './choices.js';
import { APP_ID_PREFIX, APP_KEY, APP_SECRET, type Code, subscriberFor, type Target } from './commands.js';
import { numberOtherThan, type Recipe, recipeFor, whyOf } from './recipes.js';
import { builtRequest, type Parts } from './request-plan.js';
import { type Field, field, type Json, type Named, named, namesIn } from './values.js';

export interface Wish extends Code {
  readonly way: Way;
  readonly signing: Signing;
}

export interface Plan {
  /** What the program shows, in a line or two. */
  readonly says: readonly string[];
  /** A program names those that it needs. */
  readonly constants: readonly { readonly name: string; readonly text: string }[];
  /** Whether calls of the control API show the server's token, which the program finds in its environment. */
  readonly showsControlToken: boolean;
  /** Whether a header of the request asks for the code. */
  readonly asksByHeader: boolean;
  /** Calls of the control API, in their order. */
  readonly steps: readonly Step[];
  readonly sends: BuiltRequest | GivenRequest;
  /** Whether the number in the answer is a ciphertext for the app. */
  readonly decrypts: boolean;
}

export interface Step {
  readonly name: 'makeApp' | 'makeOtherApp' | 'setScript' | 'mint';
  /** What it is for, as a comment. */
  readonly says: string;
  readonly calls: readonly ControlCall[];
  /** What the program takes from the answer of the last call: all of it, or the token in it. */
  readonly gives?: 'app' | 'token';
}

export interface ControlCall {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: readonly (string | Named)[];
  readonly body?: readonly Field[];
}

export interface BuiltRequest extends Parts {
  readonly kind: 'built';
  readonly name: 'login' | 'verify';
  /** The constant that is sent as the token; undefined where it is minted. */
  readonly token: Named | undefined;
  /** Whether keys out of the app are needed for it. */
  readonly takesApp: boolean;
}

/** Without a field: a GET, or the text of a constant. */
export interface GivenRequest {
  readonly kind: 'given';
  readonly body: Named | undefined;
}

interface Circumstances {
  readonly recipe: Recipe;
  readonly target: Target;
}

const APP_SAYS = 'Made anew, so that every run finds the same.';
const KEYS_SAY = `${APP_SAYS} No other answer has the private keys.`;

const FORCED: Readonly<Record<Exclude<Way, 'genuine'>, string>> = {
  magic: 'The token is a magic one, which spells the code.',
  header: 'The request header X-Mock-Result-Code asks for it.',
  script: 'A script says what the next call of the app gets.',
};

/** undefined where this server cannot: it has no subscriber with the story. */
export function planFor(wish: Wish, target: Target): Plan | undefined {
  const { operation, code, way } = wish;
  const recipe = way === 'genuine' ? recipeFor(operation, code) : {};
  const phoneNumber = recipe && phoneNumberFor(wish, { recipe, target });
  if (recipe === undefined || phoneNumber === undefined) return undefined;
  const constants = constantsOf(wish, { recipe, target, phoneNumber });
  const shared = {
    constants,
    showsControlToken: target.controlToken !== undefined,
    asksByHeader: way === 'header',
  };
  return { ...shared, ...(isGiven(recipe) ? givenPlan(wish, recipe) : builtPlan(wish, { recipe, target })) };
}

function phoneNumberFor({ way }: Wish, { recipe, target }: Circumstances): string | undefined {
  const fitting = subscriberFor(recipe, target);
  // An answer that is forced, and one to no request at all, does not depend on whose token it is.
  const dependsOnIt = way === 'genuine' && !isGiven(recipe);
  return (dependsOnIt ? fitting : (fitting ?? target.subscribers[0]))?.phoneNumber;
}

function isGiven({ method, body }: Recipe): boolean {
  return method === 'GET' || body !== undefined;
}

function sayingsOf({ operation, code, way }: Wish, signedWith: string | undefined): readonly string[] {
  const why = way === 'genuine' ? whyOf(operation, code) : FORCED[way];
  const gets = `Gets ${code} from ${operation}. ${why}`;
  return signedWith === undefined ? [gets] : [gets, `Signed with ${signedWith}.`];
}

function givenPlan(wish: Wish, { body }: Recipe) {
  const sends = { kind: 'given', body: body === undefined ? undefined : named('SENT_BODY') } as const;
  return { says: sayingsOf(wish, undefined), steps: [], sends, decrypts: false };
}

function builtPlan(wish: Wish, { recipe, target }: Circumstances) {
  const { operation, code, way, signing } = wish;
  const parts = builtRequest({ operation, signing, recipe });
  const token = way === 'magic' ? 'MAGIC_TOKEN' : recipe.fields?.['token'] === undefined ? undefined : 'WRONG_TOKEN';
  const decrypts = signing === 'rsa' && code === SUCCESS_WITH_NUMBER;
  const takesApp = parts.made.some(({ key }) => key !== undefined && 'ofApp' in key);
  const sends: BuiltRequest = {
    kind: 'built',
    name: operation === 'loginTokenValidate' ? 'login' : 'verify',
    ...parts,
    token: token === undefined ? undefined : named(token),
    takesApp,
  };
  return {
    says: sayingsOf(wish, SIGNED_WITH.find(({ by }) => parts.made.some((made) => made.by === by))?.words),
    steps: [
      appStep({ wish, recipe, target, parts, gives: takesApp || decrypts }),
      ...(recipe.tokenOfAnotherApp ? [otherAppStep()] : []),
      ...(way === 'script' ? [scriptStep(operation)] : []),
      ...(token === undefined ? [mintStep(operation, recipe)] : []),
    ],
    sends,
    decrypts,
  };
}

/** The code whose answer has a number in it. */
const SUCCESS_WITH_NUMBER = '103000';

const SIGNED_WITH = [
  { by: 'md5Hex', words: 'MD5' },
  { by: 'hmacSha256Hex', words: 'HMACSHA256' },
  { by: 'sha256WithRsa', words: 'RSA (SHA256withRSA)' },
  { by: 'md5WithRsa', words: 'RSA (MD5withRSA)' },
] as const;

interface AppCircumstances extends Circumstances {
  readonly wish: Wish;
  readonly parts: Parts;
  readonly gives: boolean;
}

function appStep({ wish: { operation, signing }, recipe, target, parts, gives }: AppCircumstances): Step {
  const used = namesIn(parts);
  const byRsa = signing === 'rsa';
  const { ipWhitelist, ...settings } = recipe.app ?? {};
  const body = [
    field('appId', named('APP_ID')),
    ...(used.has('APP_KEY') ? [field('appKey', named('APP_KEY'))] : []),
    ...(used.has('APP_SECRET') ? [field('appSecret', named('APP_SECRET'))] : []),
    ...(byRsa ? [field('generateKeys', { json: true })] : []),
    ...Object.entries(settings).map(([name, json]) => field(name, { json: json as Json })),
    // By default a new app may admit the machine of the mock alone.
    field('ipWhitelist', { json: { [operation]: null, ...ipWhitelist } }),
    ...(byRsa && target.readings['verify-rsa-encoding'] === 'hex'
      ? [field('readings', { json: { 'verify-rsa-encoding': 'base64' } })]
      : []),
  ];
  const says = gives && byRsa ? KEYS_SAY : APP_SAYS;
  return { name: 'makeApp', says, calls: madeAnew('APP_ID', body), ...(gives && { gives: 'app' }) };
}

function otherAppStep(): Step {
  const says = 'The app that the phone got its token with.';
  return { name: 'makeOtherApp', says, calls: madeAnew('OTHER_APP_ID', [field('appId', named('OTHER_APP_ID'))]) };
}

function madeAnew(appId: 'APP_ID' | 'OTHER_APP_ID', body: readonly Field[]): readonly ControlCall[] {
  return [
    { method: 'DELETE', path: ['/apps/', named(appId)] },
    { method: 'POST', path: ['/apps'], body },
  ];
}

function scriptStep(operation: Operation): Step {
  const path = ['/apps/', named('APP_ID'), `/outcomes/${operation}`];
  const body = [field('script', named('RESULT_CODE'))];
  return { name: 'setScript', says: 'What the next call of the app gets.', calls: [{ method: 'PUT', path, body }] };
}

function mintStep(operation: Operation, { mint, tokenOfAnotherApp }: Recipe): Step {
  const path = ['/apps/', named(tokenOfAnotherApp ? 'OTHER_APP_ID' : 'APP_ID'), '/tokens'];
  const body = [
    field('phoneNumber', named('PHONE_NUMBER')),
    field('capability', { json: mint?.capability ?? operation }),
  ];
  const says = 'What the SDK in the phone would get.';
  return { name: 'mint', says, calls: [{ method: 'POST', path, body }], gives: 'token' };
}

function constantsOf(
  { operation, code, way, signing }: Wish,
  { recipe, target, phoneNumber }: Circumstances & { readonly phoneNumber: string },
) {
  const appId = `${APP_ID_PREFIX}${code}-${way}-${signing}`;
  const path = OPERATIONS.find((row) => row.operation === operation)?.path ?? '';
  return [
    { name: 'CARRIER_URL', text: target.url + path },
    { name: 'CONTROL_URL', text: `${target.controlUrl}/_mock` },
    { name: 'RESULT_CODE', text: code },
    { name: 'APP_ID', text: appId },
    { name: 'OTHER_APP_ID', text: `${appId}-other` },
    { name: 'UNKNOWN_APP_ID', text: `${appId}-unknown` },
    { name: 'APP_KEY', text: APP_KEY },
    { name: 'APP_SECRET', text: APP_SECRET },
    { name: 'PHONE_NUMBER', text: phoneNumber },
    { name: 'ASKED_NUMBER', text: numberOtherThan(phoneNumber) },
    { name: 'MAGIC_TOKEN', text: formatMagicToken(code) },
    { name: 'WRONG_TOKEN', text: String(recipe.fields?.['token']) },
    { name: 'SENT_BODY', text: recipe.body ?? '' },
  ];
}
