/** The responses on the wire, with their field names verbatim. The document, 1.2, 1.3, 2.3 and 2.4. */

/** In the order of the document's sample. `desc` is observed, not documented, and only refusals have it. */
export interface LoginTokenValidateResponseWire {
  readonly inresponseto: string;
  readonly resultCode: string;
  readonly desc?: string;
  readonly msisdn?: string;
  readonly systemtime: string;
  readonly taskId: string | undefined;
}

/** In the order of the document's sample: body first. */
export interface TokenValidateResponseWire {
  readonly body: {
    readonly message?: string | undefined;
    readonly resultDesc: string;
    readonly taskId: string | undefined;
    readonly expandParams: string | undefined;
    readonly accessToken: string | undefined;
  };
  readonly header: {
    readonly appId: string;
    readonly msgId: string;
    readonly resultCode: string;
    readonly timestamp: string;
  };
}
