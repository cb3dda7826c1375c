/** The provider under test, and the app that a case uses there: its credentials and the source of its tokens. */
import type { Operation } from '../index.js';
import type { Case } from './case.js';
import type { AppControl, IssuedToken } from './control.js';
import type { Need } from './needs.js';
import type { Hidden } from './redact.js';
import type { Finding } from './result.js';
import type { Values } from './template.js';
import type { Subject } from './wire.js';

export interface CaseApp {
  readonly values: Values;
  /** The control API's calls for the app, if there is a control API. */
  readonly control?: AppControl;
  /** The app that issues the tokens: the same app, except for a case with tokens of another app. */
  readonly tokenControl?: AppControl;
  /** Issues a new token with the settings of the case. */
  newToken(): Promise<IssuedToken>;
  end(): Promise<void>;
}

export interface Provider {
  /** Its name in reports. */
  readonly name: string;
  /** What the provider offers. A case that needs more is skipped. */
  readonly has: ReadonlySet<Need>;
  baseUrl(operation: Operation): string;
  subject(operation: Operation): Subject;
  /** Whether it is this project's mock, which follows our readings. */
  readonly isMock: boolean;
  /** The values that reports must hide: every credential and number used so far. */
  hidden(): Hidden;
  open(operation: Operation, testCase: Case): Promise<CaseApp>;
  /** The URL of the control API and console, for a mock that keeps the apps of failed cases. */
  readonly keptAppsUrl?: string;
  /** The first finding for a request, by the id in the response's header. */
  findingOf?(requestId: string): Promise<Finding | undefined>;
}
