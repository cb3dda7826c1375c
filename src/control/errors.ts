/** What goes wrong between a test and the mock. */

/**
 * `ERR_CONTROL_UNREACHABLE`: nothing answers at the url, or the connection broke. `ERR_CONTROL_TIMEOUT`: no answer in
 * time. `ERR_CONTROL_REFUSED`: the mock said no, with a status and a detail; without a status, the name given is none. `ERR_CONTROL_UNEXPECTED`: what answers is
 * not the control API, or not of this version. `ERR_CONTROL_INCOMPLETE`: the journal dropped records, so that a count
 * cannot be told.
 */
export type ControlErrorCode =
  | 'ERR_CONTROL_UNREACHABLE'
  | 'ERR_CONTROL_TIMEOUT'
  | 'ERR_CONTROL_REFUSED'
  | 'ERR_CONTROL_UNEXPECTED'
  | 'ERR_CONTROL_INCOMPLETE';

interface ControlErrorInit {
  readonly code: ControlErrorCode;
  /** Method and URL. */
  readonly call: string;
  readonly detail: string;
  readonly status?: number | undefined;
  readonly pointer?: string | undefined;
  readonly cause?: unknown;
}

/** A call of the control API that failed; its message has the call and the reason. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: ControlErrorCode;
  /** The method and the URL that was called. */
  readonly call: string;
  /** The reason, in one sentence: the mock's own where it gave one. */
  readonly detail: string;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** A JSON Pointer to the field that is wrong, where the mock named one. */
  readonly pointer: string | undefined;

  /** @internal */
  constructor({ code, call, detail, status, pointer, cause }: ControlErrorInit) {
    super(`${call}: ${status === undefined ? '' : `${status}, `}${detail}`, cause === undefined ? {} : { cause });
    this.code = code;
    this.call = call;
    this.detail = detail;
    this.status = status;
    this.pointer = pointer;
  }
}

/** What an assertion found to be otherwise; the message lists the requests, each with the reason of its answer. */
export class MockAssertionError extends Error {
  // What test runners show as a failed assertion.
  override readonly name = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
  readonly expected: number | string;
  readonly actual: number | string;

  /** @internal */
  constructor(
    message: string,
    { expected, actual }: { readonly expected: number | string; readonly actual: number | string },
  ) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * The bundles that the package is made of have copies of the classes: an error of one copy is an instance of all. A
 * class that is derived from one has no copies.
 */
function shareInstances(shared: typeof ControlError | typeof MockAssertionError, name: string): void {
  const mark = Symbol.for(`cmpassport-mock.${name}`);
  Object.defineProperty(shared.prototype, mark, { value: true });
  Object.defineProperty(shared, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== shared) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === 'object' && value !== null && mark in value;
    },
  });
}

shareInstances(ControlError, 'ControlError');
shareInstances(MockAssertionError, 'MockAssertionError');
