/** The server's data that views share: apps, subscribers and tables. */
import { computed } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { JournalRecord, Operation, OperationRow, ReadingRow, ResultCodeRow } from '../api/schemas.js';
import { resource } from './resource.js';

export const OPERATIONS = ['loginTokenValidate', 'tokenValidate'] as const satisfies readonly Operation[];

export const apps = resource(async () => (await answerOf(control.GET('/_mock/apps'))).apps);
export const subscribers = resource(async () => (await answerOf(control.GET('/_mock/subscribers'))).subscribers);
export const atlas = resource(() => answerOf(control.GET('/_mock/result-codes')));
export const resultCodes = {
  get value() {
    return atlas.value?.codes;
  },
};
export const operations = resource(async () => (await answerOf(control.GET('/_mock/operations'))).operations);
export const readings = resource(async () => (await answerOf(control.GET('/_mock/readings'))).readings);

/** The default option: the observed one of a calibration, else the mock's. */
export function usualOption({ observed, default: own }: ReadingRow): string {
  return observed?.option ?? own;
}

/** These rules decide before the app of a request is known. */
const BEFORE_APP: readonly JournalRecord['decidedBy'][] = [
  'urlRight',
  'bodyReadable',
  'valuesAreStrings',
  'tokenPresent',
  'parametersValid',
  'appKnown',
  'forced',
];

/** Loads the apps again if a record has an unknown app, which a test or another page created. */
export function loadNewApps(records: readonly JournalRecord[]): void {
  const known = apps.value;
  const isNew = ({ appId, decidedBy }: JournalRecord) =>
    appId !== null && !BEFORE_APP.includes(decidedBy) && known?.some((app) => app.appId === appId) === false;
  if (records.some(isNew)) void apps.reload();
}

export function resultCodeRow(operation: Operation, code: string): ResultCodeRow | undefined {
  return resultCodes.value?.find((row) => row.operation === operation && row.code === code);
}

export function operationRow(operation: Operation): OperationRow | undefined {
  return operations.value?.find((row) => row.operation === operation);
}

/** The carrier's address for clients. With a control port, it differs from the address of this page. */
export const carrierAddress = computed(() => {
  const [first] = operations.value ?? [];
  return first === undefined ? location.origin : first.url.slice(0, -first.path.length);
});
