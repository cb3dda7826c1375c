/** A captured request. The process that starts the kit reads it. */
import type { Language } from '../../src/text/bilingual.js';

/** Undefined members are not in the capture. */
export interface CapturedRequest {
  readonly method: string | undefined;
  /** Without the query. */
  readonly path: string | undefined;
  readonly query?: string;
  /** Name, value, name, value, … as sent. */
  readonly rawHeaders: readonly string[] | undefined;
  readonly body: string;
  /** The time when it was sent or arrived. */
  readonly atMs: number | undefined;
  readonly clientIp: string | undefined;
  /** The rule that decided the request at a mock. */
  readonly decidedBy?: string;
}

/** The data to explain a captured request. */
export interface ExplainedBy {
  /** In the format of the mock's control API, request or response. */
  readonly app: object;
  readonly phoneNumber: string | undefined;
  readonly lang: Language;
}

/** A captured request with its place in the file. */
export interface NamedRequest extends CapturedRequest {
  /** `capture.har, request 3`. */
  readonly name: string;
}
