/** Generated from the schemas of the kit's files by `npm run control-types`. */

export interface CaseFormat {
    /**
     * Cases of one operation
     * @description cases/<operation>/<code>.json and cases/<operation>/precedence.json: the requests to a carrier, and the expected results.
     */
    readonly file: {
        readonly $schema?: string;
        readonly operation: CaseFormat["operation"];
        /** @description The code of all cases in the file. Absent in precedence.json. */
        readonly resultCode?: CaseFormat["resultCode"];
        /** @description Members of every case in the file that does not have them. A member of a case replaces the whole default. */
        readonly defaults?: {
            readonly source?: CaseFormat["source"];
            readonly basis?: CaseFormat["basis"];
            readonly then?: CaseFormat["then"];
        };
        readonly cases: readonly CaseFormat["case"][];
    };
    /** @description An operation of result-codes.json. */
    readonly operation: string;
    readonly resultCode: string;
    /** @description A JSON Pointer (RFC 6901). */
    readonly pointer: string;
    readonly duration: string;
    /** @description The source: the section of the document and the quoted sentence; for an observation, what was observed. */
    readonly source: {
        readonly section: string;
        readonly sentence: string;
        /** @description The id of an observation. Absent if it is a quotation. */
        readonly observation?: string;
    };
    /**
     * @description The basis of the code. It determines the effect of a difference: documented fails (MUST), observed and inferred warn (SHOULD), assumed is only reported (MAY). Other expectations have their own basis: charged that of result-codes.json, a field that of its comment in the schema of the response.
     * @enum {unknown}
     */
    readonly basis: "documented" | "observed" | "inferred" | "assumed";
    /** @description With the defaults of the file, each case has a source, a basis and a then. */
    readonly case: {
        /** @description Operation, code, and a name. Stable, and never reused. */
        readonly id: string;
        /** @description A plain sentence in the present tense. */
        readonly description: string;
        readonly source?: CaseFormat["source"];
        readonly basis?: CaseFormat["basis"];
        /** @description The rows of duties/<operation>.json that the case checks. */
        readonly duties?: readonly string[];
        /** @description The row of ambiguities.json that the case demonstrates. */
        readonly ambiguity?: string;
        readonly given?: CaseFormat["given"];
        /** @description The steps before the judged call, in order. */
        readonly before?: readonly CaseFormat["step"][];
        readonly when?: CaseFormat["when"];
        /** @description Several requests instead of `when`: they are sent in this order, each with a new token, until one has the expected code and text. */
        readonly forms?: readonly CaseFormat["when"][];
        readonly simultaneous?: CaseFormat["simultaneous"];
        readonly then?: CaseFormat["then"];
    };
    /** @description The judged call is sent several times at once. */
    readonly simultaneous: {
        readonly calls: number;
        /**
         * @description Each call has its own token; by default all have the same.
         * @constant
         */
        readonly token?: "new";
        /** @description The number of calls with this code. All others have the code of then, and charged is this number. */
        readonly succeed: {
            readonly resultCode: CaseFormat["resultCode"];
            readonly calls: number;
        };
    };
    /** @description Omitted members are as in a valid call: an app with all operations granted, and a live token of this operation. */
    readonly given: {
        /**
         * @description md5 or rsa at login, hmac or rsa at verify; by default the first.
         * @enum {unknown}
         */
        readonly signing?: "md5" | "hmac" | "rsa";
        /** @description The settings of the app, in the format of the mock's control API. */
        readonly app?: Record<string, unknown>;
        /** @description The settings of a second app, which issues the token with token.of. */
        readonly anotherApp?: Record<string, unknown>;
        /** @description Stops the app's clock, now or at an instant. */
        readonly clock?: {
            /** @constant */
            readonly stopped: true;
            /** Format: date-time */
            readonly at?: string;
        };
        /** @description The settings of an issued token, or a text that was not issued. */
        readonly token?: {
            /** @description In the format of the mock's control API: phoneNumber, capability, operator, ageMs, token. */
            readonly mint: Record<string, unknown>;
            /** @constant */
            readonly of?: "anotherApp";
        } | {
            /** @description A token that was not issued. */
            readonly text: string;
        };
    };
    readonly step: {
        readonly call: CaseFormat["when"];
        /**
         * @description Uses a new token; by default the call uses the token of the judged call.
         * @constant
         */
        readonly token?: "new";
        readonly resultCode: CaseFormat["resultCode"];
    } | {
        readonly advance: CaseFormat["duration"];
    } | {
        /** @description New settings of the app, in the format of the mock's control API. */
        readonly change: Record<string, unknown>;
    } | {
        /**
         * @description The judged call uses a new token.
         * @constant
         */
        readonly token: "new";
    };
    /** @description The changes to the valid request of requests/<operation>.json. In texts, {name} is a value: {appId}, {appKey}, {appSecret}, {token}, {phoneNumber}, {otherPhoneNumber}, {userInformation}, {msgId} (32 digits of hex in lower case), {msgIdInUpperCase} and {uuid} (the same in other forms), {time} (17 digits, Beijing), {appSignKey} and {appDecryptKey} (private, PKCS#8 in Base64), {appVerifyKey}, {appEncryptKey}, {platformPublicKey} (public, SPKI in Base64), and in a body {json}, {members} (without its braces) and {membersInSingleQuotes}. */
    readonly when: {
        readonly method?: string;
        readonly path?: string;
        /** @description null omits a header, a list sends it several times. */
        readonly headers?: {
            readonly [key: string]: string | null | readonly string[];
        };
        /** @description The offset of the request's time from the current time. */
        readonly timeOffset?: string;
        /**
         * @description Uses the msgid of the previous call.
         * @constant
         */
        readonly msgId?: "as before";
        /** @description Changes before phoneNum and `sign` are computed, so that the signature covers them. */
        readonly fields?: CaseFormat["patches"];
        /** @description Members that override the recipe of phoneNum or `sign` in requests/<operation>.json. */
        readonly derived?: {
            readonly [key: string]: CaseFormat["recipe"];
        };
        /** @description Changes after signing. */
        readonly signed?: CaseFormat["patches"];
        readonly body?: {
            /** @description The body; {json} is the request as compact JSON, {members} the same without its braces. */
            readonly text?: string;
            /** @description The bytes of the body. */
            readonly base64?: string;
            readonly indent?: number;
            /**
             * @description Writes strings with \/ for slashes and \uXXXX for every other character except digits.
             * @constant
             */
            readonly escaped?: true;
            /**
             * @description The fields as application/x-www-form-urlencoded.
             * @constant
             */
            readonly form?: true;
            /** @description Padded with an unknown field to this number of bytes. */
            readonly size?: number;
            /**
             * @description Sent in two chunks, without Content-Length.
             * @constant
             */
            readonly chunked?: true;
        };
    };
    readonly patches: readonly {
        /** @enum {unknown} */
        readonly op: "add" | "replace" | "remove";
        readonly path: CaseFormat["pointer"];
        readonly value?: unknown;
    }[];
    /** @description How a value is derived: the parts are joined, go through an algorithm, and are encoded. */
    readonly recipe: {
        /** @description JSON Pointers into the request, or texts. */
        readonly parts?: readonly string[];
        readonly separator?: string;
        /**
         * @description RSA is PKCS#1 v1.5.
         * @enum {unknown}
         */
        readonly algorithm?: "none" | "md5" | "sha1" | "sha256" | "hmac-sha256" | "rsa-md5" | "rsa-sha1" | "rsa-sha256" | "rsa-encrypt";
        readonly key?: string;
        /** @enum {unknown} */
        readonly encoding?: "hex" | "base64";
        /**
         * @description The letter case of hex.
         * @enum {unknown}
         */
        readonly case?: "upper" | "lower";
    };
    /** @description All members are checked. In addition, every response must match its schema, and echo the msgid if it was readable in the request. */
    readonly then: {
        readonly resultCode: CaseFormat["resultCode"] | readonly CaseFormat["resultCode"][];
        /** @description 200 by default. */
        readonly httpStatus?: number;
        /** @description The rule, checked if the response has it (X-Mock-Decided-By). */
        readonly decidedBy?: string;
        /** @description Whether the call is in the ledger. */
        readonly charged?: boolean;
        readonly tokenUsed?: boolean;
        /** @description Members of the response that must exist. */
        readonly present?: readonly CaseFormat["pointer"][];
        /** @description Members that must not exist. */
        readonly absent?: readonly CaseFormat["pointer"][];
        /** @description By JSON Pointer into the response: the expected text. */
        readonly equal?: {
            readonly [key: string]: string;
        };
        /** @description By JSON Pointer: the expected text, decrypted with {appDecryptKey}. */
        readonly decrypted?: {
            readonly [key: string]: string;
        };
        /** @description JSON Pointers to values that differ from the previous response. */
        readonly differs?: readonly CaseFormat["pointer"][];
        /** @description The maximum difference between the response's time and the current time in Beijing. */
        readonly timeWithin?: CaseFormat["duration"];
        /**
         * Format: regex
         * @description A regular expression (ECMA-262) for the body as text.
         */
        readonly bodyMatches?: string;
        /** @description What the response's accessToken does, in order. */
        readonly accessToken?: readonly ({
            readonly advance: CaseFormat["duration"];
        } | {
            /** @enum {unknown} */
            readonly redeem: "granted" | "refused";
        })[];
    };
}

