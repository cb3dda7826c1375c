/** The messages as they travel, names verbatim. The document, 1.2, 1.3, 2.3 and 2.4. */

export interface LoginTokenValidateRequestWire {
  readonly version: string;
  readonly msgid: string;
  readonly systemtime: string;
  readonly strictcheck: string;
  readonly appid: string;
  readonly expandparams?: string;
  readonly token: string;
  readonly sign: string;
  readonly encryptionalgorithm?: string;
}

/** In the order of the document's sample; `desc` is observed, not documented, and comes with refusals only. */
export interface LoginTokenValidateResponseWire {
  readonly inresponseto: string;
  readonly resultCode: string;
  readonly desc?: string;
  readonly msisdn?: string;
  readonly systemtime: string;
  readonly taskId: string;
}

export interface TokenValidateRequestWire {
  readonly header: {
    readonly version: string;
    readonly msgId: string;
    readonly timestamp: string;
    readonly appId: string;
  };
  readonly body: {
    readonly openType?: string;
    readonly requesterType: string;
    readonly message?: string;
    readonly expandParams?: string;
    readonly keyType?: string | number;
    readonly phoneNum: string;
    readonly token: string;
    readonly sign: string;
  };
}

/** In the order of the document's sample: body first. */
export interface TokenValidateResponseWire {
  readonly body: {
    readonly message: string;
    readonly resultDesc: string;
    readonly taskId: string;
    readonly expandParams?: string;
    readonly accessToken?: string;
  };
  readonly header: {
    readonly appId: string;
    readonly msgId: string;
    readonly resultCode: string;
    readonly timestamp: string;
  };
}
