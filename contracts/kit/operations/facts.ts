/** What the kit knows of an operation: the shape of a row of its table. */
import type { Operation } from '../../index.js';
import type { Signing } from '../case.js';
import type { Calibration } from './calibration.js';

export type Credential =
  | 'appId'
  | 'appSecret'
  | 'appKey'
  | 'appSignKey'
  | 'appDecryptKey'
  | 'platformPublicKey';

/** A way to sign a request. Its recipe is in requests/<operation>.json. */
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
  /** How we know the operation. */
  readonly basis: 'documented' | 'observed';
  /** The host of the source, with a port if this is not 443. */
  readonly host: string;
  /** The templates in requests/<operation>.json. TypeScript widens the literals of a JSON module to string. */
  readonly requests: readonly unknown[];
  /** The HTTP headers that carry fields. documents.ts puts them below /@headers, where pointers reach them. */
  readonly headerFields?: {
    readonly request: readonly string[];
    readonly response: readonly string[];
  };
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
    readonly taskId?: string;
    readonly phoneNumber?: string;
    /** Whether a decrypted number needs the appKey, instead of the private key of 应用公钥2. */
    readonly encryptedBy?: 'appKey';
  };
  /** The default is first. */
  readonly signing: readonly [SigningScheme, ...SigningScheme[]];
  /** The credentials without which no call is possible. */
  readonly credentials: readonly Credential[];
  /** The code for a token that is expired, used or unknown. */
  readonly tokenCode: string;
  /** A well-formed token that was never issued. */
  readonly unknownToken: string;
  /** The other operation whose tokens look the same. */
  readonly sharesTokensWith?: Operation;
  readonly calibration: Calibration;
}
