/** Generated from the OpenAPI document of the control API by `npm run control-types`. */

/** Settings of a new app. What is omitted is generated, or has its default. */
export interface NewApp {
    /** 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit */
    readonly appId?: string | null;
    /** APPKEY: the secret of a tokenValidate signature. */
    readonly appKey?: string | null;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret?: string | null;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains. */
    readonly signSecret?: "appSecret" | "appKey" | null;
    /** 应用公钥1: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appVerifyKey?: string | null;
    /** 应用公钥2: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appEncryptKey?: string | null;
    /** 能力: what the app may use. */
    readonly capabilities?: readonly ("loginTokenValidate" | "tokenValidate" | "smsFallback")[] | null;
    /** 服务器IP白名单 of each operation, in the portal's syntax. null admits every address, an empty string none. */
    readonly ipWhitelist?: {
        readonly loginTokenValidate?: string | null;
        readonly tokenValidate?: string | null;
    } | null;
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted?: boolean | null;
    /** Calls a day without a contract. */
    readonly dailyQuota?: number | null;
    /** Calls under the contract; null means no limit. */
    readonly callPackage?: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs?: number | null;
    /** How the mock interprets the document where it is silent or contradicts itself. */
    readonly readings?: {
        readonly "login-md5-case"?: "any" | "upper" | null;
        readonly "verify-hex-case"?: "upper" | "any" | null;
        readonly "content-type"?: "any" | "json" | null;
        readonly "json-numbers"?: "keyType" | "refused" | "any" | null;
        /** one of digits, calendar, window:<duration> */
        readonly "system-time"?: string | null;
        readonly "msgid-replay"?: "allowed" | "refused" | null;
        readonly "refused-call-uses-token"?: "no" | "yes" | null;
        readonly "verify-quota-code"?: "103420" | "102315" | null;
        readonly "daily-quota-counts"?: "charged" | "every-call" | null;
        readonly "daily-quota-covers"?: "both" | "tokenValidate" | null;
        readonly "login-ip-check"?: "strict-only" | "always" | null;
        readonly "login-error-desc"?: "sent" | "absent" | null;
        readonly "unknown-app-at-verify"?: "102" | "302" | null;
        readonly "other-apps-dead-token"?: "103133" | "104201" | null;
        readonly "verify-rsa-encoding"?: "base64" | "hex" | null;
        readonly "verify-key-size"?: "any" | "1024" | null;
    } | null;
    /** A control token of the app's own: its calls then need this token or the server's. */
    readonly controlToken?: string | null;
    /** Generates both RSA key pairs. The response has their private keys, once. */
    readonly generateKeys?: boolean;
    /** Generates a control token for the app. The response has it, once. */
    readonly generateControlToken?: boolean;
}

/** Settings to change. An omitted field keeps its value; null restores the default. */
export interface AppSettings {
    /** 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit */
    readonly appId?: string | null;
    /** APPKEY: the secret of a tokenValidate signature. */
    readonly appKey?: string | null;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret?: string | null;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains. */
    readonly signSecret?: "appSecret" | "appKey" | null;
    /** 应用公钥1: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appVerifyKey?: string | null;
    /** 应用公钥2: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appEncryptKey?: string | null;
    /** 能力: what the app may use. */
    readonly capabilities?: readonly ("loginTokenValidate" | "tokenValidate" | "smsFallback")[] | null;
    /** 服务器IP白名单 of each operation, in the portal's syntax. null admits every address, an empty string none. */
    readonly ipWhitelist?: {
        readonly loginTokenValidate?: string | null;
        readonly tokenValidate?: string | null;
    } | null;
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted?: boolean | null;
    /** Calls a day without a contract. */
    readonly dailyQuota?: number | null;
    /** Calls under the contract; null means no limit. */
    readonly callPackage?: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs?: number | null;
    /** How the mock interprets the document where it is silent or contradicts itself. */
    readonly readings?: {
        readonly "login-md5-case"?: "any" | "upper" | null;
        readonly "verify-hex-case"?: "upper" | "any" | null;
        readonly "content-type"?: "any" | "json" | null;
        readonly "json-numbers"?: "keyType" | "refused" | "any" | null;
        /** one of digits, calendar, window:<duration> */
        readonly "system-time"?: string | null;
        readonly "msgid-replay"?: "allowed" | "refused" | null;
        readonly "refused-call-uses-token"?: "no" | "yes" | null;
        readonly "verify-quota-code"?: "103420" | "102315" | null;
        readonly "daily-quota-counts"?: "charged" | "every-call" | null;
        readonly "daily-quota-covers"?: "both" | "tokenValidate" | null;
        readonly "login-ip-check"?: "strict-only" | "always" | null;
        readonly "login-error-desc"?: "sent" | "absent" | null;
        readonly "unknown-app-at-verify"?: "102" | "302" | null;
        readonly "other-apps-dead-token"?: "103133" | "104201" | null;
        readonly "verify-rsa-encoding"?: "base64" | "hex" | null;
        readonly "verify-key-size"?: "any" | "1024" | null;
    } | null;
    /** A control token of the app's own: its calls then need this token or the server's. */
    readonly controlToken?: string | null;
}

