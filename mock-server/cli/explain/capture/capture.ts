/** Captured requests: from journal records, JSON, a HAR file, a bare body, an HTTP message or a curl command. */

/** Data that the capture does not contain is undefined. */
export interface Capture {
  readonly method: string | undefined;
  /** Without its query. */
  readonly path: string | undefined;
  /** Without the question mark; undefined without a query. */
  readonly query?: string;
  /** Name, value, name, value …, as sent. */
  readonly rawHeaders: readonly string[] | undefined;
  readonly body: string;
  readonly clientIp: string | undefined;
  /** The time of arrival, in epoch milliseconds. */
  readonly atMs: number | undefined;
  /** The rule that decided the request, if the capture contains the mock's response or record. */
  readonly decidedBy?: string;
  /** The records from which this request was selected; undefined if it is the only one. */
  readonly among?: Among;
}

/** All requests of a capture, in its order. */
export interface Captures {
  readonly captures: readonly [Capture, ...Capture[]];
  /** The records from which the first request is selected; undefined if it is the only one. */
  readonly among?: Among;
}

export interface Among {
  readonly count: number;
  readonly as: 'newest' | 'first';
}
