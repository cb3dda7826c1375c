/** Generated from the OpenAPI document of the control API by `npm run control-types`. */

/** Settings of a new app. An omitted setting is generated or has its default. */
export interface NewApp {
    /** 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit */
    readonly appId?: string | null;
    /** A display name, such as the title of the test that uses the app. The carrier does not use it. */
    readonly name?: string | null;
    /** APPKEY: the secret of a tokenValidate signature, and the AES key of h5TokenValidate. */
    readonly appKey?: string | null;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret?: string | null;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains; appKey for an app from before 2018-12-26 that never switched. */
    readonly signSecret?: "appSecret" | "appKey" | null;
    /** 应用公钥1, which checks RSA signatures: Base64 of the SPKI, 1024 to 4096 bits, with an odd exponent of at least 3. */
    readonly appVerifyKey?: string | null;
    /** 应用公钥2, which encrypts msisdn: in the same form. */
    readonly appEncryptKey?: string | null;
    /** 能力: what the app may use. */
    readonly capabilities?: readonly ("loginTokenValidate" | "tokenValidate" | "h5TokenValidate" | "smsFallback")[] | null;
    /** 服务器IP白名单 for each operation: addresses, or ranges over the last octet such as 10.0.0.1-10.0.0.9, separated by commas. null admits every address, an empty string none. By default loopback, or every address if the server listens beyond loopback. */
    readonly ipWhitelist?: {
        readonly loginTokenValidate?: string | null;
        readonly tokenValidate?: string | null;
        readonly h5TokenValidate?: string | null;
    } | null;
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted?: boolean | null;
    /** Calls per day without a contract. It renews at midnight in Beijing; the document states only 每天. */
    readonly dailyQuota?: number | null;
    /** Calls under the contract; null means no limit. A change restarts the count. */
    readonly callPackage?: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs?: number | null;
    /** How the mock interprets the document where it is silent or contradicts itself; by default the server's. */
    readonly readings?: {
        readonly "login-md5-case"?: "any" | "upper" | null;
        readonly "verify-hex-case"?: "upper" | "any" | "sign" | null;
        /** one of any, json, refused:<code> */
        readonly "content-type"?: string | null;
        readonly "json-numbers"?: "keyType" | "refused" | "any" | null;
        /** one of refused, absent, refused:<code> */
        readonly "json-null"?: string | null;
        /** one of digits, calendar, window:<duration> */
        readonly "system-time"?: string | null;
        /** one of allowed, refused, refused:<code> */
        readonly "msgid-replay"?: string | null;
        readonly "refused-call-uses-token"?: "no" | "yes" | "reached" | null;
        readonly "verify-quota-code"?: "103420" | "102315" | "105312" | null;
        readonly "daily-quota-counts"?: "charged" | "every-call" | null;
        readonly "daily-quota-covers"?: "both" | "tokenValidate" | null;
        readonly "login-ip-check"?: "strict-only" | "always" | "registered" | null;
        readonly "login-error-desc"?: "sent" | "absent" | null;
        /** one of 102, 302, refused:<code> */
        readonly "unknown-app-at-verify"?: string | null;
        readonly "other-apps-dead-token"?: "103133" | "104201" | null;
        readonly "verify-rsa-encoding"?: "base64" | "hex" | null;
        readonly "verify-sign-key"?: "appVerifyKey" | "either" | null;
        readonly "verify-key-size"?: "any" | "1024" | null;
        readonly "verify-params-encoding"?: "any" | "encoded" | null;
        readonly "verify-echo"?: "echoed" | "empty" | "decoded" | "absent" | null;
        readonly "refusal-task-id"?: string | null;
        readonly "verify-result-desc"?: "words" | "code" | null;
        readonly "h5-sign-case"?: "any" | "upper" | null;
        readonly "h5-refusal-data"?: "absent" | "null" | null;
    } | null;
    /** The app's own control token. Control API calls for the app then need this token or the server's. */
    readonly controlToken?: string | null;
    /** Generates both RSA key pairs. Only this response has their private keys. */
    readonly generateKeys?: boolean;
    /** Generates a control token for the app. Only this response has it. */
    readonly generateControlToken?: boolean;
    /** What creates the app; by default api. The console groups apps by it. */
    readonly origin?: "console" | "api";
}

