/** Where a case runs: an app, its credentials, and where its tokens come from. */
import type { Operation } from '../index.js';
import type { Hidden } from '../report/redact.js';
import type { Finding } from '../results/result.js';
import type { Values } from '../sign/template.js';
import type { Case } from './case.js';
import type { AppControl, IssuedToken } from './control.js';
import type { Need } from './needs.js';
import type { Subject } from './subject.js';

export interface World {
  readonly values: Values;
  /** The app, where there is a control API. */
  readonly control?: AppControl;
  /** The app that the tokens are of: the same but for tokens of another app. */
  readonly tokenControl?: AppControl;
  /** A token as the case gives it; a fresh one each time. */
  newToken(): Promise<IssuedToken>;
  end(): Promise<void>;
}

/** Whom the cases are run against. */
export interface Provider {
  /** How it is called in reports. */
  readonly name: string;
  /** What it has; a case that needs more is skipped. */
  readonly has: ReadonlySet<Need>;
  baseUrl(operation: Operation): string;
  subject(operation: Operation): Subject;
  /** Whether it is a mock of ours, which follows our readings. */
  readonly isMock: boolean;
  /** What must not be shown: every credential and every number that was used so far. */
  hidden(): Hidden;
  open(operation: Operation, testCase: Case): Promise<World>;
  /** Of a mock that keeps what failed cases made: where its control API and its console are. */
  readonly keptAt?: string;
  /** The first finding about a request, by the id in the answer's header. */
  findingOf?(requestId: string): Promise<Finding | undefined>;
}
