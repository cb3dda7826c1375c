/** The selected app: the one in the address, else the last one that was in the address, else the first. */
import { computed, effect, signal } from '@preact/signals';
import { appOf } from './app-names.js';
import { records } from './live-requests.js';
import { place } from './place.js';
import { apps } from './server-data.js';

const named = computed<string | undefined>(() => {
  const { view, opened, parameters } = place.value;
  switch (view) {
    case 'apps':
      return opened;
    case 'requests':
      return records.value.find(({ id }) => id === opened)?.appId ?? parameters['appId'];
    case 'handset':
    case 'outcomes':
      return parameters['app'];
    default:
      return view satisfies never;
  }
});

const lastNamed = signal<string | undefined>(undefined);
effect(() => {
  if (named.value !== undefined) lastNamed.value = named.value;
});

/** undefined if the server has no app. A link may name an app that does not exist. */
export const selectedAppId = computed<string | undefined>(() => {
  const last = lastNamed.value;
  return named.value ?? (last !== undefined && appOf(last) ? last : apps.value?.[0]?.appId);
});
