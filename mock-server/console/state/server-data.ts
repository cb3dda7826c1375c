/** The server's data that views share: apps, subscribers and tables. */

import { computed, signal } from '@preact/signals';
import type {
  App,
  Operation,
  OperationRow,
  ReadingRow,
  ResultCodeRow,
} from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { BASE } from './carrier.js';
import { call } from './mock.js';
import { notifyUnloaded } from './notices.js';
import { OPERATIONS } from './operations.js';

/** Data that is loaded on first use, and again when it may have changed. */
interface Resource<T> {
  /** undefined until it is loaded. The first read starts loading. */
  readonly value: T | undefined;
  reload(): Promise<void>;
}

const all = new Set<Resource<unknown>>();

function resource<T>(load: () => Promise<T>): Resource<T> {
  const loaded = signal<T | undefined>(undefined);
  let isRequested = false;
  const created: Resource<T> = {
    get value() {
      if (!isRequested) void created.reload();
      return loaded.value;
    },
    reload: async () => {
      isRequested = true;
      try {
        loaded.value = await load();
      } catch (error) {
        // `reloadAll` loads it after a reconnect or with the control token.
        notifyUnloaded(error);
      }
    },
  };
  all.add(created);
  return created;
}

/** Called after a reconnect and when the control token is set. */
export function reloadAll(): void {
  for (const one of all) void one.reload();
}

export const apps = resource(async () => (await call('GET /apps')).apps);
export const subscribers = resource(async () => (await call('GET /subscribers')).subscribers);
/** Of the document (`codes`), and of public lists (`beyond`). */
export const resultCodes = resource(() => call('GET /result-codes'));
export const operations = resource(async () => (await call('GET /operations')).operations);
export const readings = resource(async () => (await call('GET /readings')).readings);

/** The default option: the observed one of a calibration, else the mock's. */
export function usualOption({ observed, default: own }: ReadingRow): string {
  return observed?.option ?? own;
}

/** The codes of an operation. */
export function codesOf(operation: Operation): readonly ResultCodeRow[] {
  return resultCodes.value?.codes.filter((row) => row.operation === operation) ?? [];
}

export function resultCodeRow(
  operation: Operation,
  code: string | null,
): ResultCodeRow | undefined {
  return codesOf(operation).find((row) => row.code === code);
}

export function operationRow(operation: Operation): OperationRow | undefined {
  return operations.value?.find((row) => row.operation === operation);
}

/** The carrier's address for clients. With a control port, it differs from the address of this page. */
export const carrierAddress = computed(() => {
  const [first] = operations.value ?? [];
  return first === undefined ? BASE : first.url.slice(0, -first.path.length);
});

const APPS_PAUSE_MS = 1000;

/** Runs once for calls in quick succession, such as those of a test run. */
export function soonOnce(pauseMs: number, run: () => unknown): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      void run();
    }, pauseMs);
  };
}

export const reloadAppsSoon = soonOnce(APPS_PAUSE_MS, () => apps.reload());

const byId = computed<ReadonlyMap<string, App>>(
  () => new Map((apps.value ?? []).map((app) => [app.appId, app])),
);

export function appOf(appId: string | null | undefined): App | undefined {
  return byId.value.get(appId ?? '');
}

/** The name, else the appId. */
export function appLabel(appId: string): string {
  return appOf(appId)?.name ?? appId;
}

/** The operations as the options of a choice. */
export function operationOptions() {
  return OPERATIONS.map((value) => ({ value, text: t(`operation.${value}`) }));
}

/** The apps as the options of a select. With the appId, because two apps may have the same name. */
export function appOptions() {
  return (apps.value ?? []).map(({ appId, name }) => ({
    value: appId,
    text: name === null ? appId : `${name} · ${appId}`,
  }));
}
