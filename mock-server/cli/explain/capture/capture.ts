/** Requests as somebody captured them: journal records, JSON, a HAR file, the bare body, an HTTP message or a curl command. */

/** What is undefined the capture does not tell. */
export interface Capture {
  readonly method: string | undefined;
  /** Without its query. */
  readonly path: string | undefined;
  /** Without the question mark; undefined where there is none. */
  readonly query?: string;
  /** Name, value, name, value …, as they were sent. */
  readonly rawHeaders: readonly string[] | undefined;
  readonly body: string;
  readonly clientIp: string | undefined;
  /** When it arrived. */
  readonly atMs: number | undefined;
  /** The rule by which a mock decided it, where the capture has the mock's word for it. */
  readonly decidedBy?: string;
  /** Of how many it was picked, and as what; undefined where it is the only one. */
  readonly among?: Among;
}

/** All that a text captures, in its order. */
export interface Captures {
  readonly captures: readonly [Capture, ...Capture[]];
  /** Of how many records the first was picked; undefined where it is the only one. */
  readonly among?: Among;
}

export interface Among {
  readonly count: number;
  readonly as: 'newest' | 'first';
}
