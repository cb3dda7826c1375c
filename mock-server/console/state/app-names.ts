/** The labels of apps (the name, else the appId), and the apps that were created in this browser. Tests created all other apps of the control API. */
import { computed } from '@preact/signals';
import type { App } from '../api/schemas.js';
import { apps } from './server-data.js';
import { storedList } from './stored-choice.js';

const byId = computed<ReadonlyMap<string, App>>(() => new Map((apps.value ?? []).map((app) => [app.appId, app])));

export function appOf(appId: string): App | undefined {
  return byId.value.get(appId);
}

export function appLabel(appId: string): string {
  return appOf(appId)?.name ?? appId;
}

/** With the appId, because two apps may have the same name. */
export function choiceLabel({ appId, name }: Pick<App, 'appId' | 'name'>): string {
  return name === null ? appId : `${name} · ${appId}`;
}

const CREATED_MAX = 100;

const created = storedList('createdApps', CREATED_MAX);

export function isCreatedHere(appId: string): boolean {
  return created.value.includes(appId);
}

export function rememberCreated(appId: string): void {
  created.add(appId);
}
