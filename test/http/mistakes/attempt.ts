/** One call of the client, changed by a plan: its app and token, its steps, and the explanation of its response. */
import { onTestFinished, vi } from 'vitest';
import { mintToken, newApp, send, sharedMock } from '../../support/mock.js';
import {
  type Account,
  base64,
  beijingTime,
  digest,
  envelope,
  type Fields,
  hmacSha256,
  join,
  LOGIN_ORDER,
  newKeyPair,
  post,
  type Reply,
  rsaEncrypt,
  rsaSign,
  upperHex,
  VERIFY_ORDER,
  type Wire,
} from './client.js';

/** The pair of 应用公钥1, the pair of 应用公钥2, and one that is unregistered or belongs to another app. */
export const SIGN_PAIR = newKeyPair();
export const DECRYPT_PAIR = newKeyPair();
export const OTHER_PAIR = newKeyPair();

export const SUBSCRIBER = '13800138000';
const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
const VERIFY_PATH = '/openapi/rs/tokenValidate';

/** The input of the first step. */
export interface Given {
  readonly app: Account;
  readonly other: Account;
  readonly token: string;
  readonly nowMs: number;
}

/** The input of a signing step: the input of the call, and the fields so far. */
export interface Step extends Given {
  readonly fields: Fields;
}

/** The steps in which a developer deviates from the document. */
export interface Plan {
  /** The app's settings, in the format of the control API. */
  readonly app?: object;
  /** The settings of a second app, if the plan needs one. */
  readonly other?: object;
  /** The app that the token is issued to, and how it is minted. */
  readonly tokenOf?: 'app' | 'other';
  readonly mint?: object;
  /** Fields to set before signing; undefined omits a field. */
  readonly fields?: (given: Given) => Fields;
  readonly phoneNum?: (step: Step) => string;
  readonly sign?: (step: Step) => string;
  /** Changes the signed fields before they go into the body. */
  readonly sent?: (fields: Fields, given: Given) => Fields;
  readonly wire?: (wire: Wire, fields: Fields) => Wire;
  /** Changes how the request is sent. */
  readonly post?: typeof post;
  /** An earlier call, with the same token or its own. */
  readonly earlier?: { readonly token: 'same' | 'its own'; readonly plan: Plan; readonly agoMs?: number };
}

export type Mode = 'login MD5' | 'login RSA' | 'verify HMAC' | 'verify RSA';

interface ModeRow {
  readonly mode: Mode;
  readonly operation: 'loginTokenValidate' | 'tokenValidate';
  readonly app: object;
  readonly fields: (given: Given) => Fields;
  readonly phoneNum?: (step: Step) => string;
  readonly sign: (step: Step) => string;
}

const RSA_APP = { appVerifyKey: SIGN_PAIR.publicKey, appEncryptKey: DECRYPT_PAIR.publicKey };

/** The document's four signing modes. */
export const MODES = [
  {
    mode: 'login MD5',
    operation: 'loginTokenValidate',
    app: {},
    fields: loginFields,
    sign: ({ fields, app }) => signText('login MD5', join(fields, LOGIN_ORDER) + app.appSecret, app),
  },
  {
    mode: 'login RSA',
    operation: 'loginTokenValidate',
    app: RSA_APP,
    fields: (given) => ({ ...loginFields(given), encryptionalgorithm: 'RSA' }),
    sign: ({ fields, app }) => signText('login RSA', join(fields, ['appid', 'token']), app),
  },
  {
    mode: 'verify HMAC',
    operation: 'tokenValidate',
    app: {},
    fields: verifyFields,
    phoneNum: ({ fields, app }) => phoneHash(SUBSCRIBER + app.appKey + String(fields['timestamp'])),
    sign: ({ fields, app }) => signText('verify HMAC', join(fields, VERIFY_ORDER), app),
  },
  {
    mode: 'verify RSA',
    operation: 'tokenValidate',
    app: RSA_APP,
    fields: (given) => ({ ...verifyFields(given), keyType: '1' }),
    phoneNum: ({ fields, app }) =>
      base64(rsaEncrypt(SUBSCRIBER + app.appKey + String(fields['timestamp']), app.platformPublicKey)),
    sign: ({ fields, app }) => signText('verify RSA', join(fields, VERIFY_ORDER), app),
  },
] as const satisfies readonly ModeRow[];

/** The signature of a complete string in this mode; login's string includes the secret. */
export function signText(mode: Mode, text: string, { appKey }: Account): string {
  switch (mode) {
    case 'login MD5':
      return upperHex(digest('md5', text));
    case 'login RSA':
      return upperHex(rsaSign(text, 'RSA-SHA256', SIGN_PAIR.privateKey));
    case 'verify HMAC':
      return upperHex(hmacSha256(text, appKey));
    case 'verify RSA':
      return base64(rsaSign(text, 'RSA-MD5', SIGN_PAIR.privateKey));
    default:
      return mode satisfies never;
  }
}

