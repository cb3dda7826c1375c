/** What a client meant by a request, however broken it is. */
import type { JournalRecord, SignRequest } from '../api/schemas.js';

type Json = Readonly<Record<string, unknown>>;

export interface Meant {
  readonly signing: NonNullable<SignRequest['signing']>;
  /** As it was presented; undefined where it cannot be read. */
  readonly token: string | undefined;
  /** What goes with the request whatever else is wrong with it. */
  readonly fields: Readonly<Record<string, string>>;
}

const KEPT = {
  loginTokenValidate: ['expandparams'],
  tokenValidate: ['message', 'expandParams'],
} as const;

export function meantBy({ operation, request }: Pick<JournalRecord, 'operation' | 'request'>): Meant {
  const json = objectIn(request.body);
  const fields = operation === 'loginTokenValidate' ? json : asObject(json['body']);
  const isRsa =
    operation === 'loginTokenValidate' ? fields['encryptionalgorithm'] === 'RSA' : `${fields['keyType']}` === '1';
  const unsignedMode = operation === 'loginTokenValidate' ? 'md5' : 'hmac';
  return {
    signing: isRsa ? 'rsa' : unsignedMode,
    token: typeof fields['token'] === 'string' ? fields['token'] : undefined,
    fields: Object.fromEntries(
      KEPT[operation].flatMap((name) => (typeof fields[name] === 'string' ? [[name, fields[name]]] : [])),
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