/** Settings to change. An omitted setting keeps its value; null restores the default. */
export interface AppSettings {
    /** 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit */
    readonly appId?: string | null;
    /** A display name, such as the title of the test that uses the app. The carrier does not use it. */
    readonly name?: string | null;
    /** APPKEY: the secret of a tokenValidate signature, and the AES key of h5TokenValidate. */
    readonly appKey?: string | null;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret?: string | null;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains; appKey for an app from before 2018-12-26 that never switched. */
    readonly signSecret?: "appSecret" | "appKey" | null;
    /** 应用公钥1, which checks RSA signatures: Base64 of the SPKI, 1024 to 4096 bits, with an odd exponent of at least 3. */
    readonly appVerifyKey?: string | null;
    /** 应用公钥2, which encrypts msisdn: in the same form. */
    readonly appEncryptKey?: string | null;
    /** 能力: what the app may use. */
    readonly capabilities?: readonly ("loginTokenValidate" | "tokenValidate" | "h5TokenValidate" | "smsFallback")[] | null;
    /** 服务器IP白名单 for each operation: addresses, or ranges over the last octet such as 10.0.0.1-10.0.0.9, separated by commas. null admits every address, an empty string none. By default loopback, or every address if the server listens beyond loopback. */
    readonly ipWhitelist?: {
        readonly loginTokenValidate?: string | null;
        readonly tokenValidate?: string | null;
        readonly h5TokenValidate?: string | null;
    } | null;
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted?: boolean | null;
    /** Calls per day without a contract. It renews at midnight in Beijing; the document states only 每天. */
    readonly dailyQuota?: number | null;
    /** Calls under the contract; null means no limit. A change restarts the count. */
    readonly callPackage?: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs?: number | null;
    /** How the mock interprets the document where it is silent or contradicts itself; by default the server's. */
    readonly readings?: {
        readonly "login-md5-case"?: "any" | "upper" | null;
        readonly "verify-hex-case"?: "upper" | "any" | "sign" | null;
        /** one of any, json, refused:<code> */
        readonly "content-type"?: string | null;
        readonly "json-numbers"?: "keyType" | "refused" | "any" | null;
        /** one of refused, absent, refused:<code> */
        readonly "json-null"?: string | null;
        /** one of digits, calendar, window:<duration> */
        readonly "system-time"?: string | null;
        /** one of allowed, refused, refused:<code> */
        readonly "msgid-replay"?: string | null;
        readonly "refused-call-uses-token"?: "no" | "yes" | "reached" | null;
        readonly "verify-quota-code"?: "103420" | "102315" | "105312" | null;
        readonly "daily-quota-counts"?: "charged" | "every-call" | null;
        readonly "daily-quota-covers"?: "both" | "tokenValidate" | null;
        readonly "login-ip-check"?: "strict-only" | "always" | "registered" | null;
        readonly "login-error-desc"?: "sent" | "absent" | null;
        /** one of 102, 302, refused:<code> */
        readonly "unknown-app-at-verify"?: string | null;
        readonly "other-apps-dead-token"?: "103133" | "104201" | null;
        readonly "verify-rsa-encoding"?: "base64" | "hex" | null;
        readonly "verify-sign-key"?: "appVerifyKey" | "either" | null;
        readonly "verify-key-size"?: "any" | "1024" | null;
        readonly "verify-params-encoding"?: "any" | "encoded" | null;
        readonly "verify-echo"?: "echoed" | "empty" | "decoded" | "absent" | null;
        readonly "refusal-task-id"?: string | null;
        readonly "verify-result-desc"?: "words" | "code" | null;
        readonly "h5-sign-case"?: "any" | "upper" | null;
        readonly "h5-refusal-data"?: "absent" | "null" | null;
    } | null;
    /** The app's own control token. Control API calls for the app then need this token or the server's. */
    readonly controlToken?: string | null;
}