/** The token that the phone's SDK is to get. */
export interface Mint {
    /** The SIM card's number; by default the first subscriber's. */
    readonly phoneNumber?: string;
    /** The operation that the token is for; by default loginTokenValidate. */
    readonly capability?: "loginTokenValidate" | "tokenValidate";
    /** The SIM card's carrier; by default the number's. */
    readonly operator?: "mobile" | "unicom" | "telecom";
    /** How long ago the token was issued, in milliseconds; by default 0. */
    readonly ageMs?: number;
    /** The text of the token itself; generated by default. */
    readonly token?: string;
    /** How many tokens to mint; the response is then a list. */
    readonly count?: number;
}

/** How to set the clock. An omitted field keeps its value. */
export interface ClockSetting {
    /** Epoch milliseconds. */
    readonly atMs?: number;
    readonly frozen?: boolean;
}

export interface AdvanceClock {
    /** a duration such as "90s" or "2m" */
    readonly by: string;
}

export interface CountRequests {
    readonly appId?: string;
    readonly operation?: "loginTokenValidate" | "tokenValidate";
    readonly resultCode?: string;
    readonly token?: string;
}

export interface SetOutcomes {
    readonly script: string;
}

/** The request to sign. */
export interface SigningWish {
    readonly operation: "loginTokenValidate" | "tokenValidate";
    /** The token that the phone's SDK got. */
    readonly token: string;
    /** The number that tokenValidate checks; by default the token's own. */
    readonly phoneNumber?: string;
    /** md5 (default) or rsa for loginTokenValidate, hmac (default) or rsa for tokenValidate. */
    readonly signing?: "md5" | "rsa" | "hmac";
    /** Required by rsa: the private key of 应用公钥1, PKCS#8 in Base64. The mock does not keep it. */
    readonly privateKey?: string;
    /** Documented fields by their wire names, set before the request is signed; not sign. */
    readonly fields?: {
        readonly [key: string]: string;
    };
}

export interface MakeKeyPair {
    readonly bits?: 1024 | 2048;
}

export interface CheckIpWhitelist {
    readonly ipWhitelist: string;
    readonly clientIp?: string;
}

export type Nothing = Record<string, never>;

/** The carrier's two operations: 获取手机号码 and 本机号码校验. */
export type Operation = "loginTokenValidate" | "tokenValidate";

/** A SIM card's carrier: 移动, 联通, 电信. */
export type Operator = "mobile" | "unicom" | "telecom";

/** 能力: an operation, or 短验辅助. */
export type Capability = "loginTokenValidate" | "tokenValidate" | "smsFallback";

/** 验签方式: the secret of an MD5 signature. */
export type SignSecret = "appSecret" | "appKey";

/** md5 or rsa for loginTokenValidate, hmac or rsa for tokenValidate. */
export type Signing = "md5" | "rsa" | "hmac";

/** What goes wrong with a test number, every time. */
export type Persona = "serviceDown" | "tokenServiceDown" | "numberNotObtained";

/** How a fact is known. documented: a sentence of the document. observed: public evidence. inferred: it follows from evidence. assumed: our choice. */
export type Basis = "documented" | "observed" | "inferred" | "assumed";

/** How a code is obtained: by its cause, or forced by a magic token, a request header or a script. */
export type Way = "genuine" | "magic" | "header" | "script";

