/** The log that the carrier writes to. */
import type { Operation } from '../../src/protocol/operations.js';
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

/** What a line has in the JSON format. Undefined fields are left out. The page of the log has the comments. */
export interface LogFields {
  /** The id in the journal, and in the response's `X-Mock-Request-Id`. */
  readonly requestId?: string | undefined;
  /** The operation of the request. */
  readonly operation?: Operation | undefined;
  /** Left out if the request had none; `…` if hidden. */
  readonly appId?: string | undefined;
  /** Left out if a script ended the request before a decision. */
  readonly resultCode?: string | undefined;
  /** True if the code is not in the document. */
  readonly undocumented?: true | undefined;
  /** The rule, `allMet` or `forced`. */
  readonly decidedBy?: string | undefined;
  /** The address of the caller; `…` if hidden. */
  readonly clientIp?: string | undefined;
  /** Until the decision; at `debug` until the commit. */
  readonly durationMs?: number | undefined;
  /** At `info`: the first known mistake that explains the refusal. At `warn`: the remark. */
  readonly finding?: string | undefined;
  /** Every mistake that explains the refusal, if there are several. */
  readonly findings?: readonly string[] | undefined;
  /** The number of refusals without a line, in the line that reports it. */
  readonly omitted?: number;
  /** Of the control API: the method with the path. */
  readonly call?: string;
  /** The HTTP status of the call. */
  readonly status?: number;
  /** In the event `listening at …`. */
  readonly url?: string;
  /** The same for HTTPS. */
  readonly httpsUrl?: string | undefined;
  /** The version of the mock, in the same event. */
  readonly version?: string;
  /** The id of the problem, if a changed configuration file is invalid. */
  readonly id?: string | undefined;
}

/** What a line has only with `--log-secrets`. */
export interface LogSecrets {
  /** The token of the request. */
  readonly token?: string | undefined;
  /** At `info`: the explanation of each cause, with its values. */
  readonly detail?: unknown;
  /** At `debug`: method, path, headers and body. */
  readonly request?: unknown;
  /** At `debug`: the body. */
  readonly response?: unknown;
}

export interface LogDetails {
  /** The values in the message, for machines. */
  readonly fields?: LogFields;
  /** Written only with `--log-secrets`. */
  readonly secrets?: (language: Language) => LogSecrets;
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
