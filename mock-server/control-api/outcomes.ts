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
import type { Call, CallContext, Handlers } from './route.js';

export const OUTCOMES_HANDLERS = {
  getOutcomes: (call) => viewScript(call.carrier, scriptKeyOf(call)),
  setOutcomes: (call) => {
    const key = scriptKeyOf(call);
    const { script } = call.body;
    const steps = parseScript(key.operation, script);
    if ('problem' in steps)
      throw invalidValue('/script', 'value.script', { mistake: steps.problem });
    return setScript(call.carrier, key, { text: script, steps });
  },
  deleteOutcomes: (call) => removeScript(call.carrier, scriptKeyOf(call)),
  listAppSubscribers: async ({ carrier, params: { appId } }) => {
    const numbers = await listNumberScripts(carrier, appId);
    return { subscribers: numbers.map(([phoneNumber, outcomes]) => ({ phoneNumber, outcomes })) };
  },
  getSubscriber: (call) => subscriberView(call, scriptsKeyOf(call)),
  setSubscriber: async (call) => {
    const key = scriptsKeyOf(call);
    const outcome = await setNumberScripts(call.carrier, key, textsIn(call.body.outcomes));
    if (outcome === 'set') return subscriberView(call, key);
    throw problem('numbers.too-many', { max: NUMBERS_MAX });
  },
  deleteSubscriber: (call) => removeNumberScripts(call.carrier, scriptsKeyOf(call)),
} satisfies Partial<Handlers>;

function scriptKeyOf({
  params: { appId, operation: sent },
}: Pick<Call<'getOutcomes'>, 'params'>): ScriptKey {
  const names = OPERATIONS.map(({ operation }) => operation);
  const operation = names.find((name) => name === sent);
  if (operation !== undefined) return { appId, operation };
  const known = { en: names.join(' or '), zh: names.join('、') };
  throw problem('operation.not-found', { operation: sent, known });
}

function textsIn(
  outcomes: Call<'setSubscriber'>['body']['outcomes'],
): Partial<Record<Operation, ScriptText>> {
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

async function subscriberView({ carrier }: CallContext, key: NumberScriptsKey) {
  return { phoneNumber: key.phoneNumber, outcomes: await viewNumberScripts(carrier, key) };
}

const PHONE_NUMBER = new RegExp(PHONE_NUMBER_PATTERN);

function scriptsKeyOf({
  params: { appId, number },
}: Pick<Call<'getSubscriber'>, 'params'>): NumberScriptsKey {
  if (PHONE_NUMBER.test(number)) return { appId, phoneNumber: number };
  throw problem('number.wrong', { due: TITLES.phoneNumber, found: number });
}
