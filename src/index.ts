/**
 * The reference client of the carrier's operations: exchange a token for a phone number, and verify that a number
 * belongs to the phone.
 *
 * @module cmpassport-client
 */
export type {
  Echo,
  NotOwnNumber,
  ObtainedNumber,
  OwnNumber,
  PhoneNumberAnswer,
  PhoneNumberRefusal,
  VerificationAnswer,
  VerificationRefusal,
} from './client/answers.js';
export type { LoginSigning, VerifySigning } from './client/build-requests.js';
export {
  buildLoginTokenValidateRequest,
  buildTokenValidateRequest,
  type LoginSigningKey,
  type LoginTokenValidateInput,
  type LoginTokenValidateRequest,
  type SimOperator,
  type TokenValidateInput,
  type TokenValidateRequest,
  type VerificationHints,
  type VerifySigningKey,
} from './client/build-requests.js';
export { createCmpassportClient } from './client/client.js';
export type { CmpassportKeys, KeySecret, Secret } from './client/credentials.js';
export {
  ArgumentError,
  CmpassportError,
  type CmpassportErrorCode,
  ConfigurationError,
  DecryptionError,
  ExchangeAbortedError,
  ExchangeError,
  type ExchangeIdentity,
  ExchangeTimeoutError,
  HttpStatusError,
  MockError,
  NetworkError,
  ResponseFormatError,
  ResponseMismatchError,
  ResponseNotJsonError,
  ResponseTooLargeError,
  SecretUnavailableError,
} from './client/errors.js';
export type { ExpandParams } from './client/expand-params.js';
export {
  buildH5TokenValidateRequest,
  type H5Answer,
  type H5ObtainedNumber,
  type H5Refusal,
  type H5TokenValidateInput,
  type H5TokenValidateOutput,
  type H5TokenValidateRequest,
  processH5TokenValidateResponse,
} from './client/h5.js';
export type { RequestEvent, ResponseEvent } from './client/hooks.js';
export type { RsaKeyInput } from './client/keys.js';
export type {
  CallOptions,
  ClientMethods,
  CmpassportClient,
  GetPhoneNumberOptions,
  H5Login,
  Verification,
} from './client/methods.js';
export {
  type LoginExpectation,
  type LoginTokenValidateOutput,
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
  type TokenValidateOutput,
  type VerifyExpectation,
} from './client/process-responses.js';
export type { Fetch, FetchInit } from './client/received.js';
export {
  type FetchedResponse,
  type ReceivedHeaders,
  type ReceivedResponse,
  readResponse,
} from './client/received.js';
export type { AnswerDetails, Description, Refusal, UnknownCode } from './client/refusal.js';
export type {
  CmpassportClientConfig,
  CmpassportClientSettings,
  CmpassportCredentials,
} from './client/settings.js';
export type { SignedRequest, Signer } from './client/signed-request.js';
export type { NextStep } from './protocol/next-steps.js';
