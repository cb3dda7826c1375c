/** The intent of a request, even if the request is invalid: signing mode, token and extra fields. */
import type { JournalRecord, SignRequest } from '../api/schemas.js';

type Json = Readonly<Record<string, unknown>>;

export interface RequestIntent {
  readonly signing: NonNullable<SignRequest['signing']>;
  /** undefined if it cannot be read. */
  readonly token: string | undefined;
  /** Optional fields that a fixed request keeps. */
  readonly fields: Readonly<Record<string, string>>;
}

const KEPT_FIELDS = {
  loginTokenValidate: ['expandparams'],
  tokenValidate: ['message', 'expandParams'],
} as const;

export function intentOf({ operation, request }: Pick<JournalRecord, 'operation' | 'request'>): RequestIntent {
  const json = objectIn(request.body);
  const fields = operation === 'loginTokenValidate' ? json : asObject(json['body']);
  const isRsa =
    operation === 'loginTokenValidate' ? fields['encryptionalgorithm'] === 'RSA' : `${fields['keyType']}` === '1';
  const defaultSigning = operation === 'loginTokenValidate' ? 'md5' : 'hmac';
  return {
    signing: isRsa ? 'rsa' : defaultSigning,
    token: typeof fields['token'] === 'string' ? fields['token'] : undefined,
    fields: Object.fromEntries(
      KEPT_FIELDS[operation].flatMap((name) => (typeof fields[name] === 'string' ? [[name, fields[name]]] : [])),
    ),
  };
}

function objectIn(text: string): Json {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
