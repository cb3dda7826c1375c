/** What the control API answers about the carrier itself, and what it makes and checks: the same as `/_mock/openapi.json`. */
import type { Basis, Operation, Operator, Persona, Readings, Requirement, ResultCode, Signing } from './vocabulary.js';

/** The same in English and in Chinese. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** A number that the carrier knows. */
export interface Subscriber {
  readonly phoneNumber: string;
  readonly operator: Operator;
  /** What goes wrong with it each time; null for an ordinary one. */
  readonly persona: Persona | null;
}

/** Where the document is silent or contradicts itself, and what an app may choose there. */
export interface ReadingRow {
  readonly id: keyof Readings;
  /** Of the document: `1.2 systemtime`. */
  readonly section: string;
  /** The document's own words, which leave it open. */
  readonly sentence: string;
  readonly default: string;
  /** How we know the default. */
  readonly basis: Basis;
  readonly options: readonly { readonly option: string; readonly meaning: Bilingual }[];
  /** Further options, as a regular expression. */
  readonly pattern: string | null;
  readonly why: Bilingual;
}

/** One of the carrier's two calls. */
export interface OperationRow {
  readonly operation: Operation;
  readonly name: Bilingual;
  readonly path: '/unisdk/rsapi/loginTokenValidate' | '/openapi/rs/tokenValidate';
  /** Where the carrier answers it on this server. */
  readonly url: string;
  readonly version: '2.0' | '1.0';
  readonly requestFields: readonly RequestField[];
  readonly answerFields: readonly AnswerField[];
  /** In order of precedence: the first that is not met names the result. */
  readonly rules: readonly RuleRow[];
}

/** A documented field of a request. */
export interface RequestField {
  /** As it travels. */
  readonly name: string;
  /** The half of verify's envelope that it stands in; null for what stands at the top. */
  readonly in: 'header' | 'body' | null;
  /** `depends`: on the value of another field. */
  readonly required: true | false | 'depends';
  readonly meaning: Bilingual;
  /** What is demanded of its value, in a few words. */
  readonly rule: Bilingual;
  /** Of the document. */
  readonly section: string;
}

/** A field of an answer. */
export interface AnswerField {
  /** As it travels. */
  readonly name: string;
  /** The half of verify's envelope that it stands in; null for what stands at the top. */
  readonly in: 'header' | 'body' | null;
  readonly meaning: Bilingual;
}

/** A requirement, the code of a request that does not meet it, and both in words. */
export interface RuleRow {
  readonly requires: Requirement;
  /** By the default readings. */
  readonly otherwise: ResultCode;
  readonly basis: Basis;
  readonly met: Bilingual;
  readonly unmet: Bilingual;
}

/** What a signed request is to be like. */
export interface SigningWish {
  readonly operation: Operation;
  /** What the phone's SDK got. */
  readonly token: string;
  /** Verify's number; the token's own unless said. */
  readonly phoneNumber?: string;
  /** `md5` (unless said) or `rsa` at login, `hmac` (unless said) or `rsa` at verify. */
  readonly signing?: Signing;
  /** What `rsa` needs: the private half of 应用公钥1, PKCS#8 in Base64. It is not kept. */
  readonly privateKey?: string;
  /** Documented fields by their wire names, put in before it is signed; not `sign`. */
  readonly fields?: { readonly [name: string]: string };
}

/** A rightly signed request, ready to be sent to the carrier's address. */
export interface SignedRequest {
  readonly method: 'POST';
  readonly path: '/unisdk/rsapi/loginTokenValidate' | '/openapi/rs/tokenValidate';
  readonly headers: { readonly 'Content-Type': 'application/json' };
  readonly body: string;
  /** Whole, the secret included. */
  readonly stringToSign: string;
  readonly sign: string;
}

/** An RSA key pair in the format of the portal. */
export interface KeyPair {
  /** Base64 of the SPKI. */
  readonly publicKey: string;
  /** PKCS#8 in Base64. */
  readonly privateKey: string;
}

/** What a 服务器IP白名单 admits, and what is wrong with it. */
export interface IpWhitelistCheck {
  readonly entries: readonly IpWhitelistEntry[];
  /** On the list as a whole: what works and should be typed otherwise. */
  readonly notes: readonly Bilingual[];
  /** null where no clientIp was given. */
  readonly clientIpAdmitted: boolean | null;
}

/** An entry of a whitelist. */
export interface IpWhitelistEntry {
  /** As it was typed. */
  readonly entry: string;
  /** An address, or a range `10.0.0.1-10.0.0.9`; null where it admits nobody. */
  readonly admits: string | null;
  /** What is wrong and how to write it, in one sentence. */
  readonly problem: Bilingual | null;
}
