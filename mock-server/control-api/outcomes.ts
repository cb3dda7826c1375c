/** /_mock/apps/:appId/outcomes/:operation: the script of one operation. */
import { PHONE_NUMBER_PATTERN } from '../../src/control/calls/settings.js';
import { TITLES } from '../../src/control/calls/titles.js';
import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import {
  listNumberScripts,
  NUMBERS_MAX,
  type NumberScriptsKey,
  removeNumberScripts,
  removeScript,
  type ScriptKey,
  type ScriptText,
  setNumberScripts,
  setScript,
  viewNumberScripts,
  viewScript,
} from '../carrier/apps/scripts.js';
import { parseScript } from '../carrier/outcomes/script.js';
import { invalidValue, problem } from './problem.js';
import { type AppCall, json, NO_CONTENT, routes } from './route.js';

export const OUTCOMES_ROUTES = routes('Outcomes', [
  {
    call: 'GET /_mock/apps/:appId/outcomes/:operation',
    id: 'getOutcomes',
    summary: 'The script of an operation, and its remaining steps',
    output: json('Outcomes'),
    handle: (call) => viewScript(call.carrier, scriptKeyOf(call)),
  },
  {
    call: 'PUT /_mock/apps/:appId/outcomes/:operation',
    id: 'setOutcomes',
    summary: 'Scripts the next responses of an operation',
    input: 'SetOutcomes',
    output: json('Outcomes'),
    handle: (call: AppCall<{ readonly script: string }>) => {
      const key = scriptKeyOf(call);
      const { script } = call.input;
      const steps = parseScript(key.operation, script);
      if ('problem' in steps)
        throw invalidValue('/script', 'value.script', { mistake: steps.problem });
      return setScript(call.carrier, key, { text: script, steps });
    },
  },
  {
    call: 'DELETE /_mock/apps/:appId/outcomes/:operation',
    id: 'deleteOutcomes',
    summary: 'Removes the script; the next responses are real outcomes',
    output: NO_CONTENT,
    handle: (call) => removeScript(call.carrier, scriptKeyOf(call)),
  },
  {
    call: 'GET /_mock/apps/:appId/subscribers',
    id: 'listAppSubscribers',
    summary: 'The numbers for which the app has scripts, and their remaining steps',
    output: json('AppSubscribers'),
    handle: async ({ carrier, params: { appId } }) => {
      const numbers = await listNumberScripts(carrier, appId);
      return { subscribers: numbers.map(([phoneNumber, outcomes]) => ({ phoneNumber, outcomes })) };
    },
  },
  {
    call: 'GET /_mock/apps/:appId/subscribers/:number',
    id: 'getSubscriber',
    summary: 'The scripts of a number, and their remaining steps',
    output: json('SubscriberOutcomes'),
    handle: (call) => subscriberView(call, scriptsKeyOf(call)),
  },
  {
    call: 'PUT /_mock/apps/:appId/subscribers/:number',
    id: 'setSubscriber',
    summary: 'Scripts the responses to requests with a token of a number',
    input: 'SetSubscriber',
    output: json('SubscriberOutcomes'),
    problems: [409],
    handle: async (call: AppCall<{ readonly outcomes: Outcomes }>) => {
      const key = scriptsKeyOf(call);
      const outcome = await setNumberScripts(call.carrier, key, textsIn(call.input.outcomes));
      if (outcome === 'set') return subscriberView(call, key);
      throw problem('numbers.too-many', { max: NUMBERS_MAX });
    },
  },
  {
    call: 'DELETE /_mock/apps/:appId/subscribers/:number',
    id: 'deleteSubscriber',
    summary: "Removes the app's scripts of a number; those of the configuration file apply again",
    output: NO_CONTENT,
    handle: (call) => removeNumberScripts(call.carrier, scriptsKeyOf(call)),
  },
]);

function scriptKeyOf({ params: { appId, operation: sent } }: AppCall): ScriptKey {
  const names = OPERATIONS.map(({ operation }) => operation);
  const operation = names.find((name) => name === sent);
  if (operation !== undefined) return { appId, operation };
  const known = { en: names.join(' or '), zh: names.join('、') };
  throw problem('operation.not-found', { operation: sent, known });
}

type Outcomes = Partial<Readonly<Record<Operation, string>>>;

function textsIn(outcomes: Outcomes): Partial<Record<Operation, ScriptText>> {
  const texts: Partial<Record<Operation, ScriptText>> = {};
  for (const { operation } of OPERATIONS) {
    const text = outcomes[operation];
    if (text === undefined) continue;
    const steps = parseScript(operation, text);
    if ('problem' in steps) {
      throw invalidValue(`/outcomes/${operation}`, 'value.script', { mistake: steps.problem });
    }
    texts[operation] = { text, steps };
  }
  return texts;
}

async function subscriberView({ carrier }: AppCall, key: NumberScriptsKey) {
  return { phoneNumber: key.phoneNumber, outcomes: await viewNumberScripts(carrier, key) };
}

const PHONE_NUMBER = new RegExp(PHONE_NUMBER_PATTERN);

function scriptsKeyOf({ params: { appId, number } }: AppCall): NumberScriptsKey {
  if (PHONE_NUMBER.test(number)) return { appId, phoneNumber: number };
  throw problem('number.wrong', { due: TITLES.phoneNumber, found: number });
}
