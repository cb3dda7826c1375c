/** A vector of a signature or a phoneNum as a request: its app, the body, and the codes of a refusal. */
import type { Operation } from '../../../src/protocol/operations.js';
import { SETTINGS, TOKEN } from '../../support/engine.js';
import { verifyRequest, verifyRsaRequest } from '../../support/requests.js';
import { ofType, text, type Vector, type VectorType } from './vector-files.js';

/** The readings that accept `acceptable` vectors. */
export const LAX = {
  'login-md5-case': 'any',
  'verify-hex-case': 'any',
  'system-time': 'digits',
} as const;

export interface VectorRequest {
  readonly operation: Operation;
  readonly settings: Readonly<Record<'appId' | 'appKey' | 'appSecret', string>> & {
    readonly appVerifyKey: string | null;
  };
  readonly body: unknown;
  readonly token: string;
  /** The number of the token. */
  readonly phoneNumber: string;
  /** The possible codes of a refusal. */
  readonly refusals: readonly string[];
}

type RequestParts = Pick<VectorRequest, 'operation' | 'body' | 'token' | 'refusals'>;

const REQUESTS: Readonly<Partial<Record<VectorType, (vector: Vector) => RequestParts>>> = {
  LoginMd5Sign: atLogin,
  LoginRsaSign: atLogin,
  TokenValidateHmacSign: atVerify,
  TokenValidateRsaSign: atVerify,
  TokenValidatePhoneNumHash: (vector) => ({
    operation: 'tokenValidate',
    body: hashedRequest(vector),
    token: TOKEN,
    refusals: vector.flags.includes('Empty') ? ['102'] : ['001', '004'],
  }),
  TokenValidatePhoneNumDecrypt: (vector) => ({
    operation: 'tokenValidate',
    body: encryptedRequest(vector),
    token: TOKEN,
    refusals: [vector.flags.includes('Empty') ? '102' : '004'],
  }),
};

/** A missing signature is an invalid parameter; a weak key counts as not registered. */
const REFUSALS_AT_LOGIN = [
  { flag: 'Empty', code: '103414' },
  { flag: 'WeakKey', code: '103412' },
] as const;

function atLogin({ message, texts, flags }: Vector): RequestParts {
  const refusal = REFUSALS_AT_LOGIN.find(({ flag }) => flags.includes(flag))?.code ?? '103101';
  const body = { ...message, sign: text(texts, 'sign') };
  return {
    operation: 'loginTokenValidate',
    body,
    token: text(message, 'token'),
    refusals: [refusal],
  };
}

function atVerify({ header, body, texts, flags }: Vector): RequestParts {
  return {
    operation: 'tokenValidate',
    body: { header, body: { ...body, sign: text(texts, 'sign') } },
    token: text(body, 'token'),
    refusals: [flags.includes('Empty') ? '102' : '302'],
  };
}

function verification({ texts }: Vector) {
  return { token: TOKEN, phoneNumber: text(texts, 'phoneNumber') };
}

/** A request whose signature matches its phoneNum. */
function hashedRequest(vector: Vector) {
  const { group, texts } = vector;
  const changes = {
    header: { timestamp: text(group, 'timestamp') },
    body: { phoneNum: text(texts, 'phoneNum') },
  };
  return verifyRequest(
    { ...SETTINGS, appKey: text(group, 'appKey') },
    verification(vector),
    changes,
  );
}

const SIGN_PAIR = ofType('TokenValidateRsaSign')[0]?.group ?? {};

function encryptedRequest(vector: Vector) {
  const { group, texts } = vector;
  return verifyRsaRequest({ ...SETTINGS, appKey: text(group, 'appKey') }, verification(vector), {
    signKey: text(SIGN_PAIR, 'appSignPrivateKey'),
    platformPublicKey: text(group, 'platformPublicKey'),
    changes: {
      header: { timestamp: text(group, 'timestamp') },
      body: { phoneNum: text(texts, 'phoneNum') },
    },
  });
}

export function requestOf(vector: Vector): VectorRequest {
  const { group, texts, type } = vector;
  const parts = REQUESTS[type]?.(vector);
  if (parts === undefined) throw new Error(`${type} has no request`);
  const {
    appId = SETTINGS.appId,
    appKey = SETTINGS.appKey,
    appSecret = SETTINGS.appSecret,
  } = group;
  const appVerifyKey =
    group['appVerifyKey'] ??
    (type === 'TokenValidatePhoneNumDecrypt' ? text(SIGN_PAIR, 'appVerifyKey') : null);
  const phoneNumber = texts['phoneNumber'] ?? group['phoneNumber'] ?? '13800138000';
  return { ...parts, settings: { appId, appKey, appSecret, appVerifyKey }, phoneNumber };
}

/** The vectors that have a request. */
export const REQUESTED = ofType(...(Object.keys(REQUESTS) as VectorType[]));
