/** What is judged, as the runner sees it: something that answers requests, and perhaps a control API beside it. */

/** A request as it goes onto the wire. */
export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** In order; a name may come twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** In two chunks, without Content-Length. */
  readonly chunked?: boolean;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Subject {
  /** Rejects with an ExchangeError where there is no answer. */
  send(request: WireRequest): Promise<WireAnswer>;
}

/** The mock's control API, as JSON in and out. Rejects with an ExchangeError where it refuses or does not answer. */
export type ControlCall = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<unknown>;

/** No answer, or none that means anything: the network's fault or the kit's, so that nothing is known of the subject. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  /** That of the connection's error. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
