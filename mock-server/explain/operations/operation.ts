/** What makes an operation another than the others in an explanation. Everything else is the same for all of them. */
import type { Property } from '../../../src/protocol/fields.js';
import type { AppSettings, SignSecret } from '../../carrier/engine/app-settings.js';
import type { Situation } from '../../carrier/engine/facts/situation.js';
import type { Readings } from '../../carrier/engine/readings.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { State } from '../../carrier/engine/state.js';
import type { Demand } from '../demands.js';

/** 应用公钥1 and 应用公钥2. */
export type RsaKeyName = 'appVerifyKey' | 'appEncryptKey';

/** How a sign is made without RSA. */
export interface HashSigning {
  /** What is signed, in its order. */
  readonly fields: readonly Property[];
  /** As the document writes it. */
  readonly algorithm: string;
  /** Whether the secret ends the text or is the key of an HMAC. */
  readonly secretIn: 'text' | 'key';
  /** Of the whole text, in upper-case hex. */
  readonly digest: (text: string, secret: string) => string;
}

export interface RsaSigning {
  readonly fields: readonly Property[];
  readonly algorithm: string;
  /** The public keys of the app that it needs. */
  readonly keys: readonly RsaKeyName[];
}

/**
 * Methods, since those that take any operation's request call them: a module is given no other request than its own.
 */
export interface ExplainedOperation<
  Request extends CarrierRequest = CarrierRequest,
  Name extends Property = Property,
  Case extends Situation<Request> = Situation<Request>,
> {
  /** By our names. */
  readonly demands: Readonly<Record<Name, Demand<Case>>>;
  readonly hash: HashSigning;
  readonly rsa: RsaSigning;
  /** The field that asks for RSA. */
  readonly rsaAskedBy: Name;
  asksForRsa(request: Request): boolean;
  rsaEncoding(readings: Readings): Readings['verify-rsa-encoding'];
  /** What the sign without RSA is made with. */
  signSecret(settings: AppSettings): SignSecret;
  /** The reading by which a sign in lower case may be accepted. */
  readonly caseReading: 'login-md5-case' | 'verify-hex-case';
  /** Free texts that the document wants URL-encoded. */
  readonly urlEncoded: readonly Name[];
  /** Whether the address that a request came from is looked up on the whitelist. */
  checksAddress(request: Request, state: Pick<State, 'app' | 'carrierReadings'>): boolean;
}