/** How the mock interprets the document where it is silent or contradicts itself. */
export interface Readings {
    readonly "login-md5-case": "any" | "upper";
    readonly "verify-hex-case": "upper" | "any";
    readonly "content-type": "any" | "json";
    readonly "json-numbers": "keyType" | "refused" | "any";
    readonly "system-time": string;
    readonly "msgid-replay": "allowed" | "refused";
    readonly "refused-call-uses-token": "no" | "yes";
    readonly "verify-quota-code": "103420" | "102315";
    readonly "daily-quota-counts": "charged" | "every-call";
    readonly "daily-quota-covers": "both" | "tokenValidate";
    readonly "login-ip-check": "strict-only" | "always";
    readonly "login-error-desc": "sent" | "absent";
    readonly "unknown-app-at-verify": "102" | "302";
    readonly "other-apps-dead-token": "103133" | "104201";
    readonly "verify-rsa-encoding": "base64" | "hex";
    readonly "verify-key-size": "any" | "1024";
}

/** Every documented code, and 102315, which the mock sends only with the reading verify-quota-code. */
export type ResultCode = "103000" | "103101" | "103113" | "103119" | "103133" | "103211" | "103412" | "103414" | "103511" | "103811" | "104201" | "105018" | "105019" | "105312" | "105313" | "000" | "001" | "002" | "003" | "004" | "102" | "124" | "302" | "303" | "606" | "999" | "103420" | "102315";

/** What the carrier requires of a request. */
export type Requirement = "urlRight" | "bodyReadable" | "valuesAreStrings" | "tokenPresent" | "parametersValid" | "appKnown" | "ipAllowed" | "capabilityGranted" | "encryptionPossible" | "signValid" | "serviceUp" | "tokenWellFormed" | "tokenKnown" | "tokenOfThisApp" | "tokenOfThisCapability" | "tokenLive" | "tokenUnused" | "callsLeft" | "phoneNumReadable" | "tokenServiceUp" | "numberObtained" | "numberMatches";

/** The requirement that was not met; allMet on success; forced by a script, header or magic token. */
export type DecidedBy = Requirement | ("allMet" | "forced");

export interface Health {
    readonly status: "ok";
}

/** An app with all its settings. */
export interface App {
    readonly appId: string;
    /** APPKEY: the secret of a tokenValidate signature. */
    readonly appKey: string;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret: string;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains. */
    readonly signSecret: SignSecret;
    /** 应用公钥1: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appVerifyKey: string | null;
    /** 应用公钥2: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appEncryptKey: string | null;
    /** 能力: what the app may use. */
    readonly capabilities: readonly Capability[];
    /** 服务器IP白名单 of each operation, in the portal's syntax. null admits every address, an empty string none. */
    readonly ipWhitelist: {
        readonly loginTokenValidate: string | null;
        readonly tokenValidate: string | null;
    };
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted: boolean;
    /** Calls a day without a contract. */
    readonly dailyQuota: number;
    /** Calls under the contract; null means no limit. */
    readonly callPackage: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs: number;
    /** How the mock interprets the document where it is silent or contradicts itself. */
    readonly readings: Readings;
    /** 平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1. */
    readonly platformPublicKey: string;
    /** What created the app. */
    readonly origin: "configuration" | "api";
    /** Whether the app has a control token of its own. The token is not shown. */
    readonly hasControlToken: boolean;
}

/** A new app, with the secrets that were generated for it. */
export interface CreatedApp {
    readonly appId: string;
    /** APPKEY: the secret of a tokenValidate signature. */
    readonly appKey: string;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret: string;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains. */
    readonly signSecret: SignSecret;
    /** 应用公钥1: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appVerifyKey: string | null;
    /** 应用公钥2: Base64 of the SPKI, 1024 to 4096 bits. */
    readonly appEncryptKey: string | null;
    /** 能力: what the app may use. */
    readonly capabilities: readonly Capability[];
    /** 服务器IP白名单 of each operation, in the portal's syntax. null admits every address, an empty string none. */
    readonly ipWhitelist: {
        readonly loginTokenValidate: string | null;
        readonly tokenValidate: string | null;
    };
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted: boolean;
    /** Calls a day without a contract. */
    readonly dailyQuota: number;
    /** Calls under the contract; null means no limit. */
    readonly callPackage: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs: number;
    /** How the mock interprets the document where it is silent or contradicts itself. */
    readonly readings: Readings;
    /** 平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1. */
    readonly platformPublicKey: string;
    /** What created the app. */
    readonly origin: "configuration" | "api";
    /** Whether the app has a control token of its own. The token is not shown. */
    readonly hasControlToken: boolean;
    /** The private key of 应用公钥1, PKCS#8 in Base64, if generateKeys was true. Shown once. */
    readonly appSignPrivateKey?: string;
    /** The private key of 应用公钥2, PKCS#8 in Base64, if generateKeys was true. Shown once. */
    readonly appDecryptPrivateKey?: string;
    /** The app's own control token, if generateControlToken was true. Shown once. */
    readonly controlToken?: string;
}

