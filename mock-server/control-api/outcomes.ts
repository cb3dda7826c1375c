/** /_mock/apps/:appId/outcomes/:operation: the script of one operation. */

import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { removeScript, type ScriptKey, setScript, viewScript } from '../carrier/apps/scripts.js';
import { parseScript } from '../carrier/outcomes/script.js';
import { invalid, Problem } from './problem.js';
import { type AppCall, json, NO_CONTENT, routes } from './route.js';

export const OUTCOMES_ROUTES = routes('Outcomes', [
  {
    call: 'GET /_mock/apps/:appId/outcomes/:operation',
    who: 'path',
    id: 'getOutcomes',
    summary: 'The script of an operation, and its remaining steps',
    output: json('Outcomes'),
    handle: (call) => viewScript(call.carrier, scriptKeyOf(call)),
  },
  {
    call: 'PUT /_mock/apps/:appId/outcomes/:operation',
    who: 'path',
    id: 'setOutcomes',
    summary: 'Scripts the next responses of an operation',
    input: 'setOutcomes',
    output: json('Outcomes'),
    handle: (call: AppCall<{ readonly script: string }>) => {
      const key = scriptKeyOf(call);
      const { script } = call.input;
      const steps = parseScript(key.operation, script);
      if ('problem' in steps) throw invalid({ pointer: '/script', detail: steps.problem });
      return setScript(call.carrier, key, { text: script, steps });
    },
  },
  {
    call: 'DELETE /_mock/apps/:appId/outcomes/:operation',
    who: 'path',
    id: 'deleteOutcomes',
    summary: 'Removes the script; the next responses are real outcomes',
    output: NO_CONTENT,
    handle: (call) => removeScript(call.carrier, scriptKeyOf(call)),
  },
]);

function scriptKeyOf({ params: { appId, operation } }: AppCall): ScriptKey {
  return { appId, operation: operationNamed(operation) };
}

function operationNamed(name: string): Operation {
  const known = OPERATIONS.find(({ operation }) => operation === name);
  if (known !== undefined) return known.operation;
  const names = OPERATIONS.map(({ operation }) => operation);
  throw new Problem(404, {
    en: `unknown operation ${JSON.stringify(name)}: use ${names.join(' or ')}`,
    zh: `没有接口 ${JSON.stringify(name)}：可用 ${names.join('、')}`,
  });
}
