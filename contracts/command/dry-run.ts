/** What a run would send and the most it could cost, as text. Nothing is sent, and no secret is in it. */
import { buildRequest } from '../provider/build-request.js';
import type { Recipe } from '../provider/case.js';
import { signingOf } from '../provider/needs.js';
import type { Planned } from '../provider/run-suite.js';
import type { Provider } from '../provider/world.js';
import { curlOf } from '../report/curl-command.js';

/** Before the run nothing is known but the names of values, and nothing can be made of them. */
const ONLY_NAMED = { values: {}, make: ({ algorithm }: Recipe) => `{${algorithm}}` };

export function dryRunText(plan: readonly Planned[], provider: Provider): string {
  const lines = plan.map((planned) => (planned.left === undefined ? sentText(planned, provider) : leftText(planned)));
  const sent = plan.filter(({ left }) => left === undefined);
  const cost = sent.reduce((sum, planned) => sum + planned.cost, 0);
  return `${lines.join('\n')}\n\n${sent.length} of ${plan.length} cases would run against ${provider.name}; at most ${cost} calls could be charged.\n`;
}

function sentText({ operation, testCase, cost }: Planned, provider: Provider): string {
  const { wire } = buildRequest({ operation, signing: signingOf(operation, testCase), ...ONLY_NAMED }, testCase.when);
  const before = (testCase.before ?? []).map((step) => `  first ${JSON.stringify(step)}\n`).join('');
  const charge = cost === 0 ? 'cannot be charged' : `at most ${cost} charged`;
  return `${testCase.id}: ${testCase.description} (${charge})\n${before}  ${curlOf(provider.baseUrl(operation), wire)}`;
}

function leftText({ testCase, left }: Planned): string {
  return `${testCase.id}: ${left?.status}, ${left?.reason}`;
}