export interface Apps {
    readonly apps: readonly App[];
}

/** A new token. */
export interface MintedToken {
    readonly token: string;
    readonly phoneNumber: string;
    /** The operation that the token is for. */
    readonly capability: Operation;
    readonly operator: Operator;
    /** Epoch milliseconds, by the app's clock. */
    readonly issuedAtMs: number;
    /** Epoch milliseconds: from this moment on it is expired. */
    readonly expiresAtMs: number;
}

/** A list if the request has a count. */
export type Minted = MintedToken | MintedTokens;

export interface MintedTokens {
    readonly tokens: readonly MintedToken[];
}

/** A token and its state. */
export interface Token {
    readonly token: string;
    readonly phoneNumber: string;
    /** The operation that the token is for. */
    readonly capability: Operation;
    readonly operator: Operator;
    /** Epoch milliseconds, by the app's clock. */
    readonly issuedAtMs: number;
    /** Epoch milliseconds: from this moment on it is expired. */
    readonly expiresAtMs: number;
    readonly status: "live" | "used" | "expired";
    /** The id of the request that used it up; null if none did. */
    readonly usedBy: string | null;
}

/** 短验辅助凭证: the credential in the response 001. */
export interface AccessToken {
    readonly accessToken: string;
    readonly taskId: string;
    readonly status: "live" | "redeemed" | "expired";
    /** Epoch milliseconds, by the app's clock. */
    readonly issuedAtMs: number;
    /** Epoch milliseconds, by the app's clock. */
    readonly expiresAtMs: number;
}

/** An app's clock. */
export interface Clock {
    /** Epoch milliseconds. */
    readonly nowMs: number;
    /** Milliseconds by which it is ahead of the machine's clock. */
    readonly offsetMs: number;
    readonly frozen: boolean;
}

/** A script and its progress. */
export interface Outcomes {
    /** Empty without a script. */
    readonly script: string;
    /** The steps that are left; empty when the script is finished. */
    readonly remaining: string;
}

export interface Snapshot {
    readonly id: string;
}

export interface Snapshots {
    readonly snapshots: readonly SavedSnapshot[];
}

export interface SavedSnapshot {
    readonly id: string;
    /** Epoch milliseconds, by the app's clock. */
    readonly atMs: number;
}

/** A request to the carrier and its response. */
export interface JournalRecord {
    /** Also in the response's header X-Mock-Request-Id. */
    readonly id: string;
    /** Epoch milliseconds, by the app's clock. */
    readonly atMs: number;
    /** As it was sent, known or unknown; null if it could not be read. */
    readonly appId: string | null;
    readonly operation: Operation;
    readonly method: string;
    readonly path: string;
    readonly clientIp: string;
    /** null if a script or header kept the carrier from deciding. */
    readonly resultCode: ResultCode | null;
    readonly decidedBy: DecidedBy;
    readonly forced: boolean;
    readonly charged: boolean;
    /** 话单流水号; null if nothing was decided. */
    readonly taskId: string | null;
    readonly durationMs: number;
    /** The step of a script or header that was applied, as text. */
    readonly outcome: string | null;
    readonly request: {
        /** By lower-case name; a list for a header that was sent more than once. */
        readonly headers: {
            readonly [key: string]: string | readonly string[];
        };
        readonly body: string;
    };
    readonly response: {
        /** null if no response was sent. */
        readonly status: number | null;
        readonly body: string;
    };
}

