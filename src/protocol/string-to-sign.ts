/** The texts that have to be signed. The document, 1.2 sign and 2.3 sign; "+" there means "joined", it is not a character. */

export interface LoginSignFields {
  readonly appId: string;
  readonly version: string;
  readonly msgId: string;
  readonly systemTime: string;
  readonly strictCheck: string;
  readonly token: string;
}

export interface TokenValidateSignFields {
  readonly appId: string;
  readonly msgId: string;
  /** As transmitted: hex or Base64, never the bare number. */
  readonly phoneNum: string;
  readonly timestamp: string;
  readonly token: string;
  readonly version: string;
}

/** MD5 branch of login: the secret is the APPSecret, or the appKey of an app that never switched. */
export function loginMd5Text(fields: LoginSignFields, secret: string): string {
  const { appId, version, msgId, systemTime, strictCheck, token } = fields;
  return appId + version + msgId + systemTime + strictCheck + token + secret;
}

/** RSA branch of login. */
export function loginRsaText({ appId, token }: Pick<LoginSignFields, 'appId' | 'token'>): string {
  return appId + token;
}

/** Verify, both key types: six fields in the natural order of their names. */
export function tokenValidateText(fields: TokenValidateSignFields): string {
  const { appId, msgId, phoneNum, timestamp, token, version } = fields;
  return appId + msgId + phoneNum + timestamp + token + version;
}
