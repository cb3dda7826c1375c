/** The provider under test, the app that a case uses there, and what a case needs and can cost. */
import type { Operation } from '../index.js';
import type { Case, CaseRequest, Signing } from './case.js';
import type { AppControl, IssuedToken } from './control.js';
import { schemeOf } from './operations.js';
import type { Values } from './pointer.js';
import type { Hidden } from './redact.js';
import type { Finding } from './result.js';
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
  open(operation: Operation, testCase: CaseRequest): Promise<CaseApp>;
  /** The URL of the control API and console, for a mock that keeps the apps of failed cases. */
  readonly keptAppsUrl?: string;
  /** The first finding for a request, by the id in the response's header. */
  findingOf?(requestId: string): Promise<Finding | undefined>;
}

/**
 * `control`: the mock's control API. `rsa`: both key pairs registered. `token`: a source of live tokens. An operation or
 * `smsFallback`: this capability.
 */
export type Need = Operation | 'control' | 'rsa' | 'smsFallback' | 'token';

export function needsOf(operation: Operation, testCase: Case): readonly Need[] {
  const needs: Need[] = [operation];
  if (needsControl(testCase)) needs.push('control');
  if (testCase.given?.signing === 'rsa') needs.push('rsa');
  if (testCase.then.present?.includes('/body/accessToken') === true) needs.push('smsFallback');
  if (liveCalls(testCase) > 0) needs.push('token');
  return needs;
}

function needsControl({ given = {}, before = [], then }: Case): boolean {
  const { app, anotherApp, clock, token } = given;
  if (app !== undefined || anotherApp !== undefined || clock !== undefined) return true;
  if (
    token !== undefined &&
    'mint' in token &&
    (token.of !== undefined || Object.keys(token.mint).length > 0)
  )
    return true;
  return (
    then.accessToken !== undefined || before.some((step) => 'advance' in step || 'change' in step)
  );
}

/** The number of calls with a live token. The carrier may charge each, even if the case expects no charge. */
export function liveCalls({ given, before = [], simultaneous }: CaseRequest): number {
  const presentsText = given?.token !== undefined && 'text' in given.token;
  const calls = before.filter((step) => 'call' in step);
  if (!presentsText) return calls.length + (simultaneous?.calls ?? 1);
  return calls.filter(({ token }) => token === 'new').length;
}

export function signingModeOf(operation: Operation, { given }: CaseRequest): Signing {
  return given?.signing ?? schemeOf(operation).signing;
}