/** A page of the journal, newest first. It can have fewer records than requested if they are large. */
export interface JournalPage {
    readonly requests: readonly JournalRecord[];
    /** How many records that were dropped could have matched. */
    readonly evicted: number;
    /** Whether there are older records: request those after the last one. */
    readonly more: boolean;
}

/** How many requests matched. */
export interface RequestCount {
    readonly count: number;
    /** false if records that could match were dropped. */
    readonly complete: boolean;
}

/** A requirement, and whether the request met it. */
export interface Gate {
    readonly requires: Requirement;
    /** The code of a request that does not meet it. */
    readonly otherwise: ResultCode;
    readonly basis: Basis;
    readonly outcome: "met" | "unmet" | "not reached";
}

/** A known mistake that the request contains. */
export interface Finding {
    /** Stable: sign.secret-swapped, token.used … */
    readonly id: string;
    readonly title: string;
    readonly detail: string;
    readonly evidence: {
        readonly [key: string]: string | number | readonly string[];
    };
}

/** Why a request got its response. */
export interface Explanation {
    readonly requestId: string;
    readonly operation: Operation;
    readonly resultCode: ResultCode | null;
    readonly decidedBy: DecidedBy;
    readonly forced: boolean;
    readonly gates: readonly Gate[];
    /** The code of the same request with the unmet requirement met; null on success. */
    readonly next: ResultCode | null;
    readonly findings: readonly Finding[];
    /** Complete, with the secret. */
    readonly stringToSign: string | null;
    readonly expectedSign: string | null;
    readonly receivedSign: string | null;
    /** The string that the client signed, if the search found it; null if the signature is right. */
    readonly signedString: string | null;
}

/** The charged calls, newest first. */
export interface Ledger {
    /** Exact, even if records were dropped. */
    readonly charged: number;
    /** Calls left; null without a limit. */
    readonly remaining: number | null;
    readonly records: readonly LedgerRecord[];
}

/** 话单: one charged call. */
export interface LedgerRecord {
    readonly taskId: string;
    readonly operation: Operation;
    readonly resultCode: ResultCode;
    /** Epoch milliseconds, by the app's clock. */
    readonly atMs: number;
}

export interface ResultCodes {
    readonly codes: readonly ResultCodeRow[];
}

/** A result code, its cause, and how to get it. */
export interface ResultCodeRow {
    readonly operation: Operation;
    readonly code: ResultCode;
    readonly name: string;
    /** The document's own words. */
    readonly desc: string;
    readonly descEn: string;
    readonly cause: Bilingual;
    readonly basis: Basis;
    /** The requirements whose violation gives this code, in order of precedence; allMet for a success. */
    readonly decidedBy: readonly (Requirement | "allMet")[];
    readonly charged: boolean;
    /** Whether the token is used up. */
    readonly usesToken: boolean;
    /** What a client does next; null for a success. */
    readonly nextStep: "getNewToken" | "fallBackToSms" | "fixConfiguration" | "contactCarrier" | "retryLater" | null;
    readonly ways: readonly {
        readonly way: Way;
        readonly curl: string;
    }[];
}

/** The same in English and in Chinese. */
export interface Bilingual {
    readonly en: string;
    readonly zh: string;
}

export interface Subscribers {
    readonly subscribers: readonly Subscriber[];
}

/** A number that the carrier knows. */
export interface Subscriber {
    readonly phoneNumber: string;
    readonly operator: Operator;
    /** null for an ordinary number. */
    readonly persona: Persona | null;
}

export interface ReadingRows {
    readonly readings: readonly ReadingRow[];
}

/** A place where the document is silent or contradicts itself, and what an app can choose there. */
export interface ReadingRow {
    readonly id: "login-md5-case" | "verify-hex-case" | "content-type" | "json-numbers" | "system-time" | "msgid-replay" | "refused-call-uses-token" | "verify-quota-code" | "daily-quota-counts" | "daily-quota-covers" | "login-ip-check" | "login-error-desc" | "unknown-app-at-verify" | "other-apps-dead-token" | "verify-rsa-encoding" | "verify-key-size";
    /** Of the document: 1.2 systemtime. */
    readonly section: string;
    /** The document's own words, which leave it open. */
    readonly sentence: string;
    readonly default: string;
    /** How the default is known. */
    readonly basis: Basis;
    readonly options: readonly {
        readonly option: string;
        readonly meaning: Bilingual;
    }[];
    /** A regular expression for further options; null if there are none. */
    readonly pattern: string | null;
    readonly why: Bilingual;
}