export interface ScenarioFormat {
    /**
     * Scenarios of one operation
     * @description scenarios/<operation>.json: the responses that a client gets from a recorder in front of the mock, how it must handle them, and the checks of all its requests.
     */
    readonly file: {
        readonly $schema?: string;
        /** @description An operation of result-codes.json. */
        readonly operation: string;
        /** @description The client runs once for each scenario, with its own app and token. The first scenario is a plain call. */
        readonly scenarios: readonly ScenarioFormat["scenario"][];
        /** @description Checks of all requests in all scenarios. The first request that fails is reported. */
        readonly sent: readonly ScenarioFormat["sentRow"][];
        /** @description Additional checks of captured requests, whose token is not from the kit. */
        readonly captured: readonly ScenarioFormat["sentRow"][];
    };
    /** @description A JSON Pointer (RFC 6901). */
    readonly pointer: string;
    readonly duration: string;
    /** @description Stable, and never reused. */
    readonly id: string;
    /** @description A plain sentence in the present tense. */
    readonly description: string;
    /** @description The source: the section of the document and the quoted sentence; for an observation, what was observed. */
    readonly source: {
        readonly section: string;
        readonly sentence: string;
        /** @description The id of an observation. Absent if it is a quotation. */
        readonly observation?: string;
    };
    /**
     * @description The effect of a difference: MUST fails, SHOULD warns, MAY is only reported.
     * @enum {unknown}
     */
    readonly level: "MUST" | "SHOULD" | "MAY";
    /** @enum {unknown} */
    readonly basis: "documented" | "observed" | "inferred" | "assumed";
    /** @description The rows of duties/<operation>.json that it checks. */
    readonly duties: readonly string[];
    readonly sentRow: {
        readonly id: ScenarioFormat["id"];
        readonly description: ScenarioFormat["description"];
        readonly source: ScenarioFormat["source"];
        readonly level: ScenarioFormat["level"];
        readonly basis: ScenarioFormat["basis"];
        readonly duties?: ScenarioFormat["duties"];
    };
    readonly scenario: {
        readonly id: ScenarioFormat["id"];
        readonly description: ScenarioFormat["description"];
        readonly source: ScenarioFormat["source"];
        readonly level: ScenarioFormat["level"];
        readonly basis: ScenarioFormat["basis"];
        readonly duties?: ScenarioFormat["duties"];
        readonly given?: ScenarioFormat["given"];
        readonly answer: ScenarioFormat["answer"];
        readonly then: ScenarioFormat["then"];
    };
    readonly given: {
        /** @description The settings of the app, in the format of the mock's control API. By default all operations are granted. */
        readonly app?: Record<string, unknown>;
        /**
         * @description Only for a client with this signing mode; skipped for others.
         * @enum {unknown}
         */
        readonly signing?: "md5" | "hmac" | "rsa";
    };
    /** @description The response to each request of the client. By default it is the normal outcome, sent at once and unchanged. */
    readonly answer: {
        /** @description The mock's script for the operation. Forced codes consume no token and are not charged, so they do not depend on the request. */
        readonly script?: string;
        /** @description The delay of the response. */
        readonly delay?: ScenarioFormat["duration"];
        readonly recorder?: ScenarioFormat["alteration"];
    };
    /** @description The changes that the recorder makes to the mock's response, in this order. Texts can have value names in braces, as in cases. */
    readonly alteration: {
        /** @description RFC 6902, on the JSON of the response. */
        readonly patch?: readonly ({
            /** @enum {unknown} */
            readonly op: "add" | "replace";
            readonly path: ScenarioFormat["pointer"];
            readonly value: unknown;
        } | {
            /** @constant */
            readonly op: "remove";
            readonly path: ScenarioFormat["pointer"];
        })[];
        /** @description JSON Pointers into the response, with the recipe of the value, as in requests/<operation>.json. */
        readonly derived?: {
            readonly [key: string]: {
                readonly parts: readonly string[];
                readonly separator?: string;
                /** @enum {unknown} */
                readonly algorithm: "none" | "md5" | "sha1" | "sha256" | "hmac-sha256" | "rsa-md5" | "rsa-sha1" | "rsa-sha256" | "rsa-encrypt";
                readonly key?: string;
                /** @enum {unknown} */
                readonly encoding?: "hex" | "base64";
                /** @enum {unknown} */
                readonly case?: "upper" | "lower";
            };
        };
        /**
         * @description Indented, with spaces on both sides of colons; fields in reverse order; the characters of all values as \u escapes; the first half of the text.
         * @enum {unknown}
         */
        readonly layout?: "pretty" | "reversed" | "escaped" | "cut";
        /** @description An unknown field in front: a string with this number of bytes, or nested empty arrays of this depth. */
        readonly padding?: {
            readonly bytes: number;
        } | {
            readonly depth: number;
        };
        /** @description The body. {json} is the current JSON, {members} the same without its outer braces. */
        readonly text?: string;
        readonly status?: number;
        readonly headers?: {
            readonly [key: string]: string;
        };
        /**
         * @description Redirects to another path of the recorder, which has the response of the mock.
         * @enum {unknown}
         */
        readonly redirect?: 307 | 308;
        /** @description The duration over which the body arrives, in 40 chunks. */
        readonly over?: ScenarioFormat["duration"];
        /**
         * @description How the connection ends after the mock decided: closed before the response, closed after half of the body, reset, or left open without a response.
         * @enum {unknown}
         */
        readonly ending?: "close" | "close-within" | "reset" | "silence";
        /** @description No server listens at the address: never, or only after a while. */
        readonly listening?: "never" | {
            readonly after: ScenarioFormat["duration"];
        };
    };
    /** @description In every scenario, the client must also end by itself, within the scenario's delays and the time limit of a run. */
    readonly then: {
        /** @description Whether the client accepts the number (exit status 0). If omitted, both are correct. */
        readonly believed?: boolean;
        /** @description The number of requests to the recorder. */
        readonly calls: {
            readonly min: number;
            readonly max: number;
        };
    };
}

