/** A request as somebody captured it: a journal record, JSON, a HAR file, the bare body, an HTTP message or a curl command. */

/** What is undefined the capture does not tell. */
export interface Capture {
  readonly method: string | undefined;
  /** Without its query. */
  readonly path: string | undefined;
  /** Name, value, name, value …, as they were sent. */
  readonly rawHeaders: readonly string[] | undefined;
  readonly body: string;
  readonly clientIp: string | undefined;
  /** When it arrived. */
  readonly atMs: number | undefined;
  /** Of how many it was picked, and as what; undefined where it is the only one. */
  readonly among?: Among;
}

export interface Among {
  readonly count: number;
  readonly as: 'newest' | 'first';
}
