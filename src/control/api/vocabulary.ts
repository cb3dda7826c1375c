/** The words of the carrier and of the control API, as types. */

/** The carrier's two operations: 获取手机号码 and 本机号码校验. */
export type Operation = 'loginTokenValidate' | 'tokenValidate';
/** Whose SIM card it is: 移动, 联通, 电信. */
export type Operator = 'mobile' | 'unicom' | 'telecom';
/** 能力 */
export type Capability = Operation | 'smsFallback';
/** 验签方式: what login's MD5 is made with. */
export type SignSecret = 'appSecret' | 'appKey';
/** How a request is signed: `md5` or `rsa` at login, `hmac` or `rsa` at verify. */
export type Signing = 'md5' | 'rsa' | 'hmac';
/** What goes wrong with a number, each time. */
export type Persona = 'serviceDown' | 'tokenServiceDown' | 'numberNotObtained';
/** How we know: the document says it; public evidence shows it; it follows from evidence; our choice. */
export type Basis = 'documented' | 'observed' | 'inferred' | 'assumed';

/** Every code of the document, login's first; 102315 is answered by a reading only. */
export type ResultCode =
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

/** How a code is had: by its cause, or forced by a magic token, a request header or a script. */
export type Way = 'genuine' | 'magic' | 'header' | 'script';

/** What the carrier asks of a request, in the order that it asks. */
export type Requirement =
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
  | 'phoneNumReadable'
  | 'tokenServiceUp'
  | 'tokenWellFormed'
  | 'tokenKnown'
  | 'tokenOfThisApp'
  | 'tokenOfThisCapability'
  | 'tokenLive'
  | 'tokenUnused'
  | 'callsLeft'
  | 'numberObtained'
  | 'numberMatches';

/** The requirement that was not met; `allMet` on success; `forced` by a script, header or magic token. */
export type DecidedBy = Requirement | 'allMet' | 'forced';

/** How the mock reads the document where it is silent, by the id of a reading. */
export interface Readings {
  readonly 'login-md5-case': 'any' | 'upper';
  readonly 'verify-hex-case': 'upper' | 'any';
  readonly 'content-type': 'any' | 'json';
  readonly 'json-numbers': 'keyType' | 'refused' | 'any';
  /** `digits`, `calendar`, or `window:` and a duration such as `window:5m`. */
  readonly 'system-time': string;
  readonly 'msgid-replay': 'allowed' | 'refused';
  readonly 'refused-call-uses-token': 'no' | 'yes';
  readonly 'verify-quota-code': '103420' | '102315';
  readonly 'daily-quota-counts': 'charged' | 'every-call';
  readonly 'daily-quota-covers': 'both' | 'tokenValidate';
  readonly 'login-ip-check': 'strict-only' | 'always';
  readonly 'login-error-desc': 'sent' | 'absent';
  readonly 'unknown-app-at-verify': '102' | '302';
  readonly 'other-apps-dead-token': '103133' | '104201';
  readonly 'verify-rsa-encoding': 'base64' | 'hex';
  readonly 'verify-key-size': 'any' | '1024';
}