export interface OperationRows {
    readonly operations: readonly OperationRow[];
}

/** One of the carrier's two operations. */
export interface OperationRow {
    readonly operation: Operation;
    readonly name: Bilingual;
    readonly path: "/unisdk/rsapi/loginTokenValidate" | "/openapi/rs/tokenValidate";
    /** Where the carrier serves it on this server. */
    readonly url: string;
    readonly version: "2.0" | "1.0";
    readonly requestFields: readonly RequestField[];
    readonly answerFields: readonly AnswerField[];
    /** In order of precedence: the first that is not met decides the result. */
    readonly rules: readonly RuleRow[];
}

/** A documented field of a request. */
export interface RequestField {
    /** As it is sent. */
    readonly name: string;
    /** The part of tokenValidate's envelope that contains it; null at the top level. */
    readonly in: null | "header" | "body";
    /** depends: on the value of another field. */
    readonly required: true | false | "depends";
    readonly meaning: Bilingual;
    /** What its value must be, in a few words. */
    readonly rule: Bilingual;
    /** Of the document. */
    readonly section: string;
}

/** A field of a response. */
export interface AnswerField {
    /** As it is sent. */
    readonly name: string;
    /** The part of tokenValidate's envelope that contains it; null at the top level. */
    readonly in: null | "header" | "body";
    readonly meaning: Bilingual;
}

/** A requirement, the code of a request that does not meet it, and both in words. */
export interface RuleRow {
    readonly requires: Requirement;
    /** With the default readings. */
    readonly otherwise: ResultCode;
    readonly basis: Basis;
    readonly met: Bilingual;
    readonly unmet: Bilingual;
}

/** A request with a right signature, ready to be sent to the carrier's address. */
export interface SignedRequest {
    readonly method: "POST";
    readonly path: "/unisdk/rsapi/loginTokenValidate" | "/openapi/rs/tokenValidate";
    readonly headers: {
        readonly "Content-Type": "application/json";
    };
    readonly body: string;
    /** Complete, with the secret. */
    readonly stringToSign: string;
    readonly sign: string;
}

/** An RSA key pair in the format of the portal. */
export interface KeyPair {
    /** Base64 of the SPKI. */
    readonly publicKey: string;
    /** PKCS#8 in Base64. The mock does not keep it. */
    readonly privateKey: string;
}

/** What a 服务器IP白名单 admits, and what is wrong with it. */
export interface IpWhitelistCheck {
    readonly entries: readonly IpWhitelistEntry[];
    /** About the list as a whole: what works but should be written differently. */
    readonly notes: readonly Bilingual[];
    /** null if the request has no clientIp. */
    readonly clientIpAdmitted: boolean | null;
}

/** An entry of a whitelist. */
export interface IpWhitelistEntry {
    /** As it was typed. */
    readonly entry: string;
    /** An address, or a range 10.0.0.1-10.0.0.9; null if it admits none. */
    readonly admits: string | null;
    /** What is wrong and how to write it, in one sentence. */
    readonly problem: Bilingual | null;
}

/** A program that gets a result code. */
export interface Snippet {
    readonly language: "java" | "go" | "php" | "python" | "node";
    /** The name of its file: ResultCode.java … */
    readonly file: string;
    /** The command that runs it: java ResultCode.java … */
    readonly run: string;
    /** The program. It needs the standard library only. */
    readonly text: string;
}

/** The programs that get a result code one way, with one kind of signature. */
export interface Snippets {
    readonly operation: Operation;
    readonly code: ResultCode;
    readonly way: Way;
    readonly signing: Signing;
    readonly snippets: readonly Snippet[];
}

/** OpenAPI 3.1. */
export type OpenapiDocument = Record<string, never>;

/** An error of the control API (RFC 9457). */
export interface Problem {
    readonly type: "about:blank";
    readonly title: string;
    readonly status: number;
    /** One sentence that quotes the invalid value. */
    readonly detail: string;
    /** A JSON Pointer to the field; empty for the whole body. */
    readonly pointer?: string;
}
