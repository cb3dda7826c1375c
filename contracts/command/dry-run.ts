/** The requests of a run and its maximum cost as text. It sends nothing and contains no secret. */
import { buildRequest } from '../provider/build-request.js';
import type { Recipe } from '../provider/case.js';
import type { Provider } from '../provider/case-app.js';
import { signingOf } from '../provider/needs.js';
import type { Planned } from '../provider/run-suite.js';
import { curlOf } from '../report/curl-command.js';

/** Shows names instead of values, which are unknown before the run. */
const ONLY_NAMED = { values: {}, make: ({ algorithm }: Recipe) => `{${algorithm}}` };

export function dryRunText(plan: readonly Planned[], provider: Provider): string {
  const lines = plan.map((planned) =>
    planned.notRun === undefined ? sentText(planned, provider) : notRunText(planned),
  );
  const sent = plan.filter(({ notRun }) => notRun === undefined);
  const cost = sent.reduce((sum, planned) => sum + planned.cost, 0);
  return `${lines.join('\n')}\n\n${sent.length} of ${plan.length} cases would run against ${provider.name}; at most ${cost} calls could be charged.\n`;
}

function sentText({ operation, testCase, cost }: Planned, provider: Provider): string {
  const { wire } = buildRequest({ operation, signing: signingOf(operation, testCase), ...ONLY_NAMED }, testCase.when);
  const before = (testCase.before ?? []).map((step) => `  first ${JSON.stringify(step)}\n`).join('');
  const charge = cost === 0 ? 'cannot be charged' : `at most ${cost} charged`;
  return `${testCase.id}: ${testCase.description} (${charge})\n${before}  ${curlOf(provider.baseUrl(operation), wire)}`;
}

function notRunText({ testCase, notRun }: Planned): string {
  return `${testCase.id}: ${notRun?.status}, ${notRun?.reason}`;
}
