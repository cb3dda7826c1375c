/** The reference: operations, readings and subscribers. */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { type ObservedReading, readingsAsObserved } from '../carrier/engine/calibration.js';
import { READINGS } from '../carrier/engine/readings.js';
import { READING_WORDS } from '../explain/reading-words.js';
import { operationView } from './operation-view.js';
import { ownAddress } from './own-address.js';
import { json, routes } from './route.js';

export const REFERENCE_ROUTES = routes('Reference', [
  {
    call: 'GET /_mock/operations',
    who: 'server',
    id: 'listOperations',
    summary: "The carrier's two operations: request fields, response fields and rules, in both languages",
    output: json('OperationRows'),
    handle: ({ request, options }) => {
      const base = options.carrierUrl?.() ?? ownAddress(request);
      return { operations: OPERATIONS.map((row) => operationView(row, base)) };
    },
  },
  {
    call: 'GET /_mock/readings',
    who: 'server',
    id: 'listReadings',
    summary: 'Every unclear sentence of the document, with the options and their meaning',
    output: json('ReadingRows'),
    handle: ({ carrier: { settings } }) => {
      const observed = readingsAsObserved(settings.calibration, settings.readings);
      return { readings: READINGS.map((row) => readingView(row, observed)) };
    },
  },
  {
    call: 'GET /_mock/subscribers',
    who: 'server',
    id: 'listSubscribers',
    summary: "The carrier's subscribers, and the failures of the test numbers",
    output: json('Subscribers'),
    handle: ({ carrier: { settings } }) => ({
      subscribers: settings.subscribers.map(({ phoneNumber, operator, persona }) => ({
        phoneNumber,
        operator,
        persona: persona ?? null,
      })),
    }),
  },
]);

function readingView(row: (typeof READINGS)[number], all: readonly ObservedReading[]) {
  const { id, options, basis } = row;
  const { section, sentence, meanings, why } = READING_WORDS[id];
  const pattern = 'pattern' in row ? row.pattern : null;
  const observed = all.find((each) => each.id === id) ?? null;
  return { id, section, sentence, default: options[0], basis, options: meanings, pattern, why, observed };
}