export interface ProfileFormat {
    /**
     * A provider's profile
     * @description A carrier for `cmpassport-mock contract provider --profile`: its addresses, the credentials, its capabilities, the source of live tokens, and the spend limit. It contains no secret, only the names of environment variables.
     */
    readonly file: {
        readonly $schema?: string;
        /** @description The name in reports; by default the address. */
        readonly name?: string;
        /** @description The base URL for each operation, without the path of the document. */
        readonly baseUrls: {
            readonly loginTokenValidate?: ProfileFormat["url"];
            readonly tokenValidate?: ProfileFormat["url"];
            readonly h5TokenValidate?: ProfileFormat["url"];
        };
        /** @description The environment variable of each credential. */
        readonly credentials: {
            readonly appId: ProfileFormat["variable"];
            readonly appSecret?: ProfileFormat["variable"];
            readonly appKey?: ProfileFormat["variable"];
            /** @description The private key of 应用公钥1: PKCS#8, Base64 or PEM. */
            readonly appSignKey?: ProfileFormat["variable"];
            /** @description The private key of 应用公钥2: PKCS#8, Base64 or PEM. */
            readonly appDecryptKey?: ProfileFormat["variable"];
            /** @description 平台公钥: SPKI, Base64 or PEM. */
            readonly platformPublicKey?: ProfileFormat["variable"];
        };
        /** @description The capabilities of the app; rsa: both public keys are registered in the portal. */
        readonly capabilities: readonly ("loginTokenValidate" | "tokenValidate" | "h5TokenValidate" | "smsFallback" | "rsa")[];
        /** @description The source of live tokens. Without it, only cases that need none run. */
        readonly tokens?: {
            /** @constant */
            readonly from: "mock";
            readonly url: ProfileFormat["url"];
            readonly controlToken?: ProfileFormat["variable"];
        } | {
            /** @constant */
            readonly from: "command";
            readonly command: readonly string[];
        } | {
            /** @constant */
            readonly from: "file";
            readonly path: string;
        };
        /** @description The maximum number of calls with a live token, each of which could be charged. By default none. */
        readonly spendLimit?: number;
        readonly pacing?: {
            /** @description The pause between two cases; 200 by default. */
            readonly gapMs?: number;
        };
        /** @description The time limit for one response; 10000 by default. */
        readonly timeoutMs?: number;
        /** @description Cases that do not run. */
        readonly disabled?: readonly {
            readonly case: string;
            readonly reason: string;
        }[];
    };
    readonly url: string;
    readonly variable: {
        readonly env: string;
    };
}