/** The token that the phone's SDK would get. */
export interface Mint {
    /** The SIM card's number; by default the number of the first subscriber. */
    readonly phoneNumber?: string;
    /** The operation that the token is for; by default loginTokenValidate. */
    readonly capability?: "loginTokenValidate" | "tokenValidate" | "h5TokenValidate";
    /** The SIM card's operator; by default the operator of the number. */
    readonly operator?: "mobile" | "unicom" | "telecom";
    /** How long ago the token was issued, in milliseconds; by default 0. */
    readonly ageMs?: number;
    /** The token itself, not with count; generated by default. */
    readonly token?: string;
    /** For h5TokenValidate: what the page's SDK returned with the token; by default one for each number. */
    readonly userInformation?: string;
    /** How many tokens to issue; the response is then a list. */
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
    readonly operation?: "loginTokenValidate" | "tokenValidate" | "h5TokenValidate";
    readonly resultCode?: string;
    readonly token?: string;
}

export interface SetOutcomes {
    readonly script: string;
}

export interface SetSubscriber {
    /** A script for each operation. An omitted operation has none. */
    readonly outcomes: {
        readonly loginTokenValidate?: string;
        readonly tokenValidate?: string;
        readonly h5TokenValidate?: string;
    };
}

/** The request to sign. */
export interface SigningOptions {
    readonly operation: "loginTokenValidate" | "tokenValidate" | "h5TokenValidate";
    /** The token that the phone's SDK got. */
    readonly token: string;
    /** The number that tokenValidate checks; by default the token's number. */
    readonly phoneNumber?: string;
    /** md5 (default) or rsa for loginTokenValidate, hmac (default) or rsa for tokenValidate, rsa (default) for h5TokenValidate. */
    readonly signing?: "md5" | "rsa" | "hmac";
    /** Required for rsa, except for h5TokenValidate of the demo app. The mock does not store it. */
    readonly privateKey?: string;
    /** Documented fields by their wire names, set before the request is signed. `sign` is not allowed. */
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

/** The carrier's operations. */
export type Operation = "loginTokenValidate" | "tokenValidate" | "h5TokenValidate";

/** A SIM card's carrier: 移动, 联通, 电信. */
export type Operator = "mobile" | "unicom" | "telecom";

/** 能力: an operation, or 短验辅助. */
export type Capability = "loginTokenValidate" | "tokenValidate" | "h5TokenValidate" | "smsFallback";

/** 验签方式: the secret of an MD5 signature. */
export type SignSecret = "appSecret" | "appKey";

/** The failure that a test number always causes. */
export type NumberFailure = "serviceDown" | "tokenServiceDown" | "numberNotObtained";

/** The evidence for a fact. documented: a sentence of the document. observed: public evidence. inferred: follows from evidence. assumed: our choice. */
export type Basis = "documented" | "observed" | "inferred" | "assumed";

/** How the mock interprets the document where it is silent or contradicts itself. */
export interface Readings {
    readonly "login-md5-case": "any" | "upper";
    readonly "verify-hex-case": "upper" | "any" | "sign";
    readonly "content-type": string;
    readonly "json-numbers": "keyType" | "refused" | "any";
    readonly "json-null": string;
    readonly "system-time": string;
    readonly "msgid-replay": string;
    readonly "refused-call-uses-token": "no" | "yes" | "reached";
    readonly "verify-quota-code": "103420" | "102315" | "105312";
    readonly "daily-quota-counts": "charged" | "every-call";
    readonly "daily-quota-covers": "both" | "tokenValidate";
    readonly "login-ip-check": "strict-only" | "always" | "registered";
    readonly "login-error-desc": "sent" | "absent";
    readonly "unknown-app-at-verify": string;
    readonly "other-apps-dead-token": "103133" | "104201";
    readonly "verify-rsa-encoding": "base64" | "hex";
    readonly "verify-sign-key": "appVerifyKey" | "either";
    readonly "verify-key-size": "any" | "1024";
    readonly "verify-params-encoding": "any" | "encoded";
    readonly "verify-echo": "echoed" | "empty" | "decoded" | "absent";
    readonly "refusal-task-id": string;
    readonly "verify-result-desc": "words" | "code";
    readonly "h5-sign-case": "any" | "upper";
    readonly "h5-refusal-data": "absent" | "null";
}

/** Every documented code, and 102315. tokenValidate returns 102315 and 105312 only with the reading verify-quota-code. */
export type ResultCode = "103000" | "103101" | "103113" | "103119" | "103133" | "103211" | "103412" | "103414" | "103511" | "103811" | "104201" | "105018" | "105019" | "105312" | "105313" | "000" | "001" | "002" | "003" | "004" | "102" | "124" | "302" | "303" | "606" | "999" | "103420" | "102315" | "103002" | "103005" | "104000" | "104001" | "104003" | "104007" | "104008" | "104013" | "104017" | "104019" | "103001" | "103003" | "103004" | "104004" | "104010" | "104012" | "104014" | "104015" | "104016";

/** A code outside the document, which only a script, header or magic token can force. */
export type UndocumentedCode = string;

/** What the carrier requires of a request. */
export type Requirement = "urlRight" | "bodyReadable" | "valuesAreStrings" | "tokenPresent" | "parametersValid" | "appKnown" | "ipAllowed" | "capabilityGranted" | "encryptionPossible" | "signValid" | "serviceUp" | "tokenWellFormed" | "tokenKnown" | "tokenOfThisApp" | "tokenOfThisCapability" | "tokenLive" | "tokenUnused" | "callsLeft" | "phoneNumReadable" | "tokenServiceUp" | "numberObtained" | "numberMatches" | "businessTypeRight" | "userInformationRight";

/** The requirement that was not met; allMet for a success; forced for a script, header or magic token. */
export type DecidedBy = Requirement | ("allMet" | "forced");

export interface Health {
    readonly status: "ok";
    /** The version of the build that answers. */
    readonly version: string;
    /** outdated: the changed configuration file has a mistake, so that the previous one is in effect. */
    readonly configuration: "current" | "outdated";
}

/** An app with all its settings. */
export interface App {
    readonly appId: string;
    /** A display name, such as the title of the test that uses the app. The carrier does not use it. */
    readonly name: string | null;
    /** APPKEY: the secret of a tokenValidate signature, and the AES key of h5TokenValidate. */
    readonly appKey: string;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret: string;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains; appKey for an app from before 2018-12-26 that never switched. */
    readonly signSecret: SignSecret;
    /** 应用公钥1, which checks RSA signatures: Base64 of the SPKI, 1024 to 4096 bits, with an odd exponent of at least 3. */
    readonly appVerifyKey: string | null;
    /** 应用公钥2, which encrypts msisdn: in the same form. */
    readonly appEncryptKey: string | null;
    /** 能力: what the app may use. */
    readonly capabilities: readonly Capability[];
    /** 服务器IP白名单 for each operation: addresses, or ranges over the last octet such as 10.0.0.1-10.0.0.9, separated by commas. null admits every address, an empty string none. By default loopback, or every address if the server listens beyond loopback. */
    readonly ipWhitelist: {
        readonly loginTokenValidate: string | null;
        readonly tokenValidate: string | null;
        readonly h5TokenValidate: string | null;
    };
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted: boolean;
    /** Calls per day without a contract. It renews at midnight in Beijing; the document states only 每天. */
    readonly dailyQuota: number;
    /** Calls under the contract; null means no limit. A change restarts the count. */
    readonly callPackage: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs: number;
    /** How the mock interprets the document where it is silent or contradicts itself; by default the server's. */
    readonly readings: Readings;
    /** 平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1. */
    readonly platformPublicKey: string;
    /** What created the app. */
    readonly origin: "configuration" | "console" | "api";
    /** Whether the app has its own control token. The token is not shown. */
    readonly hasControlToken: boolean;
}

/** A new app, with its generated secrets. */
export interface CreatedApp {
    readonly appId: string;
    /** A display name, such as the title of the test that uses the app. The carrier does not use it. */
    readonly name: string | null;
    /** APPKEY: the secret of a tokenValidate signature, and the AES key of h5TokenValidate. */
    readonly appKey: string;
    /** APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
    readonly appSecret: string;
    /** 验签方式: which secret the MD5 signature of loginTokenValidate contains; appKey for an app from before 2018-12-26 that never switched. */
    readonly signSecret: SignSecret;
    /** 应用公钥1, which checks RSA signatures: Base64 of the SPKI, 1024 to 4096 bits, with an odd exponent of at least 3. */
    readonly appVerifyKey: string | null;
    /** 应用公钥2, which encrypts msisdn: in the same form. */
    readonly appEncryptKey: string | null;
    /** 能力: what the app may use. */
    readonly capabilities: readonly Capability[];
    /** 服务器IP白名单 for each operation: addresses, or ranges over the last octet such as 10.0.0.1-10.0.0.9, separated by commas. null admits every address, an empty string none. By default loopback, or every address if the server listens beyond loopback. */
    readonly ipWhitelist: {
        readonly loginTokenValidate: string | null;
        readonly tokenValidate: string | null;
        readonly h5TokenValidate: string | null;
    };
    /** With a contract, callPackage limits the calls instead of dailyQuota. */
    readonly contracted: boolean;
    /** Calls per day without a contract. It renews at midnight in Beijing; the document states only 每天. */
    readonly dailyQuota: number;
    /** Calls under the contract; null means no limit. A change restarts the count. */
    readonly callPackage: number | null;
    /** Lifetime of a token, in milliseconds. */
    readonly tokenTtlMs: number;
    /** How the mock interprets the document where it is silent or contradicts itself; by default the server's. */
    readonly readings: Readings;
    /** 平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1. */
    readonly platformPublicKey: string;
    /** What created the app. */
    readonly origin: "configuration" | "console" | "api";
    /** Whether the app has its own control token. The token is not shown. */
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
    /** Epoch milliseconds. The token is expired from this time on. */
    readonly expiresAtMs: number;
    /** For h5TokenValidate: what the SDK of the page returned with the token. */
    readonly userInformation?: string;
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
    /** Epoch milliseconds. The token is expired from this time on. */
    readonly expiresAtMs: number;
    /** For h5TokenValidate: what the SDK of the page returned with the token. */
    readonly userInformation?: string;
    readonly status: "live" | "used" | "expired";
    /** The id of the request that consumed it; null if none did. */
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
    /** How many milliseconds it is ahead of the machine's clock. */
    readonly offsetMs: number;
    readonly frozen: boolean;
}

/** A script and its progress. */
export interface Outcomes {
    /** Empty without a script. */
    readonly script: string;
    /** The remaining steps; empty when the script is finished. */
    readonly remaining: string;
}

/** The scripts of a number: those of the app, or else of the configuration file. */
export interface SubscriberOutcomes {
    readonly phoneNumber: string;
    readonly outcomes: {
        readonly loginTokenValidate: Outcomes;
        readonly tokenValidate: Outcomes;
        readonly h5TokenValidate: Outcomes;
    };
}

/** The numbers for which the app has scripts, in ascending order. */
export interface AppSubscribers {
    readonly subscribers: readonly SubscriberOutcomes[];
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
    /** As sent, even if the app is unknown; null if it could not be read. */
    readonly appId: string | null;
    /** For a path that the carrier does not have: the operation that the body resembles. */
    readonly operation: Operation;
    readonly method: string;
    readonly path: string;
    readonly clientIp: string;
    /** null if a script or header forced an outcome without a result, and for a path that the carrier does not have. */
    readonly resultCode: ResultCode | UndocumentedCode | null;
    readonly decidedBy: DecidedBy;
    readonly forced: boolean;
    readonly charged: boolean;
    /** 话单流水号; null if nothing was decided. */
    readonly taskId: string | null;
    /** The number of the token; null if the token is unknown. */
    readonly phoneNumber: string | null;
    /** From the complete request to its decision. */
    readonly durationMs: number;
    /** Epoch milliseconds, in real time. */
    readonly receivedAtMs: number;
    /** Epoch milliseconds, in real time. */
    readonly decidedAtMs: number;
    readonly delivery: {
        /** pending while a script or a latency delays the response; delivered when all of it was handed to the connection. */
        readonly state: "pending" | "delivered" | "notDelivered";
        /** Epoch milliseconds, in real time; null while it is pending, and if a killed server left it so, which is serverStopped after ten minutes. */
        readonly atMs: number | null;
        /** Why it was not delivered, else null. reset, truncated: a script or header forced it. limit: too many responses waited, or this one waited ten minutes. */
        readonly reason: "reset" | "truncated" | "clientClosed" | "serverStopped" | "limit" | null;
    };
    /** The step of a script or header that was applied, as text. */
    readonly outcome: string | null;
    /** What forced the outcome: a request header, the script of the app or of the number, or a magic token; null if nothing did. */
    readonly outcomeBy: "header" | "script" | "numberScript" | "token" | null;
    readonly request: {
        /** By lower-case name. A header that was sent more than once has a list. */
        readonly headers: {
            readonly [key: string]: string | readonly string[];
        };
        /** At most 8 KiB of it. */
        readonly body: string;
    };
    readonly response: {
        /** null if no response was sent. */
        readonly status: number | null;
        readonly body: string;
    };
    /** Present if the document does not contain the result code. */
    readonly undocumented?: true;
    /** Present if a test marked the result as the one that it expects. */
    readonly expected?: true;
}

/** A page of the journal, newest first. */
export interface JournalPage {
    readonly requests: readonly JournalRecord[];
    /** The number of records that the searched journals have dropped. */
    readonly evicted: number;
    /** Whether there are older records. */
    readonly more: boolean;
    /** The next page begins after this record; null only at the end of the journal. */
    readonly after: string | null;
    /** false if the page ends before its limit, because explaining its requests took too long: read the next one. */
    readonly complete: boolean;
}

/** How many requests matched. */
export interface RequestCount {
    readonly count: number;
    /** false if the searched journals have dropped records. */
    readonly complete: boolean;
}

/** The causes of refusals and the remarks on accepted requests, the most frequent first. */
export interface Causes {
    readonly causes: readonly Cause[];
    /** false if some requests are not explained yet: call again. */
    readonly complete: boolean;
}

/** A finding, and the requests of which it is the first cause or, if they were accepted, the first remark. */
export interface Cause {
    /** The id of the finding. */
    readonly finding: string;
    /** A cause explains the refusal; a remark is about anything else. Causes come first. */
    readonly role: "cause" | "remark";
    readonly title: Bilingual;
    /** The ids of the requests, newest first. */
    readonly requests: readonly string[];
    readonly count: number;
}

/** A requirement, and whether the request met it. */
export interface Gate {
    readonly requires: Requirement;
    /** The result code if the requirement is not met. */
    readonly otherwise: ResultCode;
    readonly basis: Basis;
    readonly outcome: "met" | "unmet" | "not reached";
}

/** A known mistake that the request contains. */
export interface Finding {
    /** Stable: sign.secret-swapped, token.used … */
    readonly id: string;
    /** A cause explains the refusal; a remark is about anything else. Causes come first. */
    readonly role: "cause" | "remark";
    readonly title: string;
    readonly detail: string;
    readonly evidence: {
        readonly [key: string]: string | number | readonly string[];
    };
}

/** A piece of a string to sign. */
export interface Segment {
    /** The wire name of the field, appKey or appSecret; null for a separator or a signed field name. */
    readonly field: string | null;
    readonly value: string;
}

/** Why a request got its response. */
export interface Explanation {
    readonly requestId: string;
    readonly operation: Operation;
    readonly resultCode: ResultCode | UndocumentedCode | null;
    readonly decidedBy: DecidedBy;
    readonly forced: boolean;
    /** The rules in order. If a test forced the outcome, none was reached. */
    readonly gates: readonly Gate[];
    /** The result code of the request without its causes; null for a success, and if no such request can be built. */
    readonly next: ResultCode | null;
    /** What is missing to build that request, such as the private key of 应用公钥1. */
    readonly missing: string | null;
    /** The known mistakes: causes first, then what the repaired request still has wrong. Secrets show their last four characters. */
    readonly findings: readonly Finding[];
    /** Complete, with the secret. */
    readonly stringToSign: string | null;
    /** stringToSign in pieces: the value of each field in order, and the secret if the string contains it. */
    readonly stringToSignSegments: readonly Segment[] | null;
    /** null for RSA, because only the private key can make it. */
    readonly expectedSign: string | null;
    readonly receivedSign: string | null;
    /** The string that the client signed, if the search found it; null if the signature is right. */
    readonly signedString: string | null;
    /** The readings of this operation whose current option was observed by a calibration. */
    readonly observed: readonly ObservedReading[];
    /** signedString in pieces: the signed values, and the text between them. */
    readonly signedStringSegments: readonly Segment[] | null;
}

/** The charged calls, newest first. */
export interface Ledger {
    /** Exact, even if records were dropped. */
    readonly charged: number;
    /** Remaining calls; null without a limit. */
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

/** The same text in English and in Chinese. */
export interface Bilingual {
    readonly en: string;
    readonly zh: string;
}

/** How a code is obtained: by its cause, or forced by a magic token, a request header or a script. */
export type Way = "cause" | "magic" | "header" | "script";

export interface ResultCodes {
    readonly codes: readonly ResultCodeRow[];
    readonly beyond: readonly BeyondCode[];
}

/** A result code, its cause, and how to get it. */
export interface ResultCodeRow {
    readonly operation: Operation;
    readonly code: ResultCode;
    readonly name: string;
    /** As in the document. */
    readonly desc: string;
    readonly descEn: string;
    readonly cause: Bilingual;
    readonly basis: Basis;
    /** The requirements whose violation returns this code, in order of precedence; allMet for a success. */
    readonly decidedBy: readonly (Requirement | "allMet")[];
    readonly charged: boolean;
    /** Whether the token is consumed. */
    readonly usesToken: boolean;
    /** What a client does next; null for a success. */
    readonly nextStep: "getNewToken" | "fallBackToSms" | "fixConfiguration" | "contactCarrier" | "retryLater" | null;
    readonly ways: readonly {
        readonly way: Way;
        readonly curl: string;
    }[];
}

/** A code that public lists contain and the document does not. */
export interface BeyondCode {
    readonly code: UndocumentedCode;
    /** As published. */
    readonly desc: string;
    readonly descEn: string;
    /** Which part reports it; unstated if no source names it. */
    readonly side: "server" | "sdk" | "unstated";
    /** Where it is published. */
    readonly source: Bilingual;
    /** What a client does next. */
    readonly nextStep: "getNewToken" | "fallBackToSms" | "fixConfiguration" | "contactCarrier" | "retryLater";
    /** A command for each operation. */
    readonly curl: {
        readonly loginTokenValidate: string;
        readonly tokenValidate: string;
        readonly h5TokenValidate: string;
    };
}

export interface Subscribers {
    readonly subscribers: readonly Subscriber[];
}

/** A phone number of the simulated carrier. */
export interface Subscriber {
    readonly phoneNumber: string;
    readonly operator: Operator;
    /** null for an ordinary number. */
    readonly failure: NumberFailure | null;
    /** The scripts of the configuration, each from its first step. */
    readonly outcomes: {
        readonly loginTokenValidate?: string;
        readonly tokenValidate?: string;
        readonly h5TokenValidate?: string;
    };
}

export interface ReadingRows {
    readonly readings: readonly ReadingRow[];
}

/** A point on which the document is silent or contradicts itself, and the options of an app. */
export interface ReadingRow {
    readonly id: "login-md5-case" | "verify-hex-case" | "content-type" | "json-numbers" | "json-null" | "system-time" | "msgid-replay" | "refused-call-uses-token" | "verify-quota-code" | "daily-quota-counts" | "daily-quota-covers" | "login-ip-check" | "login-error-desc" | "unknown-app-at-verify" | "other-apps-dead-token" | "verify-rsa-encoding" | "verify-sign-key" | "verify-key-size" | "verify-params-encoding" | "verify-echo" | "refusal-task-id" | "verify-result-desc" | "h5-sign-case" | "h5-refusal-data";
    readonly title: Bilingual;
    /** The section of the document, such as 1.2 systemtime. */
    readonly section: string;
    /** The unclear sentence of the document. */
    readonly sentence: string;
    readonly default: string;
    /** The evidence for the default. */
    readonly basis: Basis;
    readonly options: readonly {
        readonly option: string;
        readonly meaning: Bilingual;
    }[];
    /** A regular expression for more options; null if there are none. */
    readonly pattern: string | null;
    readonly why: Bilingual;
    /** The option that a calibration observed, which replaces the default; null without one. */
    readonly observed: ObservedReading | null;
}

/** An option that a calibration observed at the carrier. */
export interface ObservedReading {
    readonly id: "login-md5-case" | "verify-hex-case" | "content-type" | "json-numbers" | "json-null" | "system-time" | "msgid-replay" | "refused-call-uses-token" | "verify-quota-code" | "daily-quota-counts" | "daily-quota-covers" | "login-ip-check" | "login-error-desc" | "unknown-app-at-verify" | "other-apps-dead-token" | "verify-rsa-encoding" | "verify-sign-key" | "verify-key-size" | "verify-params-encoding" | "verify-echo" | "refusal-task-id" | "verify-result-desc" | "h5-sign-case" | "h5-refusal-data";
    readonly option: string;
    /** A date such as 2026-11-27. */
    readonly observedOn: string;
}

export interface OperationRows {
    readonly operations: readonly OperationRow[];
}

/** One of the carrier's operations. */
export interface OperationRow {
    readonly operation: Operation;
    readonly name: Bilingual;
    readonly path: "/unisdk/rsapi/loginTokenValidate" | "/openapi/rs/tokenValidate" | "/h5/onekeylogin/tokenValidate";
    /** Its address on this server. */
    readonly url: string;
    readonly version: "2.0" | "1.0";
    readonly requestFields: readonly RequestField[];
    readonly answerFields: readonly AnswerField[];
    /** In order of precedence: the first unmet one decides the result. */
    readonly rules: readonly RuleRow[];
}

/** A documented field of a request. */
export interface RequestField {
    /** The name on the wire. */
    readonly name: string;
    /** The object of the JSON that contains it; null at the top level; httpHeader for an HTTP header. */
    readonly in: null | "header" | "body" | "httpHeader" | "data";
    readonly meaning: Bilingual;
    /** depends: depends on the value of another field. */
    readonly required: true | false | "depends";
    /** The format of its value, in a few words. */
    readonly rule: Bilingual;
    /** The section of the document. */
    readonly section: string;
}

/** A field of a response. */
export interface AnswerField {
    /** The name on the wire. */
    readonly name: string;
    /** The object of the JSON that contains it; null at the top level; httpHeader for an HTTP header. */
    readonly in: null | "header" | "body" | "httpHeader" | "data";
    readonly meaning: Bilingual;
}

/** A requirement, the result code if it is not met, and a description of both cases. */
export interface RuleRow {
    readonly requires: Requirement;
    /** The result code with the default readings. */
    readonly otherwise: ResultCode;
    readonly basis: Basis;
    readonly met: Bilingual;
    readonly unmet: Bilingual;
}

/** A correctly signed request. Send it to path on the carrier. */
export interface SignedRequest {
    readonly method: "POST";
    readonly path: "/unisdk/rsapi/loginTokenValidate" | "/openapi/rs/tokenValidate" | "/h5/onekeylogin/tokenValidate";
    /** With the HTTP headers that carry fields of the operation. */
    readonly headers: {
        readonly "Content-Type": "application/json";
    } & {
        readonly [key: string]: string;
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
    /** PKCS#8 in Base64. The mock does not store it. */
    readonly privateKey: string;
}

/** What a 服务器IP白名单 admits, and what is wrong with it. */
export interface IpWhitelistCheck {
    readonly entries: readonly IpWhitelistEntry[];
    /** Remarks on the whole list, such as entries that work but should be written differently. */
    readonly notes: readonly Bilingual[];
    /** null if the request has no clientIp. */
    readonly clientIpAdmitted: boolean | null;
}

/** An entry of a whitelist. */
export interface IpWhitelistEntry {
    /** As received. */
    readonly entry: string;
    /** The address or range (10.0.0.1-10.0.0.9) that it admits; null if it admits none. */
    readonly admits: string | null;
    /** What is wrong and how to write it, in one sentence; null for a valid entry. */
    readonly problem: Bilingual | null;
}

/** OpenAPI 3.1. */
export type OpenapiDocument = Record<string, never>;

/** An error of the control API (RFC 9457). */
export interface Problem {
    /** The id of the problem, as a reference to its page: `problems#app.exists`. */
    readonly type: string;
    readonly title: string;
    readonly status: number;
    /** One sentence that quotes the invalid value. In the language of `?lang`, else of Accept-Language, else of the server. */
    readonly detail: string;
    /** A JSON Pointer to the field; empty for the whole body. */
    readonly pointer?: string;
}
