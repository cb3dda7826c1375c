/** Generated from the OpenAPI document of the control API by `npm run control-types`. */

export interface paths {
  '/_mock/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the carrier can respond */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process responds; does not depend on the store */
    get: operations['getLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Metrics for Prometheus: requests, latencies, tokens, the process */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/ca.pem': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The local CA's certificate (PEM) */
    get: operations['getCa'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/truststore.p12': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A trust store for Java with the local CA's certificate (PKCS#12) */
    get: operations['getTrustStore'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document */
    get: operations['getOpenapi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/result-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every result code, its cause, and a curl command for each way to get it */
    get: operations['listResultCodes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Resets all apps to their configured state, and removes those that this API created */
    post: operations['resetAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All apps */
    get: operations['listApps'];
    put?: never;
    /** Creates an app; omitted settings are generated */
    post: operations['createApp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One app */
    get: operations['getApp'];
    put?: never;
    post?: never;
    /** Removes an app and all its data */
    delete: operations['deleteApp'];
    options?: never;
    head?: never;
    /** Changes settings: an omitted one stays, null restores the default */
    patch: operations['patchApp'];
    trace?: never;
  };
  '/_mock/apps/{appId}/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Resets an app to the state in which it was created */
    post: operations['resetApp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Issues one token, or a list if count is given */
    post: operations['mintTokens'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/tokens/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A token and its status */
    get: operations['getToken'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/access-tokens/{accessToken}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An accessToken and its status */
    get: operations['getAccessToken'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/access-tokens/{accessToken}/redeem': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Redeems an accessToken: once, within five minutes */
    post: operations['redeemAccessToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/clock': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The app's clock */
    get: operations['getClock'];
    /** Sets the clock, freezes it, or lets it continue */
    put: operations['setClock'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/clock/advance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Advances the clock, also while it is frozen */
    post: operations['advanceClock'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/outcomes/{operation}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The script of an operation, and its remaining steps */
    get: operations['getOutcomes'];
    /** Scripts the next responses of an operation */
    put: operations['setOutcomes'];
    post?: never;
    /** Removes the script; the next responses are real outcomes */
    delete: operations['deleteOutcomes'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/subscribers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The numbers for which the app has scripts, and their remaining steps */
    get: operations['listAppSubscribers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/subscribers/{number}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The scripts of a number, and their remaining steps */
    get: operations['getSubscriber'];
    /** Scripts the responses to requests with a token of a number */
    put: operations['setSubscriber'];
    post?: never;
    /** Removes the app's scripts of a number; those of the configuration file apply again */
    delete: operations['deleteSubscriber'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/snapshots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The saved snapshots, newest first */
    get: operations['listSnapshots'];
    put?: never;
    /** Saves tokens, clock, counters, ledger and scripts */
    post: operations['createSnapshot'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/snapshots/{id}/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Restores a snapshot; the journal stays as it is */
    post: operations['restoreSnapshot'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The journal, newest first */
    get: operations['listRequests'];
    put?: never;
    post?: never;
    /** Removes all requests from the journal, or those of one app */
    delete: operations['forgetRequests'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/requests/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One request */
    get: operations['getRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/requests/{id}/explanation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The reason for the result of a request, and the known mistakes in it */
    get: operations['explainRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/requests/count': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The number of requests, and whether it is exact */
    post: operations['countRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Server-sent events of type request: each new journal record as JSON */
    get: operations['watchRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/ledger': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The charged calls, newest first */
    get: operations['getLedger'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/operations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The carrier's two operations: request fields, response fields and rules, in both languages */
    get: operations['listOperations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/readings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every unclear sentence of the document, with the options and their meaning */
    get: operations['listReadings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/subscribers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The carrier's subscribers, and the failures of the test numbers */
    get: operations['listSubscribers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/apps/{appId}/signed-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Creates a correctly signed request, without sending it */
    post: operations['signRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/key-pairs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Creates an RSA key pair in the portal's format */
    post: operations['makeKeyPair'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_mock/ip-whitelist/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Which addresses each entry of a whitelist admits, or what is wrong with it */
    post: operations['checkIpWhitelist'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description Settings of a new app. An omitted setting is generated or has its default. */
    CreateApp: {
      /** 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit */
      appId?: string | null;
      /** @description A display name, such as the title of the test that uses the app. The carrier does not use it. */
      name?: string | null;
      /** @description APPKEY: the secret of a tokenValidate signature. */
      appKey?: string | null;
      /** @description APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
      appSecret?: string | null;
      /**
       * @description 验签方式: which secret the MD5 signature of loginTokenValidate contains.
       * @enum {unknown}
       */
      signSecret?: 'appSecret' | 'appKey' | null;
      /** @description 应用公钥1, which checks signatures: Base64 of the SPKI, 1024 to 4096 bits. */
      appVerifyKey?: string | null;
      /** @description 应用公钥2, which encrypts msisdn: Base64 of the SPKI, 1024 to 4096 bits. */
      appEncryptKey?: string | null;
      /** @description 能力: what the app may use. */
      capabilities?: ('loginTokenValidate' | 'tokenValidate' | 'smsFallback')[] | null;
      /** @description 服务器IP白名单 for each operation, in the portal's syntax. null admits every address, an empty string admits none. */
      ipWhitelist?: {
        loginTokenValidate?: string | null;
        tokenValidate?: string | null;
      } | null;
      /** @description With a contract, callPackage limits the calls instead of dailyQuota. */
      contracted?: boolean | null;
      /** @description Calls per day without a contract. */
      dailyQuota?: number | null;
      /** @description Calls under the contract; null means no limit. */
      callPackage?: number | null;
      /** @description Lifetime of a token, in milliseconds. */
      tokenTtlMs?: number | null;
      /** @description How the mock interprets the document where it is silent or contradicts itself. */
      readings?: {
        /** @enum {unknown} */
        'login-md5-case'?: 'any' | 'upper' | null;
        /** @enum {unknown} */
        'verify-hex-case'?: 'upper' | 'any' | null;
        /** @enum {unknown} */
        'content-type'?: 'any' | 'json' | null;
        /** @enum {unknown} */
        'json-numbers'?: 'keyType' | 'refused' | 'any' | null;
        /** @enum {unknown} */
        'json-null'?: 'refused' | 'absent' | null;
        /** one of digits, calendar, window:<duration> */
        'system-time'?: string | null;
        /** @enum {unknown} */
        'msgid-replay'?: 'allowed' | 'refused' | null;
        /** @enum {unknown} */
        'refused-call-uses-token'?: 'no' | 'yes' | null;
        /** @enum {unknown} */
        'verify-quota-code'?: '103420' | '102315' | '105312' | null;
        /** @enum {unknown} */
        'daily-quota-counts'?: 'charged' | 'every-call' | null;
        /** @enum {unknown} */
        'daily-quota-covers'?: 'both' | 'tokenValidate' | null;
        /** @enum {unknown} */
        'login-ip-check'?: 'strict-only' | 'always' | 'registered' | null;
        /** @enum {unknown} */
        'login-error-desc'?: 'sent' | 'absent' | null;
        /** @enum {unknown} */
        'unknown-app-at-verify'?: '102' | '302' | null;
        /** @enum {unknown} */
        'other-apps-dead-token'?: '103133' | '104201' | null;
        /** @enum {unknown} */
        'verify-rsa-encoding'?: 'base64' | 'hex' | null;
        /** @enum {unknown} */
        'verify-key-size'?: 'any' | '1024' | null;
        /** @enum {unknown} */
        'verify-params-encoding'?: 'any' | 'encoded' | null;
        /** @enum {unknown} */
        'verify-echo'?: 'echoed' | 'empty' | null;
        /** @enum {unknown} */
        'refusal-task-id'?: 'sent' | 'absent' | null;
        /** @enum {unknown} */
        'verify-result-desc'?: 'words' | 'code' | null;
      } | null;
      /**
       * 1 to 256 letters, digits and . _ ~ + / = -
       * @description The app's own control token. Control API calls for the app then need this token or the server's.
       */
      controlToken?: string | null;
      /** @description Generates both RSA key pairs. Only this response has their private keys. */
      generateKeys?: boolean;
      /** @description Generates a control token for the app. Only this response has it. */
      generateControlToken?: boolean;
    };
    /** @description Settings to change. An omitted setting keeps its value; null restores the default. */
    PatchApp: {
      /** 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit */
      appId?: string | null;
      /** @description A display name, such as the title of the test that uses the app. The carrier does not use it. */
      name?: string | null;
      /** @description APPKEY: the secret of a tokenValidate signature. */
      appKey?: string | null;
      /** @description APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
      appSecret?: string | null;
      /**
       * @description 验签方式: which secret the MD5 signature of loginTokenValidate contains.
       * @enum {unknown}
       */
      signSecret?: 'appSecret' | 'appKey' | null;
      /** @description 应用公钥1, which checks signatures: Base64 of the SPKI, 1024 to 4096 bits. */
      appVerifyKey?: string | null;
      /** @description 应用公钥2, which encrypts msisdn: Base64 of the SPKI, 1024 to 4096 bits. */
      appEncryptKey?: string | null;
      /** @description 能力: what the app may use. */
      capabilities?: ('loginTokenValidate' | 'tokenValidate' | 'smsFallback')[] | null;
      /** @description 服务器IP白名单 for each operation, in the portal's syntax. null admits every address, an empty string admits none. */
      ipWhitelist?: {
        loginTokenValidate?: string | null;
        tokenValidate?: string | null;
      } | null;
      /** @description With a contract, callPackage limits the calls instead of dailyQuota. */
      contracted?: boolean | null;
      /** @description Calls per day without a contract. */
      dailyQuota?: number | null;
      /** @description Calls under the contract; null means no limit. */
      callPackage?: number | null;
      /** @description Lifetime of a token, in milliseconds. */
      tokenTtlMs?: number | null;
      /** @description How the mock interprets the document where it is silent or contradicts itself. */
      readings?: {
        /** @enum {unknown} */
        'login-md5-case'?: 'any' | 'upper' | null;
        /** @enum {unknown} */
        'verify-hex-case'?: 'upper' | 'any' | null;
        /** @enum {unknown} */
        'content-type'?: 'any' | 'json' | null;
        /** @enum {unknown} */
        'json-numbers'?: 'keyType' | 'refused' | 'any' | null;
        /** @enum {unknown} */
        'json-null'?: 'refused' | 'absent' | null;
        /** one of digits, calendar, window:<duration> */
        'system-time'?: string | null;
        /** @enum {unknown} */
        'msgid-replay'?: 'allowed' | 'refused' | null;
        /** @enum {unknown} */
        'refused-call-uses-token'?: 'no' | 'yes' | null;
        /** @enum {unknown} */
        'verify-quota-code'?: '103420' | '102315' | '105312' | null;
        /** @enum {unknown} */
        'daily-quota-counts'?: 'charged' | 'every-call' | null;
        /** @enum {unknown} */
        'daily-quota-covers'?: 'both' | 'tokenValidate' | null;
        /** @enum {unknown} */
        'login-ip-check'?: 'strict-only' | 'always' | 'registered' | null;
        /** @enum {unknown} */
        'login-error-desc'?: 'sent' | 'absent' | null;
        /** @enum {unknown} */
        'unknown-app-at-verify'?: '102' | '302' | null;
        /** @enum {unknown} */
        'other-apps-dead-token'?: '103133' | '104201' | null;
        /** @enum {unknown} */
        'verify-rsa-encoding'?: 'base64' | 'hex' | null;
        /** @enum {unknown} */
        'verify-key-size'?: 'any' | '1024' | null;
        /** @enum {unknown} */
        'verify-params-encoding'?: 'any' | 'encoded' | null;
        /** @enum {unknown} */
        'verify-echo'?: 'echoed' | 'empty' | null;
        /** @enum {unknown} */
        'refusal-task-id'?: 'sent' | 'absent' | null;
        /** @enum {unknown} */
        'verify-result-desc'?: 'words' | 'code' | null;
      } | null;
      /**
       * 1 to 256 letters, digits and . _ ~ + / = -
       * @description The app's own control token. Control API calls for the app then need this token or the server's.
       */
      controlToken?: string | null;
    };
    /** @description The token that the phone's SDK would get. */
    Mint: {
      /**
       * eleven digits that begin with 1
       * @description The SIM card's number; by default the number of the first subscriber.
       */
      phoneNumber?: string;
      /**
       * @description The operation that the token is for; by default loginTokenValidate.
       * @enum {unknown}
       */
      capability?: 'loginTokenValidate' | 'tokenValidate';
      /**
       * @description The SIM card's operator; by default the operator of the number.
       * @enum {unknown}
       */
      operator?: 'mobile' | 'unicom' | 'telecom';
      /** @description How long ago the token was issued, in milliseconds; by default 0. */
      ageMs?: number;
      /** @description The token itself; generated by default. */
      token?: string;
      /** @description How many tokens to issue; the response is then a list. */
      count?: number;
    };
    /** @description How to set the clock. An omitted field keeps its value. */
    SetClock: {
      /** @description Epoch milliseconds. */
      atMs?: number;
      frozen?: boolean;
    };
    AdvanceClock: {
      /** a duration such as "90s" or "2m" */
      by: string;
    };
    CountRequests: {
      appId?: string;
      /** @enum {unknown} */
      operation?: 'loginTokenValidate' | 'tokenValidate';
      resultCode?: string;
      token?: string;
    };
    SetOutcomes: {
      script: string;
    };
    SetSubscriber: {
      /** @description A script for each operation. An omitted operation has none. */
      outcomes: {
        loginTokenValidate?: string;
        tokenValidate?: string;
      };
    };
    /** @description The request to sign. */
    SignRequest: {
      /** @enum {unknown} */
      operation: 'loginTokenValidate' | 'tokenValidate';
      /** @description The token that the phone's SDK got. */
      token: string;
      /**
       * eleven digits that begin with 1
       * @description The number that tokenValidate checks; by default the token's number.
       */
      phoneNumber?: string;
      /**
       * @description md5 (default) or rsa for loginTokenValidate, hmac (default) or rsa for tokenValidate.
       * @enum {unknown}
       */
      signing?: 'md5' | 'rsa' | 'hmac';
      /**
       * the private key of 应用公钥1, PKCS#8 in Base64, at most 4096 characters
       * @description Required for rsa: the private key of 应用公钥1, PKCS#8 in Base64. The mock does not store it.
       */
      privateKey?: string;
      /** @description Documented fields by their wire names, set before the request is signed. `sign` is not allowed. */
      fields?: {
        [key: string]: string;
      };
    };
    MakeKeyPair: {
      /** @enum {unknown} */
      bits?: 1024 | 2048;
    };
    CheckIpWhitelist: {
      ipWhitelist: string;
      clientIp?: string;
    };
    Nothing: Record<string, never>;
    /**
     * @description The carrier's two operations: 获取手机号码 and 本机号码校验.
     * @enum {unknown}
     */
    Operation: 'loginTokenValidate' | 'tokenValidate';
    /**
     * @description A SIM card's carrier: 移动, 联通, 电信.
     * @enum {unknown}
     */
    Operator: 'mobile' | 'unicom' | 'telecom';
    /**
     * @description 能力: an operation, or 短验辅助.
     * @enum {unknown}
     */
    Capability: 'loginTokenValidate' | 'tokenValidate' | 'smsFallback';
    /**
     * @description 验签方式: the secret of an MD5 signature.
     * @enum {unknown}
     */
    SignSecret: 'appSecret' | 'appKey';
    /**
     * @description The failure that a test number always causes.
     * @enum {unknown}
     */
    Persona: 'serviceDown' | 'tokenServiceDown' | 'numberNotObtained';
    /**
     * @description The evidence for a fact. documented: a sentence of the document. observed: public evidence. inferred: follows from evidence. assumed: our choice.
     * @enum {unknown}
     */
    Basis: 'documented' | 'observed' | 'inferred' | 'assumed';
    /** @description How the mock interprets the document where it is silent or contradicts itself. */
    Readings: {
      /** @enum {unknown} */
      'login-md5-case': 'any' | 'upper';
      /** @enum {unknown} */
      'verify-hex-case': 'upper' | 'any';
      /** @enum {unknown} */
      'content-type': 'any' | 'json';
      /** @enum {unknown} */
      'json-numbers': 'keyType' | 'refused' | 'any';
      /** @enum {unknown} */
      'json-null': 'refused' | 'absent';
      'system-time': string;
      /** @enum {unknown} */
      'msgid-replay': 'allowed' | 'refused';
      /** @enum {unknown} */
      'refused-call-uses-token': 'no' | 'yes';
      /** @enum {unknown} */
      'verify-quota-code': '103420' | '102315' | '105312';
      /** @enum {unknown} */
      'daily-quota-counts': 'charged' | 'every-call';
      /** @enum {unknown} */
      'daily-quota-covers': 'both' | 'tokenValidate';
      /** @enum {unknown} */
      'login-ip-check': 'strict-only' | 'always' | 'registered';
      /** @enum {unknown} */
      'login-error-desc': 'sent' | 'absent';
      /** @enum {unknown} */
      'unknown-app-at-verify': '102' | '302';
      /** @enum {unknown} */
      'other-apps-dead-token': '103133' | '104201';
      /** @enum {unknown} */
      'verify-rsa-encoding': 'base64' | 'hex';
      /** @enum {unknown} */
      'verify-key-size': 'any' | '1024';
      /** @enum {unknown} */
      'verify-params-encoding': 'any' | 'encoded';
      /** @enum {unknown} */
      'verify-echo': 'echoed' | 'empty';
      /** @enum {unknown} */
      'refusal-task-id': 'sent' | 'absent';
      /** @enum {unknown} */
      'verify-result-desc': 'words' | 'code';
    };
    /**
     * @description Every documented code, and 102315. tokenValidate returns 102315 and 105312 only with the reading verify-quota-code.
     * @enum {unknown}
     */
    ResultCode:
      | '103000'
      | '103101'
      | '103113'
      | '103119'
      | '103133'
      | '103211'
      | '103412'
      | '103414'
      | '103511'
      | '103811'
      | '104201'
      | '105018'
      | '105019'
      | '105312'
      | '105313'
      | '000'
      | '001'
      | '002'
      | '003'
      | '004'
      | '102'
      | '124'
      | '302'
      | '303'
      | '606'
      | '999'
      | '103420'
      | '102315';
    /** @description A code outside the document, which only a script, header or magic token can force. */
    UndocumentedCode: string;
    /**
     * @description What the carrier requires of a request.
     * @enum {unknown}
     */
    Requirement:
      | 'urlRight'
      | 'bodyReadable'
      | 'valuesAreStrings'
      | 'tokenPresent'
      | 'parametersValid'
      | 'appKnown'
      | 'ipAllowed'
      | 'capabilityGranted'
      | 'encryptionPossible'
      | 'signValid'
      | 'serviceUp'
      | 'tokenWellFormed'
      | 'tokenKnown'
      | 'tokenOfThisApp'
      | 'tokenOfThisCapability'
      | 'tokenLive'
      | 'tokenUnused'
      | 'callsLeft'
      | 'phoneNumReadable'
      | 'tokenServiceUp'
      | 'numberObtained'
      | 'numberMatches';
    /** @description The requirement that was not met; allMet for a success; forced for a script, header or magic token. */
    DecidedBy: components['schemas']['Requirement'] | ('allMet' | 'forced');
    Health: {
      /** @constant */
      status: 'ok';
    };
    /** @description An app with all its settings. */
    App: {
      appId: string;
      /** @description A display name, such as the title of the test that uses the app. The carrier does not use it. */
      name: string | null;
      /** @description APPKEY: the secret of a tokenValidate signature. */
      appKey: string;
      /** @description APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
      appSecret: string;
      /** @description 验签方式: which secret the MD5 signature of loginTokenValidate contains. */
      signSecret: components['schemas']['SignSecret'];
      /** @description 应用公钥1, which checks signatures: Base64 of the SPKI, 1024 to 4096 bits. */
      appVerifyKey: string | null;
      /** @description 应用公钥2, which encrypts msisdn: Base64 of the SPKI, 1024 to 4096 bits. */
      appEncryptKey: string | null;
      /** @description 能力: what the app may use. */
      capabilities: components['schemas']['Capability'][];
      /** @description 服务器IP白名单 for each operation, in the portal's syntax. null admits every address, an empty string admits none. */
      ipWhitelist: {
        loginTokenValidate: string | null;
        tokenValidate: string | null;
      };
      /** @description With a contract, callPackage limits the calls instead of dailyQuota. */
      contracted: boolean;
      /** @description Calls per day without a contract. */
      dailyQuota: number;
      /** @description Calls under the contract; null means no limit. */
      callPackage: number | null;
      /** @description Lifetime of a token, in milliseconds. */
      tokenTtlMs: number;
      /** @description How the mock interprets the document where it is silent or contradicts itself. */
      readings: components['schemas']['Readings'];
      /** @description 平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1. */
      platformPublicKey: string;
      /**
       * @description What created the app.
       * @enum {unknown}
       */
      origin: 'configuration' | 'api';
      /** @description Whether the app has its own control token. The token is not shown. */
      hasControlToken: boolean;
    };
    /** @description A new app, with its generated secrets. */
    CreatedApp: {
      appId: string;
      /** @description A display name, such as the title of the test that uses the app. The carrier does not use it. */
      name: string | null;
      /** @description APPKEY: the secret of a tokenValidate signature. */
      appKey: string;
      /** @description APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey. */
      appSecret: string;
      /** @description 验签方式: which secret the MD5 signature of loginTokenValidate contains. */
      signSecret: components['schemas']['SignSecret'];
      /** @description 应用公钥1, which checks signatures: Base64 of the SPKI, 1024 to 4096 bits. */
      appVerifyKey: string | null;
      /** @description 应用公钥2, which encrypts msisdn: Base64 of the SPKI, 1024 to 4096 bits. */
      appEncryptKey: string | null;
      /** @description 能力: what the app may use. */
      capabilities: components['schemas']['Capability'][];
      /** @description 服务器IP白名单 for each operation, in the portal's syntax. null admits every address, an empty string admits none. */
      ipWhitelist: {
        loginTokenValidate: string | null;
        tokenValidate: string | null;
      };
      /** @description With a contract, callPackage limits the calls instead of dailyQuota. */
      contracted: boolean;
      /** @description Calls per day without a contract. */
      dailyQuota: number;
      /** @description Calls under the contract; null means no limit. */
      callPackage: number | null;
      /** @description Lifetime of a token, in milliseconds. */
      tokenTtlMs: number;
      /** @description How the mock interprets the document where it is silent or contradicts itself. */
      readings: components['schemas']['Readings'];
      /** @description 平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1. */
      platformPublicKey: string;
      /**
       * @description What created the app.
       * @enum {unknown}
       */
      origin: 'configuration' | 'api';
      /** @description Whether the app has its own control token. The token is not shown. */
      hasControlToken: boolean;
      /** @description The private key of 应用公钥1, PKCS#8 in Base64, if generateKeys was true. Shown once. */
      appSignPrivateKey?: string;
      /** @description The private key of 应用公钥2, PKCS#8 in Base64, if generateKeys was true. Shown once. */
      appDecryptPrivateKey?: string;
      /** @description The app's own control token, if generateControlToken was true. Shown once. */
      controlToken?: string;
    };
    Apps: {
      apps: components['schemas']['App'][];
    };
    /** @description A new token. */
    MintedToken: {
      token: string;
      phoneNumber: string;
      /** @description The operation that the token is for. */
      capability: components['schemas']['Operation'];
      operator: components['schemas']['Operator'];
      /** @description Epoch milliseconds, by the app's clock. */
      issuedAtMs: number;
      /** @description Epoch milliseconds. The token is expired from this time on. */
      expiresAtMs: number;
    };
    /** @description A list if the request has a count. */
    Minted: components['schemas']['MintedToken'] | components['schemas']['MintedTokens'];
    MintedTokens: {
      tokens: components['schemas']['MintedToken'][];
    };
    /** @description A token and its state. */
    Token: {
      token: string;
      phoneNumber: string;
      /** @description The operation that the token is for. */
      capability: components['schemas']['Operation'];
      operator: components['schemas']['Operator'];
      /** @description Epoch milliseconds, by the app's clock. */
      issuedAtMs: number;
      /** @description Epoch milliseconds. The token is expired from this time on. */
      expiresAtMs: number;
      /** @enum {unknown} */
      status: 'live' | 'used' | 'expired';
      /** @description The id of the request that consumed it; null if none did. */
      usedBy: string | null;
    };
    /** @description 短验辅助凭证: the credential in the response 001. */
    AccessToken: {
      accessToken: string;
      taskId: string;
      /** @enum {unknown} */
      status: 'live' | 'redeemed' | 'expired';
      /** @description Epoch milliseconds, by the app's clock. */
      issuedAtMs: number;
      /** @description Epoch milliseconds, by the app's clock. */
      expiresAtMs: number;
    };
    /** @description An app's clock. */
    Clock: {
      /** @description Epoch milliseconds. */
      nowMs: number;
      /** @description How many milliseconds it is ahead of the machine's clock. */
      offsetMs: number;
      frozen: boolean;
    };
    /** @description A script and its progress. */
    Outcomes: {
      /** @description Empty without a script. */
      script: string;
      /** @description The remaining steps; empty when the script is finished. */
      remaining: string;
    };
    /** @description The scripts of a number: those of the app, or else of the configuration file. */
    SubscriberOutcomes: {
      phoneNumber: string;
      outcomes: {
        loginTokenValidate: components['schemas']['Outcomes'];
        tokenValidate: components['schemas']['Outcomes'];
      };
    };
    /** @description The numbers for which the app has scripts, in ascending order. */
    AppSubscribers: {
      subscribers: components['schemas']['SubscriberOutcomes'][];
    };
    Snapshot: {
      id: string;
    };
    Snapshots: {
      snapshots: components['schemas']['SavedSnapshot'][];
    };
    SavedSnapshot: {
      id: string;
      /** @description Epoch milliseconds, by the app's clock. */
      atMs: number;
    };
    /** @description A request to the carrier and its response. */
    JournalRecord: {
      /** @description Also in the response's header X-Mock-Request-Id. */
      id: string;
      /** @description Epoch milliseconds, by the app's clock. */
      atMs: number;
      /** @description As sent, even if the app is unknown; null if it could not be read. */
      appId: string | null;
      operation: components['schemas']['Operation'];
      method: string;
      path: string;
      clientIp: string;
      /** @description null if a script or header forced an outcome without a result. */
      resultCode: components['schemas']['ResultCode'] | components['schemas']['UndocumentedCode'] | null;
      decidedBy: components['schemas']['DecidedBy'];
      forced: boolean;
      charged: boolean;
      /** @description 话单流水号; null if nothing was decided. */
      taskId: string | null;
      durationMs: number;
      /** @description The step of a script or header that was applied, as text. */
      outcome: string | null;
      /**
       * @description What forced the outcome: a request header, the script of the app or of the number, or a magic token; null if nothing did.
       * @enum {unknown}
       */
      outcomeBy: 'header' | 'script' | 'numberScript' | 'token' | null;
      request: {
        /** @description By lower-case name. A header that was sent more than once has a list. */
        headers: {
          [key: string]: string | string[];
        };
        body: string;
      };
      response: {
        /** @description null if no response was sent. */
        status: number | null;
        body: string;
      };
      /**
       * @description Present if the document does not contain the result code.
       * @enum {unknown}
       */
      undocumented?: true;
      /** @description With remarks=true: the findings of the explanation; null beyond the first records of a page. */
      findings?:
        | {
            id: string;
            /**
             * @description A cause explains the refusal; a remark is about anything else. Causes come first.
             * @enum {unknown}
             */
            role: 'cause' | 'remark';
            title: string;
            detail: string;
          }[]
        | null;
    };
    /** @description A page of the journal, newest first. It can have fewer records than requested if they are large. */
    JournalPage: {
      requests: components['schemas']['JournalRecord'][];
      /** @description The number of dropped records that could have matched. */
      evicted: number;
      /** @description Whether there are older records: request those after the last one. */
      more: boolean;
    };
    /** @description How many requests matched. */
    RequestCount: {
      count: number;
      /** @description false if records that could match were dropped. */
      complete: boolean;
    };
    /** @description A requirement, and whether the request met it. */
    Gate: {
      requires: components['schemas']['Requirement'];
      /** @description The result code if the requirement is not met. */
      otherwise: components['schemas']['ResultCode'];
      basis: components['schemas']['Basis'];
      /** @enum {unknown} */
      outcome: 'met' | 'unmet' | 'not reached';
    };
    /** @description A known mistake that the request contains. */
    Finding: {
      /** @description Stable: sign.secret-swapped, token.used … */
      id: string;
      /**
       * @description A cause explains the refusal; a remark is about anything else. Causes come first.
       * @enum {unknown}
       */
      role: 'cause' | 'remark';
      title: string;
      detail: string;
      evidence: {
        [key: string]: string | number | string[];
      };
    };
    /** @description A piece of a string to sign. */
    Segment: {
      /** @description The wire name of the field, appKey or appSecret; null for a separator or a signed field name. */
      field: string | null;
      value: string;
    };
    /** @description Why a request got its response. */
    Explanation: {
      requestId: string;
      operation: components['schemas']['Operation'];
      resultCode: components['schemas']['ResultCode'] | components['schemas']['UndocumentedCode'] | null;
      decidedBy: components['schemas']['DecidedBy'];
      forced: boolean;
      gates: components['schemas']['Gate'][];
      /** @description The result code if the unmet requirement were met; null for a success. */
      next: components['schemas']['ResultCode'] | null;
      findings: components['schemas']['Finding'][];
      /** @description Complete, with the secret. */
      stringToSign: string | null;
      /** @description stringToSign in pieces: the value of each field in order, and the secret if the string contains it. */
      stringToSignSegments: components['schemas']['Segment'][] | null;
      expectedSign: string | null;
      receivedSign: string | null;
      /** @description The string that the client signed, if the search found it; null if the signature is right. */
      signedString: string | null;
      /** @description The readings of this operation whose current option was observed by a calibration. */
      observed: components['schemas']['ObservedReading'][];
      /** @description signedString in pieces: the signed values, and the text between them. */
      signedStringSegments: components['schemas']['Segment'][] | null;
    };
    /** @description The charged calls, newest first. */
    Ledger: {
      /** @description Exact, even if records were dropped. */
      charged: number;
      /** @description Remaining calls; null without a limit. */
      remaining: number | null;
      records: components['schemas']['LedgerRecord'][];
    };
    /** @description 话单: one charged call. */
    LedgerRecord: {
      taskId: string;
      operation: components['schemas']['Operation'];
      resultCode: components['schemas']['ResultCode'];
      /** @description Epoch milliseconds, by the app's clock. */
      atMs: number;
    };
    /** @description The same text in English and in Chinese. */
    Bilingual: {
      en: string;
      zh: string;
    };
    /**
     * @description How a code is obtained: by its cause, or forced by a magic token, a request header or a script.
     * @enum {unknown}
     */
    Way: 'genuine' | 'magic' | 'header' | 'script';
    ResultCodes: {
      codes: components['schemas']['ResultCodeRow'][];
      beyond: components['schemas']['BeyondCode'][];
    };
    /** @description A result code, its cause, and how to get it. */
    ResultCodeRow: {
      operation: components['schemas']['Operation'];
      code: components['schemas']['ResultCode'];
      name: string;
      /** @description As in the document. */
      desc: string;
      descEn: string;
      cause: components['schemas']['Bilingual'];
      basis: components['schemas']['Basis'];
      /** @description The requirements whose violation returns this code, in order of precedence; allMet for a success. */
      decidedBy: (components['schemas']['Requirement'] | 'allMet')[];
      charged: boolean;
      /** @description Whether the token is consumed. */
      usesToken: boolean;
      /**
       * @description What a client does next; null for a success.
       * @enum {unknown}
       */
      nextStep: 'getNewToken' | 'fallBackToSms' | 'fixConfiguration' | 'contactCarrier' | 'retryLater' | null;
      ways: {
        way: components['schemas']['Way'];
        curl: string;
      }[];
    };
    /** @description A code that public lists contain and the document does not. */
    BeyondCode: {
      code: components['schemas']['UndocumentedCode'];
      /** @description As published. */
      desc: string;
      descEn: string;
      /**
       * @description Which part reports it; unstated if no source names it.
       * @enum {unknown}
       */
      side: 'server' | 'sdk' | 'unstated';
      /** @description Where it is published. */
      source: components['schemas']['Bilingual'];
      /**
       * @description What a client does next.
       * @enum {unknown}
       */
      nextStep: 'getNewToken' | 'fallBackToSms' | 'fixConfiguration' | 'contactCarrier' | 'retryLater';
      /** @description A command for each operation. */
      curl: {
        loginTokenValidate: string;
        tokenValidate: string;
      };
    };
    Subscribers: {
      subscribers: components['schemas']['Subscriber'][];
    };
    /** @description A phone number of the simulated carrier. */
    Subscriber: {
      phoneNumber: string;
      operator: components['schemas']['Operator'];
      /** @description null for an ordinary number. */
      persona: components['schemas']['Persona'] | null;
    };
    ReadingRows: {
      readings: components['schemas']['ReadingRow'][];
    };
    /** @description A point on which the document is silent or contradicts itself, and the options of an app. */
    ReadingRow: {
      /** @enum {unknown} */
      id:
        | 'login-md5-case'
        | 'verify-hex-case'
        | 'content-type'
        | 'json-numbers'
        | 'json-null'
        | 'system-time'
        | 'msgid-replay'
        | 'refused-call-uses-token'
        | 'verify-quota-code'
        | 'daily-quota-counts'
        | 'daily-quota-covers'
        | 'login-ip-check'
        | 'login-error-desc'
        | 'unknown-app-at-verify'
        | 'other-apps-dead-token'
        | 'verify-rsa-encoding'
        | 'verify-key-size'
        | 'verify-params-encoding'
        | 'verify-echo'
        | 'refusal-task-id'
        | 'verify-result-desc';
      /** @description The section of the document, such as 1.2 systemtime. */
      section: string;
      /** @description The unclear sentence of the document. */
      sentence: string;
      default: string;
      /** @description The evidence for the default. */
      basis: components['schemas']['Basis'];
      options: {
        option: string;
        meaning: components['schemas']['Bilingual'];
      }[];
      /** @description A regular expression for more options; null if there are none. */
      pattern: string | null;
      why: components['schemas']['Bilingual'];
      /** @description The option that a calibration observed, which replaces the default; null without one. */
      observed: components['schemas']['ObservedReading'] | null;
    };
    /** @description An option that a calibration observed at the carrier. */
    ObservedReading: {
      /** @enum {unknown} */
      id:
        | 'login-md5-case'
        | 'verify-hex-case'
        | 'content-type'
        | 'json-numbers'
        | 'json-null'
        | 'system-time'
        | 'msgid-replay'
        | 'refused-call-uses-token'
        | 'verify-quota-code'
        | 'daily-quota-counts'
        | 'daily-quota-covers'
        | 'login-ip-check'
        | 'login-error-desc'
        | 'unknown-app-at-verify'
        | 'other-apps-dead-token'
        | 'verify-rsa-encoding'
        | 'verify-key-size'
        | 'verify-params-encoding'
        | 'verify-echo'
        | 'refusal-task-id'
        | 'verify-result-desc';
      option: string;
      /** @description A date such as 2026-11-27. */
      observedOn: string;
    };
    OperationRows: {
      operations: components['schemas']['OperationRow'][];
    };
    /** @description One of the carrier's two operations. */
    OperationRow: {
      operation: components['schemas']['Operation'];
      name: components['schemas']['Bilingual'];
      /** @enum {unknown} */
      path: '/unisdk/rsapi/loginTokenValidate' | '/openapi/rs/tokenValidate';
      /** @description Its address on this server. */
      url: string;
      /** @enum {unknown} */
      version: '2.0' | '1.0';
      requestFields: components['schemas']['RequestField'][];
      answerFields: components['schemas']['AnswerField'][];
      /** @description In order of precedence: the first unmet one decides the result. */
      rules: components['schemas']['RuleRow'][];
    };
    /** @description A documented field of a request. */
    RequestField: {
      /** @description The name on the wire. */
      name: string;
      /**
       * @description The part of tokenValidate's envelope that contains it; null at the top level.
       * @enum {unknown}
       */
      in: null | 'header' | 'body';
      meaning: components['schemas']['Bilingual'];
      /**
       * @description depends: depends on the value of another field.
       * @enum {unknown}
       */
      required: true | false | 'depends';
      /** @description The format of its value, in a few words. */
      rule: components['schemas']['Bilingual'];
      /** @description The section of the document. */
      section: string;
    };
    /** @description A field of a response. */
    AnswerField: {
      /** @description The name on the wire. */
      name: string;
      /**
       * @description The part of tokenValidate's envelope that contains it; null at the top level.
       * @enum {unknown}
       */
      in: null | 'header' | 'body';
      meaning: components['schemas']['Bilingual'];
    };
    /** @description A requirement, the result code if it is not met, and a description of both cases. */
    RuleRow: {
      requires: components['schemas']['Requirement'];
      /** @description The result code with the default readings. */
      otherwise: components['schemas']['ResultCode'];
      basis: components['schemas']['Basis'];
      met: components['schemas']['Bilingual'];
      unmet: components['schemas']['Bilingual'];
    };
    /** @description A correctly signed request. Send it to path on the carrier. */
    SignedRequest: {
      /** @constant */
      method: 'POST';
      /** @enum {unknown} */
      path: '/unisdk/rsapi/loginTokenValidate' | '/openapi/rs/tokenValidate';
      headers: {
        /** @constant */
        'Content-Type': 'application/json';
      };
      body: string;
      /** @description Complete, with the secret. */
      stringToSign: string;
      sign: string;
    };
    /** @description An RSA key pair in the format of the portal. */
    KeyPair: {
      /** @description Base64 of the SPKI. */
      publicKey: string;
      /** @description PKCS#8 in Base64. The mock does not store it. */
      privateKey: string;
    };
    /** @description What a 服务器IP白名单 admits, and what is wrong with it. */
    IpWhitelistCheck: {
      entries: components['schemas']['IpWhitelistEntry'][];
      /** @description Remarks on the whole list, such as entries that work but should be written differently. */
      notes: components['schemas']['Bilingual'][];
      /** @description null if the request has no clientIp. */
      clientIpAdmitted: boolean | null;
    };
    /** @description An entry of a whitelist. */
    IpWhitelistEntry: {
      /** @description As received. */
      entry: string;
      /** @description The address or range (10.0.0.1-10.0.0.9) that it admits; null if it admits none. */
      admits: string | null;
      /** @description What is wrong and how to write it, in one sentence; null for a valid entry. */
      problem: components['schemas']['Bilingual'] | null;
    };
    /** @description OpenAPI 3.1. */
    OpenapiDocument: Record<string, never>;
    /** @description An error of the control API (RFC 9457). */
    Problem: {
      /** @constant */
      type: 'about:blank';
      title: string;
      status: number;
      /** @description One sentence that quotes the invalid value. In Chinese with `?lang=zh` or a Chinese Accept-Language. */
      detail: string;
      /** @description A JSON Pointer to the field; empty for the whole body. */
      pointer?: string;
    };
  };
  responses: {
    /** @description The request is invalid. */
    Invalid: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The server or the app has a control token, and the request has no valid one. */
    TokenNeeded: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A web page of another origin sent the request, or the server does not accept its Host. */
    StrangePage: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not found. */
    Unknown: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description It already exists, is already consumed, or there are too many. */
    Conflict: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The body is larger than 1 MB. */
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The encoding or charset of the body is not supported. */
    Unsupported: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Unexpected error on the server: see its log. */
    Unforeseen: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The store does not support this call; `detail` has the reason. */
    NotInThisStore: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The store is unreachable or rejects writes. */
    Unavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Whether the carrier can respond */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      403: components['responses']['StrangePage'];
      500: components['responses']['Unforeseen'];
      503: components['responses']['Unavailable'];
    };
  };
  getLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Whether the process responds; does not depend on the store */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      403: components['responses']['StrangePage'];
      500: components['responses']['Unforeseen'];
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Metrics for Prometheus: requests, latencies, tokens, the process */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getCa: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The local CA's certificate (PEM) */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-pem-file': string;
        };
      };
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      500: components['responses']['Unforeseen'];
    };
  };
  getTrustStore: {
    parameters: {
      query?: {
        /** @description The password of the trust store. */
        password?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A trust store for Java with the local CA's certificate (PKCS#12) */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-pkcs12': string;
        };
      };
      400: components['responses']['Invalid'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      500: components['responses']['Unforeseen'];
    };
  };
  getOpenapi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description This document */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpenapiDocument'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listResultCodes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every result code, its cause, and a curl command for each way to get it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResultCodes'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  resetAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description Resets all apps to their configured state, and removes those that this API created */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listApps: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All apps */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Apps'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  createApp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CreateApp'];
      };
    };
    responses: {
      /** @description Creates an app; omitted settings are generated */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedApp'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getApp: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One app */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['App'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  deleteApp: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removes an app and all its data */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  patchApp: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PatchApp'];
      };
    };
    responses: {
      /** @description Changes settings: an omitted one stays, null restores the default */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['App'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  resetApp: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description Resets an app to the state in which it was created */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  mintTokens: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Mint'];
      };
    };
    responses: {
      /** @description Issues one token, or a list if count is given */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Minted'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A token and its status */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Token'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getAccessToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        accessToken: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An accessToken and its status */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccessToken'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  redeemAccessToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        accessToken: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description Redeems an accessToken: once, within five minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccessToken'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getClock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The app's clock */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Clock'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  setClock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SetClock'];
      };
    };
    responses: {
      /** @description Sets the clock, freezes it, or lets it continue */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Clock'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  advanceClock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AdvanceClock'];
      };
    };
    responses: {
      /** @description Advances the clock, also while it is frozen */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Clock'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getOutcomes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        operation: 'loginTokenValidate' | 'tokenValidate';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The script of an operation, and its remaining steps */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Outcomes'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  setOutcomes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        operation: 'loginTokenValidate' | 'tokenValidate';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetOutcomes'];
      };
    };
    responses: {
      /** @description Scripts the next responses of an operation */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Outcomes'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  deleteOutcomes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        operation: 'loginTokenValidate' | 'tokenValidate';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removes the script; the next responses are real outcomes */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listAppSubscribers: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The numbers for which the app has scripts, and their remaining steps */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppSubscribers'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getSubscriber: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        number: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The scripts of a number, and their remaining steps */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriberOutcomes'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  setSubscriber: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        number: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetSubscriber'];
      };
    };
    responses: {
      /** @description Scripts the responses to requests with a token of a number */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriberOutcomes'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  deleteSubscriber: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        number: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removes the app's scripts of a number; those of the configuration file apply again */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listSnapshots: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The saved snapshots, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Snapshots'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
      501: components['responses']['NotInThisStore'];
    };
  };
  createSnapshot: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description Saves tokens, clock, counters, ledger and scripts */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Snapshot'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
      501: components['responses']['NotInThisStore'];
    };
  };
  restoreSnapshot: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description Restores a snapshot; the journal stays as it is */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
      501: components['responses']['NotInThisStore'];
    };
  };
  listRequests: {
    parameters: {
      query?: {
        /** @description Only requests of this app. */
        appId?: string;
        /** @description Only requests of this operation. */
        operation?: components['schemas']['Operation'];
        /** @description Only requests with this result code. */
        resultCode?: string;
        /** @description The id of a request: only older requests. */
        after?: string;
        /** @description The maximum number of entries. */
        limit?: number;
        /** @description Only these requests: at most 20 ids, separated by commas. Unknown ids are ignored. */
        ids?: string;
        /** @description If true, each record has `findings`. Only the first 20 of a page are computed; the others are null: name them with `ids`. */
        remarks?: 'false' | 'true';
        /** @description The language of titles and details. By default that of Accept-Language, else English. */
        lang?: 'en' | 'zh';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The journal, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JournalPage'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  forgetRequests: {
    parameters: {
      query?: {
        /** @description Only requests of this app. */
        appId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removes all requests from the journal, or those of one app */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  getRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One request */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JournalRecord'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  explainRequest: {
    parameters: {
      query?: {
        /** @description The language of titles and details. By default that of Accept-Language, else English. */
        lang?: 'en' | 'zh';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The reason for the result of a request, and the known mistakes in it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Explanation'];
          'text/plain': string;
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  countRequests: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CountRequests'];
      };
    };
    responses: {
      /** @description The number of requests, and whether it is exact */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestCount'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  watchRequests: {
    parameters: {
      query?: {
        /** @description Only requests of this app. */
        appId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-sent events of type request: each new journal record as JSON */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
      503: components['responses']['Unavailable'];
    };
  };
  getLedger: {
    parameters: {
      query?: {
        /** @description The maximum number of entries. */
        limit?: number;
      };
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The charged calls, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ledger'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listOperations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The carrier's two operations: request fields, response fields and rules, in both languages */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperationRows'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listReadings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every unclear sentence of the document, with the options and their meaning */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadingRows'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  listSubscribers: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The carrier's subscribers, and the failures of the test numbers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Subscribers'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  signRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        appId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignRequest'];
      };
    };
    responses: {
      /** @description Creates a correctly signed request, without sending it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedRequest'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      404: components['responses']['Unknown'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  makeKeyPair: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['MakeKeyPair'];
      };
    };
    responses: {
      /** @description Creates an RSA key pair in the portal's format */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyPair'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
  checkIpWhitelist: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CheckIpWhitelist'];
      };
    };
    responses: {
      /** @description Which addresses each entry of a whitelist admits, or what is wrong with it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IpWhitelistCheck'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['TokenNeeded'];
      403: components['responses']['StrangePage'];
      413: components['responses']['TooLarge'];
      415: components['responses']['Unsupported'];
      500: components['responses']['Unforeseen'];
    };
  };
}
