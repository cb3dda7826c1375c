/** What differs between the operations in an explanation. Everything else is the same. */
import type { Property } from '../../../src/protocol/fields.js';
import type { AppSettings, SignSecret } from '../../carrier/engine/app-settings.js';
import type { Situation } from '../../carrier/engine/facts/situation.js';
import type { Readings } from '../../carrier/engine/readings.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { State } from '../../carrier/engine/state.js';
import type { FieldConstraint } from '../field-constraints.js';

/** 应用公钥1 and 应用公钥2. */
export type RsaKeyName = 'appVerifyKey' | 'appEncryptKey';

/** The signature without RSA. */
export interface HashSigning {
  /** The signed fields in order. */
  readonly fields: readonly Property[];
  /** The document's name of the algorithm. */
  readonly algorithm: string;
  /** Whether the secret is appended to the text, or is the key of an HMAC. */
  readonly secretIn: 'text' | 'key';
  /** Returns upper-case hex for the complete string to sign. */
  readonly digest: (text: string, secret: string) => string;
}

export interface RsaSigning {
  readonly fields: readonly Property[];
  readonly algorithm: string;
  /** The public keys that the app must have. */
  readonly keys: readonly RsaKeyName[];
}

/**
 * Has methods, not function properties, so that code for any operation can call them. A module receives only its own requests.
 */
export interface ExplainedOperation<
  Request extends CarrierRequest = CarrierRequest,
  Name extends Property = Property,
  Case extends Situation<Request> = Situation<Request>,
> {
  /** By the project's own property names. */
  readonly constraints: Readonly<Record<Name, FieldConstraint<Case>>>;
  readonly hash: HashSigning;
  readonly rsa: RsaSigning;
  /** The field that selects RSA. */
  readonly rsaSelector: Name;
  usesRsa(request: Request): boolean;
  rsaEncoding(readings: Readings): Readings['verify-rsa-encoding'];
  /** The secret of the signature without RSA. */
  signSecret(settings: AppSettings): SignSecret;
  /** The reading that may accept a signature in lower case. */
  readonly caseReading: 'login-md5-case' | 'verify-hex-case';
  /** Free-text fields that the document requires to be URL-encoded. */
  readonly urlEncoded: readonly Name[];
  /** Whether the request's address is checked against the whitelist. */
  checksAddress(request: Request, state: Pick<State, 'app' | 'carrierReadings'>): boolean;
}
