/** The shape of an operation's description: everything that is true of one operation alone. */
import type { DigestName } from '../digest.js';
import type { NextStep } from '../next-steps.js';
import type { RsaDigest } from '../sign.js';

/** Where a request carries a field: an HTTP header, the top level of the JSON body, or one of its two objects. */
export type Location = 'httpHeader' | 'topLevel' | 'header' | 'body';

/** What a field's text must be, beyond a list of values. `traceId` is a msgId of any length. */
export type FieldFormat = 'msgId' | 'traceId' | 'timestamp' | 'token' | 'phoneNum' | 'urlEncoded';

export interface FieldRow {
  /** The name on the wire. */
  readonly name: string;
  readonly location: Location;
  /** The name in this program, the same for all operations. */
  readonly property: string;
  /** A required field is a String that is not empty. The condition is a value of another field. */
  readonly required: boolean | { readonly property: string; readonly value: string };
  /** The valid values; without them, any text that has the format. */
  readonly values?: readonly string[];
  readonly format?: FieldFormat;
  /** The value of a required field in the requests of the mock itself, if it has no first valid value. */
  readonly sample?: string;
  /** Observed: a public client sends the value as a JSON number. */
  readonly mayBeNumber?: true;
}

/** The two secrets of an app. */
export type SecretName = 'appSecret' | 'appKey';

/** The secret among the texts that are joined to the string to sign. */
export const SECRET = 'secret';

/** A secret signs: as a part of the text of a digest, or as the key of an HMAC. The signature is in upper-case hex. */
export interface SecretUse {
  readonly by: 'digest' | 'hmac';
  readonly digest: DigestName;
  /** `chosen` is the secret of the app's 验签方式. */
  readonly secret: SecretName | 'chosen';
  /** The reading that may accept a signature in lower case. */
  readonly caseReading: 'login-md5-case' | 'verify-hex-case';
}

/** 应用公钥1 and 应用公钥2, which the app registers at the portal. */
export type AppPublicKey = 'appVerifyKey' | 'appEncryptKey';

export interface RsaKeyUse {
  readonly by: 'rsa';
  readonly digest: RsaDigest;
  readonly encoding: 'hex' | 'base64';
  /** The reading that may refuse hex in lower case; without it, either case is accepted. */
  readonly caseReading?: 'h5-sign-case';
  /** The keys without which the carrier can do nothing with the request. */
  readonly publicKeys: readonly AppPublicKey[];
}

/** A way to sign a request. */
export interface SigningScheme {
  readonly name: 'md5' | 'hmac' | 'rsa';
  /** The document's name of the algorithm. */
  readonly algorithm: string;
  /** The properties in signing order, and `SECRET` at its place among them. Their texts are joined without a separator. */
  readonly joined: readonly string[];
  /** What signs: a secret, or the private key of 应用公钥1. */
  readonly key: SecretUse | RsaKeyUse;
  /** The field and the value that select this way; the first way needs none. */
  readonly selectedBy?: { readonly property: string; readonly value: string };
}

/** A field of a response. Fields with the same location are in the order of their rows. */
export interface ReplyRow {
  /** The name on the wire. */
  readonly name: string;
  /** An HTTP header, the top level of the JSON body, or the name of the object that holds the field. */
  readonly location: 'httpHeader' | 'topLevel' | (string & {});
  /** The name in this program, the same for all operations. */
  readonly property: string;
}

export interface ResultRow {
  readonly code: string;
  readonly name: string;
  /** The document's words without its remarks in brackets; our words for a code that it does not list. */
  readonly desc: string;
  /** Plain English without comma or quote. loginTokenValidate sends it as the undocumented `desc`. */
  readonly descEn: string;
  /** Documented for 000 and 001 (纳入计费次数); inferred for every other code. */
  readonly charged: boolean;
  /** What to do after it; undefined for a success and for a code that the document does not list. Our interpretation. */
  readonly next?: NextStep;
}

export interface OperationDescription {
  readonly operation: string;
  /** What an app must be allowed, and what a token is for. */
  readonly capability: string;
  /** How we know the operation: from the carrier's document, or from public material only. */
  readonly basis: 'documented' | 'observed';
  /** The hosts that clients use, with a port if this is not 443. The source's first. */
  readonly hosts: readonly [string, ...string[]];
  readonly path: string;
  /** A path that begins with it is meant for this operation, even if it is wrong. */
  readonly prefix: string;
  readonly version: string;
  /** Whether a request without `Content-Type: application/json` is refused; otherwise the reading `content-type` decides. */
  readonly requiresJsonType?: true;
  /** In the order of the document. */
  readonly fields: readonly FieldRow[];
  /** The secret in phoneNum, or that encrypts the number of the reply; undefined if no secret hides a number. */
  readonly numberSecret?: SecretName;
  /** The first is the default. */
  readonly signings: readonly [SigningScheme, ...SigningScheme[]];
  /** In the order of the samples. */
  readonly reply: readonly ReplyRow[];
  /** Every documented code, in the order of the document. */
  readonly results: readonly ResultRow[];
  /** Other known codes: only a reading or a test selects them, because the document does not list them or no cause is known. */
  readonly unlistedResults: readonly ResultRow[];
}
