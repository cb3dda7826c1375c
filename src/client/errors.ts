/** All errors of the client, each with a literal code. A refusal by the carrier is an answer: see answers.ts. */
import type { Operation } from '../protocol/operations.js';

/**
 * The codes of all errors. `ERR_CONFIGURATION`, `ERR_ARGUMENT` and `ERR_SECRET_UNAVAILABLE` occur before anything is sent,
 * except for a missing or invalid decryption key in `processLoginTokenValidateResponse`. The others belong to one exchange
 * (`ExchangeError`), and `maybeSent` is true if the carrier may have received the request.
 *
 * @example
 * import type { CmpassportErrorCode } from 'cmpassport-client';
 *
 * export const ALERT_ON: readonly CmpassportErrorCode[] = ['ERR_CONFIGURATION', 'ERR_DECRYPTION', 'ERR_MOCK'];
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
 * The base class of all errors of this client. No error contains a secret, a token or a phone number, in its message, its
 * properties or its causes.
 *
 * @example
 * import { CmpassportError, type CmpassportClient } from 'cmpassport-client';
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

/** A setting, a secret or a key cannot work. Thrown when the client is created, or at the call for values from a function. */
export class ConfigurationError extends CmpassportError {
  override readonly name = 'ConfigurationError';
  readonly code = 'ERR_CONFIGURATION';
  /** The name of the setting, for example `keys.appSignPrivateKey`. */
  readonly field: string;

  /** @internal */
  constructor(field: string, detail: string) {
    super(`${field} ${detail}`);
    this.field = field;
  }
}

/** The carrier would refuse an argument, or its hash would be wrong, for example with `+86` or spaces. Nothing was sent. */
export class ArgumentError extends CmpassportError {
  override readonly name = 'ArgumentError';
  readonly code = 'ERR_ARGUMENT';
  /** The name of the argument, for example `phoneNumber`. */
  readonly field: string;

  /** @internal */
  constructor(field: string, detail: string) {
    super(`${field} ${detail}`);
    this.field = field;
  }
}

/** A function that returns a secret or a key failed. Nothing was sent, and the token is not used up. */
export class SecretUnavailableError extends CmpassportError {
  override readonly name = 'SecretUnavailableError';
  readonly code = 'ERR_SECRET_UNAVAILABLE';
  /** The setting whose function failed. */
  readonly field: string;

  /** @internal */
  constructor(field: string, cause: unknown) {
    super(`${field}: its function failed`, { cause });
    this.field = field;
  }
}

/** Identifies an exchange. */
export interface ExchangeIdentity {
  readonly operation: Operation;
  /** The carrier can find the request by this id. It is not a secret. */
  readonly msgId: string;
}

interface ExchangeFailure extends ExchangeIdentity {
  readonly maybeSent: boolean;
  readonly detail: string;
  readonly cause?: unknown;
}

/**
 * An exchange failed: there is no response, or none that can be trusted.
 *
 * @example
 * import { ExchangeError, type CmpassportClient } from 'cmpassport-client';
 *
 * declare const client: CmpassportClient;
 * declare const token: string;
 *
 * try {
 *   await client.getPhoneNumber(token);
 * } catch (error) {
 *   if (!(error instanceof ExchangeError)) throw error;
 *   console.error(error.operation, error.msgId, error.maybeSent ? 'treat the token as used' : 'nothing was sent');
 * }
 */
export abstract class ExchangeError extends CmpassportError {
  readonly operation: Operation;
  /** The carrier can find the request by this id. */
  readonly msgId: string;
  /**
   * True: the carrier may have received the request, used up the token and charged the call. Never send it again. False:
   * nothing was sent.
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

/**
 * The connection failed or broke. The cause has the runtime's name, message and code (`ECONNRESET`). `maybeSent` is false if
 * it was never established, or if `fetch` blocks the port.
 */
export class NetworkError extends ExchangeError {
  override readonly name = 'NetworkError';
  readonly code = 'ERR_NETWORK';
}

/** No complete response came within the timeout. */
export class ExchangeTimeoutError extends ExchangeError {
  override readonly name = 'ExchangeTimeoutError';
  readonly code = 'ERR_TIMEOUT';
}

/** The caller's signal aborted the call. The cause is the signal's reason. */
export class ExchangeAbortedError extends ExchangeError {
  override readonly name = 'ExchangeAbortedError';
  readonly code = 'ERR_ABORTED';
}

/** An HTTP status other than 200. The carrier always answers 200 (observed), so a gateway answered or the carrier is down. */
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

/** The response has more than 64 KiB; the carrier's have less than 1 KiB. The rest was not read. */
export class ResponseTooLargeError extends ExchangeError {
  override readonly name = 'ResponseTooLargeError';
  readonly code = 'ERR_RESPONSE_TOO_LARGE';
}

/** The response is not JSON. There is no cause: a parser's message quotes the text, which may contain the number. */
export class ResponseNotJsonError extends ExchangeError {
  override readonly name = 'ResponseNotJsonError';
  readonly code = 'ERR_RESPONSE_NOT_JSON';
}

/** A required field of the response is missing or not as documented. */
export class ResponseFormatError extends ExchangeError {
  override readonly name = 'ResponseFormatError';
  readonly code = 'ERR_RESPONSE_FORMAT';
  /** The path of the field, for example `header.resultCode`. Empty for the whole response. */
  readonly field: string;

  /** @internal */
  constructor(failure: ExchangeFailure & { readonly field: string }) {
    super(failure);
    this.field = failure.field;
  }
}

/** The response belongs to another request: its `inresponseto` or `msgId` is not the id that was sent. */
export class ResponseMismatchError extends ExchangeError {
  override readonly name = 'ResponseMismatchError';
  readonly code = 'ERR_RESPONSE_MISMATCH';
}

/**
 * The key does not decrypt `msisdn` to a phone number, or `msisdn` is not encrypted. If the other key works, the message says
 * that the two are swapped.
 */
export class DecryptionError extends ExchangeError {
  override readonly name = 'DecryptionError';
  readonly code = 'ERR_DECRYPTION';
}

/** In production, a token or a response has the mock's mark. `maybeSent` is false for a token. */
export class MockError extends ExchangeError {
  override readonly name = 'MockError';
  readonly code = 'ERR_MOCK';
}