export interface DeviationsFormat {
    /**
     * Known deviations
     * @description Cases whose failure is accepted for some time, each with the reason and the last day.
     */
    readonly file: {
        readonly $schema?: string;
        readonly $comment?: string;
        readonly deviations: readonly DeviationsFormat["deviation"][];
    };
    readonly deviation: {
        /** @description the complete id of one case: a part of an id would hide new failures */
        readonly case: string;
        /** @description the reason why the failure is accepted, in a sentence */
        readonly reason: string;
        /** @description an address that begins with http:// or https:// */
        readonly link?: string;
        /** @description the last day on which the failure is accepted, such as 2027-01-31 */
        readonly expires: string;
    };
}

export interface CalibrationFormat {
    /**
     * A calibration
     * @description The observed behaviour of a carrier where the document is silent, written by `cmpassport-mock contract calibrate`: the settled readings, the order of its checks, the texts, and the evidence for each. It contains no secret, token, phone number, reusable signature or appId.
     */
    readonly file: {
        readonly $schema?: string;
        /**
         * @description A file of another format was written by another release: record it again.
         * @constant
         */
        readonly format: 2;
        /** @description The name and the version of the program that wrote the file. */
        readonly createdWith?: string;
        /** @description The name in the profile. */
        readonly target: string;
        readonly calibratedAt: CalibrationFormat["instant"];
        /** @description The number of calls with a live token, including those of an interrupted run. */
        readonly paidCalls: number;
        /** @description By the id of the ambiguity in ambiguities.json. */
        readonly readings: {
            readonly [key: string]: CalibrationFormat["settled"] | CalibrationFormat["notSettled"];
        };
        /** @description By operation: the checks in the order of the carrier, then those that it does not have. Each mistake was tried alone. */
        readonly precedence: {
            readonly [key: string]: CalibrationFormat["placedChecks"];
        };
        /** @description By the id of a case of the provider suite: what it got. A case that an unknown token hides has an answer only if a live token was left for it. */
        readonly answers: {
            readonly [key: string]: CalibrationFormat["answer"];
        };
        /** @description By operation and code: the HTTP status, if it is not 200. */
        readonly statuses: {
            readonly [key: string]: CalibrationFormat["statuses"];
        };
        /** @description By operation and code: the exact desc of login, the exact resultDesc of verify. */
        readonly texts: {
            readonly [key: string]: CalibrationFormat["texts"];
        };
        /** @description Undocumented codes. */
        readonly beyond: readonly {
            readonly operation: CalibrationFormat["operation"];
            readonly code: string;
            readonly text: string;
        }[];
        /** @description By the evidence ids of the readings and checks. */
        readonly evidence: {
            readonly [key: string]: CalibrationFormat["evidence"];
        };
    };
    /** @description An operation of result-codes.json. */
    readonly operation: string;
    readonly instant: string;
    readonly settled: {
        readonly option: string;
        /** @description A day in UTC. */
        readonly observedOn: string;
        /** @description What was tried, if it is not everything. */
        readonly note?: CalibrationFormat["bilingual"];
        readonly evidence: CalibrationFormat["evidenceIds"];
    };
    readonly notSettled: {
        /** @description The reason, and what is needed to settle the reading. */
        readonly notSettled: CalibrationFormat["bilingual"];
        readonly evidence: CalibrationFormat["evidenceIds"];
    };
    readonly answer: {
        /** @description The result code, or `http-415` for a response with this status and without a code. */
        readonly code: string;
        /** @description The expectations of the case that it did not meet, each by its place in the response, a code by itself. */
        readonly differences: readonly string[];
    };
    readonly evidence: {
        /** @description The case of the kit with this request, or with the most similar one. */
        readonly case: string;
        readonly at: CalibrationFormat["instant"];
        /** @description Whether the request had a live token. */
        readonly paid: boolean;
        readonly request: string;
        readonly response: string;
    };
    readonly bilingual: {
        readonly en: string;
        readonly zh: string;
    };
    readonly status: number;
    readonly statuses: {
        readonly [key: string]: CalibrationFormat["status"];
    };
    readonly placedChecks: readonly CalibrationFormat["placedCheck"][];
    readonly placedCheck: {
        /** @description A requirement of the mock, or a part of one. */
        readonly check: string;
        /** @description The mistake that was sent. */
        readonly name: CalibrationFormat["bilingual"];
        /** @description A result code, `accepted`, `http-415` for a response with this status and without a code, or `afterToken`: the mistake is checked after the token, and its code is not known. */
        readonly outcome: string;
        /** @description Whether it was sent together with the mistakes that are checked later. Otherwise it has the place of its code. */
        readonly isCompared: boolean;
        readonly evidence: CalibrationFormat["evidenceIds"];
    };
    readonly evidenceIds: readonly string[];
    readonly texts: {
        readonly [key: string]: string;
    };
}