export function phoneHash(text: string): string {
  return upperHex(digest('sha256', text));
}

export function loginFields({ app, token, nowMs }: Given): Fields {
  return {
    version: '2.0',
    msgid: upperHex(digest('md5', token)),
    systemtime: beijingTime(nowMs),
    strictcheck: '0',
    appid: app.appId,
    token,
  };
}

export function verifyFields({ app, token, nowMs }: Given): Fields {
  return {
    version: '1.0',
    msgId: upperHex(digest('md5', token)),
    timestamp: beijingTime(nowMs),
    appId: app.appId,
    openType: '1',
    requesterType: '0',
    token,
  };
}

export interface Explained {
  readonly base: string;
  readonly account: Account;
  readonly reply: Reply;
  readonly wire: Wire;
}

// A reloaded page or a repeated job: the requests are not in the same moment.
const EARLIER_BY_MS = 2000;

/** Creates an app and a token, then makes the calls, the earlier one first. */
export async function attempt(mode: Mode, plan: Plan): Promise<Explained> {
  const { url: base } = await sharedMock();
  const row = rowOf(mode);
  const app: Account = await newApp(base, { ...row.app, ...plan.app });
  const other: Account = plan.other === undefined ? app : await newApp(base, plan.other);
  const nowMs = Date.now();
  if (plan.earlier !== undefined) setDate(nowMs - (plan.earlier.agoMs ?? EARLIER_BY_MS));
  const { appId: mintedFor } = plan.tokenOf === 'other' ? other : app;
  const mint = () => mintToken(base, mintedFor, { capability: row.operation, ...plan.mint });
  const token = await mint();
  if (plan.earlier !== undefined) {
    const earlierToken = plan.earlier.token === 'same' ? token : await mint();
    await post(base, wireOf(row, plan.earlier.plan, { app, other, token: earlierToken, nowMs: Date.now() }));
    setDate(nowMs);
  }
  const wire = wireOf(row, plan, { app, other, token, nowMs: Date.now() });
  return { base, account: app, wire, reply: await (plan.post ?? post)(base, wire) };
}

/** Freezes Date at this time, for client and server, until the test ends. */
export function setDate(atMs: number): void {
  vi.setSystemTime(atMs);
  onTestFinished(() => void vi.useRealTimers());
}

function rowOf(name: Mode): ModeRow {
  const row = MODES.find(({ mode }) => mode === name);
  if (row === undefined) throw new Error(name);
  return row;
}

/** The request on the wire after all steps. */
function wireOf(row: ModeRow, plan: Plan, given: Given): Wire {
  const chosen = whole({ ...row.fields(given), ...plan.fields?.(given) });
  const phoneNum = plan.phoneNum ?? row.phoneNum;
  const fields =
    phoneNum === undefined ? chosen : whole({ phoneNum: phoneNum({ ...given, fields: chosen }), ...chosen });
  const signed = whole({ ...fields, sign: (plan.sign ?? row.sign)({ ...given, fields }) });
  const sent = plan.sent?.(signed, given) ?? signed;
  const login = row.operation === 'loginTokenValidate';
  const wire: Wire = {
    method: 'POST',
    path: login ? LOGIN_PATH : VERIFY_PATH,
    headers: ['Content-Type', 'application/json'],
    body: JSON.stringify(login ? sent : envelope(sent)),
  };
  return plan.wire?.(wire, sent) ?? wire;
}

function whole(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The fields with one of them under another name. */
export function renamed(fields: Fields, { from, to }: { readonly from: string; readonly to: string }): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name === from ? to : name, value]));
}

export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly evidence: unknown;
}

export interface Explanation {
  readonly requestId: string;
  readonly operation: string;
  readonly resultCode: string;
  readonly decidedBy: string;
  readonly forced: boolean;
  readonly gates: readonly { readonly requires: string; readonly otherwise: string; readonly outcome: string }[];
  readonly next: string | null;
  readonly findings: readonly Finding[];
  readonly stringToSign: string | null;
  readonly stringToSignSegments: readonly Segment[] | null;
  readonly expectedSign: string | null;
  readonly receivedSign: string | null;
  readonly signedString: string | null;
  readonly signedStringSegments: readonly Segment[] | null;
}

interface Segment {
  readonly field: string | null;
  readonly value: string;
}

export async function explanationOf({ base, reply }: Explained, lang: 'en' | 'zh'): Promise<Explanation> {
  const { status, json, text } = await send(base, 'GET', `/_mock/requests/${reply.requestId}/explanation?lang=${lang}`);
  if (status !== 200) throw new Error(text);
  return json;
}
