/** The provider under test, the app that a case uses there, and what a case needs and can cost. */
import type { Operation } from '../index.js';
import type { Case, CaseRequest, GivenToken, Signing, Step } from './case.js';
import type { AppControl, IssuedToken } from './control.js';
import { isOperation, schemeOf } from './operations.js';
import type { Values } from './pointer.js';
import type { Hidden } from './redact.js';
import type { Finding } from './result.js';
import { durationToMs } from './time.js';
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
 * `control`: the mock's control API. `rsa`: both key pairs registered. `token`: a source of live tokens. `patience`: a
 * clock that can be advanced, or real waiting. An operation or `smsFallback`: this capability.
 */
export type Need = Operation | 'control' | 'patience' | 'rsa' | 'smsFallback' | 'token';

export function needsOf(operation: Operation, testCase: Case): readonly Need[] {
  const needs: Need[] = [operation, ...capabilitiesIn(testCase)];
  if (needsControl(operation, testCase)) needs.push('control');
  if ((testCase.before ?? []).some((step) => 'advance' in step)) needs.push('patience');
  if (testCase.given?.signing === 'rsa') needs.push('rsa');
  if (testCase.then.present?.includes('/body/accessToken') === true) needs.push('smsFallback');
  if (liveCalls(testCase) > 0) needs.push('token');
  return needs;
}

/** The operation that issues the token, and the capabilities of an app that has the SMS fallback. */
function capabilitiesIn({ given = {} }: Case): readonly Need[] {
  const { app, token } = given;
  const issuing = token !== undefined && 'mint' in token ? token.mint['capability'] : undefined;
  const granted = app?.['capabilities'];
  return [issuing, ...(Array.isArray(granted) ? granted : [])].filter(isCapability);
}

function isCapability(name: unknown): name is Operation | 'smsFallback' {
  return name === 'smsFallback' || (typeof name === 'string' && isOperation(name));
}

function needsControl(operation: Operation, { given = {}, before = [], then }: Case): boolean {
  const { app = {}, anotherApp, clock, token } = given;
  if (anotherApp !== undefined || clock !== undefined || !isAppOfProfile(operation, app))
    return true;
  if (token !== undefined && 'mint' in token && !isTokenOfSource(token)) return true;
  return then.accessToken !== undefined || before.some(isBeyondPatience);
}

/** The app of a profile can have more capabilities than it needs, but not fewer. */
function isAppOfProfile(operation: Operation, app: Readonly<Record<string, unknown>>): boolean {
  const { capabilities, ...others } = app;
  if (Object.keys(others).length > 0) return false;
  return (
    capabilities === undefined ||
    [operation, 'smsFallback'].every((one) => (capabilities as readonly unknown[]).includes(one))
  );
}

/** A source issues tokens of any operation, without other settings. */
function isTokenOfSource({ mint, of }: Extract<GivenToken, { readonly mint: unknown }>): boolean {
  return of === undefined && Object.keys(mint).every((name) => name === 'capability');
}

// A token lives for two minutes.
const WAIT_MS_MAX = 121_000;

function isBeyondPatience(step: Step): boolean {
  return 'change' in step || ('advance' in step && durationToMs(step.advance) > WAIT_MS_MAX);
}

/** The number of calls with a live token. The carrier may charge each, even if the case expects no charge. */
export function liveCalls({ given, before = [], simultaneous, forms }: CaseRequest): number {
  const presentsText = given?.token !== undefined && 'text' in given.token;
  const calls = before.filter((step) => 'call' in step);
  if (!presentsText) return calls.length + (simultaneous?.calls ?? forms?.length ?? 1);
  return calls.filter(({ token }) => token === 'new').length;
}

export function signingModeOf(operation: Operation, { given }: CaseRequest): Signing {
  return given?.signing ?? schemeOf(operation).signing;
}
