/**
 * The kit's description of the operations, made from the document: a second opinion on the server's. Everything in
 * contracts/ that depends on an operation follows from this table, requests.json and the schemas.
 */
import type { Operation } from '../index.js';
import templates from '../requests.json' with { type: 'json' };
import type { Recipe, Signing } from './case.js';
import { valueAt } from './pointer.js';

export type Credential = 'appId' | 'appSecret' | 'appKey' | 'appSignKey' | 'appDecryptKey' | 'platformPublicKey';

/** A way to sign a request. Its recipe is in requests.json. */
export interface SigningScheme {
  readonly signing: Signing;
  /** The credential that signs. */
  readonly key: Credential;
  /** The field that selects the scheme, and its text. The scheme of all other requests has none. */
  readonly selector?: { readonly at: string; readonly text: string };
  /** Whether the carrier accepts both letter cases (observed), or white space in Base64. */
  readonly ignores?: 'case' | 'white space';
}

export interface OperationFacts {
  /** The HTTP headers that carry fields. documents.ts puts them below /@headers, where pointers reach them. */
  readonly headerFields?: { readonly request: readonly string[]; readonly response: readonly string[] };
  /** JSON Pointers into the request. */
  readonly request: {
    readonly msgId: string;
    readonly time: string;
    readonly appId: string;
    readonly token: string;
    readonly sign: string;
    readonly phoneNum?: string;
  };
  /** JSON Pointers into the response. */
  readonly response: {
    readonly resultCode: string;
    /** The description of the code. */
    readonly text: string;
    /** The msgid of the request. */
    readonly echo: string;
    readonly time: string;
    readonly taskId: string;
    readonly phoneNumber?: string;
  };
  /** The default is first. */
  readonly signing: readonly SigningScheme[];
  /** The credentials without which no call is possible. */
  readonly credentials: readonly Credential[];
  /** The code for a token that is expired, used or unknown. */
  readonly tokenCode: string;
}

/** The document, 1.2, 1.3, 2.3 and 2.4. In its order. */
export const FACTS: Readonly<Record<Operation, OperationFacts>> = {
  loginTokenValidate: {
    request: { msgId: '/msgid', time: '/systemtime', appId: '/appid', token: '/token', sign: '/sign' },
    response: {
      resultCode: '/resultCode',
      text: '/desc',
      echo: '/inresponseto',
      time: '/systemtime',
      taskId: '/taskId',
      phoneNumber: '/msisdn',
    },
    signing: [
      { signing: 'md5', key: 'appSecret', ignores: 'case' },
      {
        signing: 'rsa',
        key: 'appSignKey',
        selector: { at: '/encryptionalgorithm', text: 'RSA' },
        ignores: 'case',
      },
    ],
    credentials: ['appId', 'appSecret'],
    tokenCode: '104201',
  },
  tokenValidate: {
    request: {
      msgId: '/header/msgId',
      time: '/header/timestamp',
      appId: '/header/appId',
      token: '/body/token',
      sign: '/body/sign',
      phoneNum: '/body/phoneNum',
    },
    response: {
      resultCode: '/header/resultCode',
      text: '/body/resultDesc',
      echo: '/header/msgId',
      time: '/header/timestamp',
      taskId: '/body/taskId',
    },
    signing: [
      { signing: 'hmac', key: 'appKey' },
      { signing: 'rsa', key: 'appSignKey', selector: { at: '/body/keyType', text: '1' }, ignores: 'white space' },
    ],
    credentials: ['appId', 'appKey'],
    tokenCode: '606',
  },
};

export const OPERATIONS = Object.keys(FACTS) as readonly Operation[];

/** A valid request of an operation with a signing scheme. */
export interface Template {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly path: string;
  readonly fields: unknown;
  readonly derived: readonly { readonly at: string; readonly recipe: Recipe }[];
}

const TEMPLATES = templates.requests as readonly Template[];

export function templateOf(operation: Operation, signing: Signing = schemeOf(operation).signing): Template {
  const found = TEMPLATES.find((template) => template.operation === operation && template.signing === signing);
  if (found === undefined) throw new TypeError(`${operation} has no signing mode ${signing}`);
  return found;
}

/** The scheme that a request selects; the default without a request. */
export function schemeOf(operation: Operation, fields?: unknown): SigningScheme {
  const { signing } = FACTS[operation];
  const selected = signing.find(({ selector }) => selector && String(valueAt(fields, selector.at)) === selector.text);
  return selected ?? (signing[0] as SigningScheme);
}

/** The code of a response. */
export function resultCodeIn(operation: Operation, json: unknown): string | undefined {
  const code = valueAt(json, FACTS[operation].response.resultCode);
  return typeof code === 'string' ? code : undefined;
}

const MSG_ID_LENGTH_MAX = 36;

/** The msgid that a response must echo; undefined if the request has no readable one. */
export function readableMsgId(operation: Operation, sent: unknown): string | undefined {
  const msgId = valueAt(sent, FACTS[operation].request.msgId);
  return typeof msgId === 'string' && msgId.length >= 1 && msgId.length <= MSG_ID_LENGTH_MAX ? msgId : undefined;
}
