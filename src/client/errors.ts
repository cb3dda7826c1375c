/** Every error of the client, each with a literal code. What the carrier refuses is an answer and stands in answers.ts. */
import type { Operation } from '../protocol/operations.js';

/**
 * The codes of all errors. `ERR_CONFIGURATION`, `ERR_ARGUMENT` and `ERR_SECRET_UNAVAILABLE` come before anything is
 * sent; the others are of one exchange, and say whether the carrier may have received it.
 *
 * @example
 * import type { CmpassportErrorCode } from 'cmpassport-mock';
 *
 * export const PAGE_SOMEBODY: readonly CmpassportErrorCode[] = ['ERR_CONFIGURATION', 'ERR_DECRYPTION', 'ERR_MOCK'];
 */
export type CmpassportErrorCode =
  | 'ERR_CONFIGURATION'
  | 'ERR_ARGUMENT'
  | 'ERR_SECRET_UNAVAILABLE'
  | 'ERR_NETWORK'
  | 'ERR_TIMEOUT'
  | 'ERR_ABORTED'
  | 'ERR_HTTP_STATUS'
  | 'ERR_RESPONSE_TOO_LARGE'
  | 'ERR_RESPONSE_NOT_JSON'
  | 'ERR_RESPONSE_FORMAT'
  | 'ERR_RESPONSE_MISMATCH'
  | 'ERR_DECRYPTION'
  | 'ERR_MOCK';

/**
 * What every error of this client is an instance of. No message, property or cause of it holds a secret, a token or a
 * phone number.
 *
 * @example
 * import { CmpassportError, type CmpassportClient } from 'cmpassport-mock';
 *
 * declare const client: CmpassportClient;
 * declare const token: string;
 *
 * try {
 *   await client.getPhoneNumber(token);
 * } catch (error) {
 *   if (!(error instanceof CmpassportError)) throw error;
 *   console.error(error.code, error.message);
 * }
 */
export abstract class CmpassportError extends Error {
  abstract override readonly name: string;
  abstract readonly code: CmpassportErrorCode;
}

/** A setting that cannot work, found when the client is made or, for what a function gives, at the call. */
export class ConfigurationError extends CmpassportError {
  override readonly name = 'ConfigurationError';
  readonly code = 'ERR_CONFIGURATION';
  /** The setting, `keys.appSignPrivateKey` say. */
  readonly field: string;

  /** @internal */
  constructor(field: string, detail: string) {
    super(`${field} ${detail}`);
    this.field = field;
  }
}

/** An argument of a call that the carrier would refuse, or that would be hashed into nonsense: nothing was sent. */
export class ArgumentError extends CmpassportError {
  override readonly name = 'ArgumentError';
  readonly code = 'ERR_ARGUMENT';
  /** The argument, `phoneNumber` say. */
  readonly field: string;

  /** @internal */
  constructor(field: string, detail: string) {
    super(`${field} ${detail}`);
    this.field = field;
  }
}

/** A function that was to give a secret or a key failed: nothing was sent, and the token is as good as before. */
export class SecretUnavailableError extends CmpassportError {
  override readonly name = 'SecretUnavailableError';
  readonly code = 'ERR_SECRET_UNAVAILABLE';
  /** The setting whose function it is. */
  readonly field: string;

  /** @internal */
  constructor(field: string, cause: unknown) {
    super(`${field}: the function that gives it failed`, { cause });
    this.field = field;
  }
}

/** Which exchange an error is of. */
export interface ExchangeIdentity {
  readonly operation: Operation;
  /** What the carrier can find the request by; it is no secret. */
  readonly msgId: string;
}

interface ExchangeFailure extends ExchangeIdentity {
  readonly maybeSent: boolean;
  readonly detail: string;
  readonly cause?: unknown;
}

