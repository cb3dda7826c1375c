/** The log that the carrier writes to. */
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import type { Draft } from './engine/request.js';
import type { Reply } from './reply.js';

/** The server's log; each line is one event. No message and no field contains a token, a number or a secret. */
export interface Log {
  /** Of its messages, and of the responses to callers that name no language. */
  readonly language: Language;
  error(message: Bilingual, more?: LogDetails): void;
  /** Written at the same log levels as info. */
  warn(message: Bilingual, more?: LogDetails): void;
  info(message: Bilingual, more?: LogDetails): void;
  debug(message: Bilingual, more?: LogDetails): void;
  /** A line for each request, at the level debug. */
  request(request: LoggedRequest): void;
}

/** Undefined fields are left out. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogDetails {
  /** The values in the message, for machines. */
  readonly fields?: LogFields;
  /** Written only with `--log-secrets`. */
  readonly secrets?: (language: Language) => LogFields;
}

export interface LogEntry extends LogDetails {
  readonly message: Bilingual;
}

export interface LoggedRequest {
  readonly draft: Draft;
  readonly reply: Reply;
  readonly durationMs: number;
  /** Whether there is an app of that id. */
  readonly known: boolean;
}
