/** What a case needs from a provider, and the maximum that it can cost. Both follow from the case's data. */
import type { Operation } from '../index.js';
import { defaultSigning } from './build-request.js';
import type { Case, Signing, Step } from './case.js';

/**
 * `control`: the mock's control API. `rsa`: both key pairs registered. `token`: a source of live tokens. An operation or
 * `smsFallback`: this capability.
 */
export type Need = Operation | 'control' | 'rsa' | 'smsFallback' | 'token';

const ACCESS_TOKEN = '/body/accessToken';

export function needsOf(operation: Operation, testCase: Case): readonly Need[] {
  const needs: Need[] = [operation];
  if (needsControl(testCase)) needs.push('control');
  if (testCase.given?.signing === 'rsa') needs.push('rsa');
  if (testCase.then.present?.includes(ACCESS_TOKEN) === true) needs.push('smsFallback');
  if (liveCalls(testCase) > 0) needs.push('token');
  return needs;
}

function needsControl({ given = {}, before = [], then }: Case): boolean {
  const { app, anotherApp, clock, token } = given;
  if (app !== undefined || anotherApp !== undefined || clock !== undefined) return true;
  if (token !== undefined && 'mint' in token && (token.of !== undefined || Object.keys(token.mint).length > 0))
    return true;
  return then.accessToken !== undefined || before.some((step) => 'advance' in step || 'change' in step);
}

/** The number of calls with a live token. The carrier may charge each, even if the case expects no charge. */
export function liveCalls({ given, before = [] }: Case): number {
  const presentsText = given?.token !== undefined && 'text' in given.token;
  const calls = before.filter(isCall);
  if (!presentsText) return calls.length + 1;
  return calls.filter(({ token }) => token === 'new').length;
}

function isCall(step: Step): step is Extract<Step, { readonly call: unknown }> {
  return 'call' in step;
}

export function signingOf(operation: Operation, { given }: Case): Signing {
  return given?.signing ?? defaultSigning(operation);
}