/**
 * An exchange that broke: there is no answer, or none to be believed.
 *
 * @example
 * import { ExchangeError, type CmpassportClient } from 'cmpassport-mock';
 *
 * declare const client: CmpassportClient;
 * declare const token: string;
 *
 * try {
 *   await client.getPhoneNumber(token);
 * } catch (error) {
 *   if (!(error instanceof ExchangeError)) throw error;
 *   console.error(error.operation, error.msgId, error.maybeSent ? 'take the token for used' : 'nothing was sent');
 * }
 */
export abstract class ExchangeError extends CmpassportError {
  readonly operation: Operation;
  /** What the carrier can find the request by. */
  readonly msgId: string;
  /**
   * Whether the carrier may have received the request. If so, the token may be used up and the call charged: never send
   * it again. False is a proof that nothing was sent.
   */
  readonly maybeSent: boolean;

  /** @internal */
  constructor({ operation, msgId, maybeSent, detail, cause }: ExchangeFailure) {
    const sent = maybeSent ? 'the carrier may have received the request' : 'nothing was sent';
    super(`${operation} ${msgId}: ${detail}; ${sent}`, cause === undefined ? {} : { cause });
    this.operation = operation;
    this.msgId = msgId;
    this.maybeSent = maybeSent;
  }
}

/** The connection was not made, or broke. The cause has the runtime's own name, message and code (`ECONNRESET`). */
export class NetworkError extends ExchangeError {
  override readonly name = 'NetworkError';
  readonly code = 'ERR_NETWORK';
}

/** No whole answer came in time. */
export class ExchangeTimeoutError extends ExchangeError {
  override readonly name = 'ExchangeTimeoutError';
  readonly code = 'ERR_TIMEOUT';
}

/** The caller's signal aborted the call; the cause is its reason. */
export class ExchangeAbortedError extends ExchangeError {
  override readonly name = 'ExchangeAbortedError';
  readonly code = 'ERR_ABORTED';
}

/** An HTTP status other than 200: the carrier answers with 200 always, so somebody else answered, or it is not well. */
export class HttpStatusError extends ExchangeError {
  override readonly name = 'HttpStatusError';
  readonly code = 'ERR_HTTP_STATUS';
  readonly status: number;

  /** @internal */
  constructor(failure: ExchangeFailure & { readonly status: number }) {
    super(failure);
    this.status = failure.status;
  }
}

/** An answer beyond 64 KiB, where the carrier's are under 1 KiB; the rest was not read. */
export class ResponseTooLargeError extends ExchangeError {
  override readonly name = 'ResponseTooLargeError';
  readonly code = 'ERR_RESPONSE_TOO_LARGE';
}

/** An answer that is not JSON. It has no cause: a parser's message quotes the text, and the text may hold the number. */
export class ResponseNotJsonError extends ExchangeError {
  override readonly name = 'ResponseNotJsonError';
  readonly code = 'ERR_RESPONSE_NOT_JSON';
}

/** An answer without a field that decides, or with one that cannot be what the document says. */
export class ResponseFormatError extends ExchangeError {
  override readonly name = 'ResponseFormatError';
  readonly code = 'ERR_RESPONSE_FORMAT';
  /** The field, `header.resultCode` say; the empty string is the whole answer. */
  readonly field: string;

  /** @internal */
  constructor(failure: ExchangeFailure & { readonly field: string }) {
    super(failure);
    this.field = failure.field;
  }
}

/** An answer to another request: its `inresponseto` or `msgId` is not what was sent. */
export class ResponseMismatchError extends ExchangeError {
  override readonly name = 'ResponseMismatchError';
  readonly code = 'ERR_RESPONSE_MISMATCH';
}

/** An `msisdn` that the key does not decrypt to a phone number, or that came unencrypted. */
export class DecryptionError extends ExchangeError {
  override readonly name = 'DecryptionError';
  readonly code = 'ERR_DECRYPTION';
}

/** In production, a token or an answer that carries the mark of a simulated carrier. */
export class MockError extends ExchangeError {
  override readonly name = 'MockError';
  readonly code = 'ERR_MOCK';
}
