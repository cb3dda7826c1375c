/** The errors of the control client. */

/**
 * - `ERR_CONTROL_UNREACHABLE`: no server responds at the URL, or the connection broke.
 * - `ERR_CONTROL_TIMEOUT`: no response within the timeout.
 * - `ERR_CONTROL_REFUSED`: the mock refused the call, with a status and a detail. Without a status, the client refused a name
 *   that cannot be part of a path.
 * - `ERR_CONTROL_UNEXPECTED`: the response is not from the control API of this version.
 * - `ERR_CONTROL_INCOMPLETE`: records are missing, because the journal dropped them or a stream was read too slowly. So a
 *   count, a list or a stream cannot be complete.
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
  readonly problem?: string | undefined;
  readonly pointer?: string | undefined;
  readonly cause?: unknown;
}

/** A call of the control API failed. The message has the call and the reason. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: ControlErrorCode;
  /** The method and the URL. */
  readonly call: string;
  /** The reason in one sentence: the mock's, if its response has one. */
  readonly detail: string;
  /** The HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** The id of the mock's problem, such as `app.exists`. */
  readonly problem: string | undefined;
  /** A JSON Pointer to the invalid field, if the mock named one. */
  readonly pointer: string | undefined;

  /** @internal */
  constructor({ code, call, detail, status, problem, pointer, cause }: ControlErrorInit) {
    super(
      `${call}: ${status === undefined ? '' : `${status}, `}${detail}`,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.call = call;
    this.detail = detail;
    this.status = status;
    this.problem = problem;
    this.pointer = pointer;
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ControlError && error.status === 404;
}

/** An assertion failed. The message lists the app's requests, each with the reason for its result. */
export class MockAssertionError extends Error {
  // Test runners show errors with this name as failed assertions.
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
 * Each bundle of the package has its own copy of the classes. This makes an error of one copy an instance of all copies.
 * Derived classes keep the normal `instanceof`.
 */
function shareInstances(
  shared: typeof ControlError | typeof MockAssertionError,
  name: string,
): void {
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
