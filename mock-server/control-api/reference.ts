/** The reference: operations, readings and subscribers. */

import { LOCATIONS } from '../../src/control/calls/reference.js';
import { readingPattern } from '../../src/control/calls/settings.js';
import { OPERATIONS, type Operation, type OperationRow } from '../../src/protocol/operations.js';
import { READINGS } from '../../src/protocol/readings.js';
import { isTeam, listAppsIn } from '../carrier/apps/apps.js';
import { type ObservedReading, readingsAsObserved } from '../carrier/engine/calibration.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { REQUIREMENTS } from '../carrier/engine/requirements.js';
import { type FieldWords, OPERATION_WORDS } from '../explain/field-words.js';
import { PART_RULE } from '../explain/fields.js';
import { documentedFields } from '../explain/operations.js';
import { READING_WORDS } from '../explain/reading-words.js';
import { atlas, beyondCodes } from './atlas/atlas.js';
import type { Target } from './atlas/commands.js';
import { APP_ID_PREFIX } from './atlas/recipes.js';
import type { CallContext, Handlers } from './route.js';

function readingView(row: (typeof READINGS)[number], all: readonly ObservedReading[]) {
  const { id, options, basis } = row;
  const { title, section, sentence, meanings, why } = READING_WORDS[id];
  const pattern = readingPattern(row) ?? null;
  const observed = all.find((each) => each.id === id) ?? null;
  return {
    id,
    title,
    section,
    sentence,
    default: options[0],
    basis,
    options: meanings,
    pattern,
    why,
    observed,
  };
}

export const REFERENCE_HANDLERS = {
  listResultCodes: async (call) => {
    const target = await targetOf(call);
    return { codes: atlas(target), beyond: beyondCodes(target) };
  },
  listOperations: ({ request, options }) => {
    const base = options.carrierUrl?.() ?? options.publicUrl ?? request.base;
    return { operations: OPERATIONS.map((row) => operationView(row, base)) };
  },
  listReadings: ({ carrier: { settings } }) => {
    const observed = readingsAsObserved(settings.calibration, settings.readings);
    return { readings: READINGS.map((row) => readingView(row, observed)) };
  },
  listSubscribers: ({ carrier: { settings } }) => ({
    subscribers: settings.subscribers.map(({ phoneNumber, operator, failure, scripts = {} }) => ({
      phoneNumber,
      operator,
      failure: failure ?? null,
      outcomes: Object.fromEntries(
        Object.entries(scripts).map(([operation, { text }]) => [operation, text]),
      ),
    })),
  }),
} satisfies Partial<Handlers>;

async function targetOf({ carrier, options, scope, request }: CallContext): Promise<Target> {
  const { controlToken, carrierUrl, publicUrl } = options;
  const controlUrl = publicUrl ?? request.base;
  // Not an app of the commands themselves: they delete and create their apps each time.
  const other = (await listAppsIn(carrier, scope)).find(
    ({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX),
  );
  const team = isTeam(scope) ? scope : undefined;
  return {
    url: carrierUrl?.() ?? controlUrl,
    controlUrl,
    // The commands are for the caller, who may not have the server's token.
    controlToken: team?.controlToken ?? controlToken,
    appIdPrefix: team === undefined ? APP_ID_PREFIX : `${APP_ID_PREFIX}${team.team}-`,
    nowMs: carrier.clock.nowMs(),
    subscribers: carrier.settings.subscribers,
    readings: carrier.settings.readings,
    otherApp: other && { appId: other.settings.appId, shortId: other.shortId },
  };
}

/** @param base the carrier's address */
export function operationView({ operation, path, version }: OperationRow, base: string) {
  const { name, section, request, answer } = OPERATION_WORDS[operation];
  return {
    operation,
    name,
    path,
    url: base + path,
    version,
    requestFields: request.map((words) => ({
      ...fieldView(words),
      ...constraintOn(operation, words),
      section,
    })),
    answerFields: answer.map(fieldView),
    rules: moduleOf(operation).rules.map(({ requires, otherwise, basis }) => {
      const { met, unmet } = REQUIREMENTS[requires];
      return { requires, otherwise, basis, met, unmet };
    }),
  };
}

function fieldView({ name, location, meaning }: FieldWords) {
  return { name, in: LOCATIONS.find((each) => each === location) ?? null, meaning };
}

/** `header` and `body` of tokenValidate's envelope have no row: both are required. */
function constraintOn(operation: Operation, { name, location }: FieldWords) {
  const row = documentedFields(operation).find(
    (each) => each.name === name && each.location === location,
  );
  const { required, rule } = row ?? { required: true, rule: PART_RULE };
  return { required: typeof required === 'boolean' ? required : ('depends' as const), rule };
}
