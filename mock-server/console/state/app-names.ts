/** The labels of apps: the name, else the appId. */
import { computed } from '@preact/signals';
import type { App } from '../api/schemas.js';
import { apps } from './server-data.js';

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
