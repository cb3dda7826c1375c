/** A captured request, as the process that starts the kit read it. */
import type { Language } from '../report/words.js';

/** What is undefined the capture does not have. */
export interface CapturedRequest {
  readonly method: string | undefined;
  /** Without its query. */
  readonly path: string | undefined;
  readonly query?: string;
  /** Name, value, name, value …, as they were sent. */
  readonly rawHeaders: readonly string[] | undefined;
  readonly body: string;
  /** When it was sent, or arrived. */
  readonly atMs: number | undefined;
  readonly clientIp: string | undefined;
  /** The rule by which a mock decided it. */
  readonly decidedBy?: string;
}

/** What a captured request is explained by. */
export interface ExplainedBy {
  /** As the mock's control API takes or answers it. */
  readonly app: object;
  readonly phoneNumber: string | undefined;
  readonly lang: Language;
}

/** One of a file's. */
export interface NamedRequest extends CapturedRequest {
  /** `capture.har, request 3`. */
  readonly name: string;
}
