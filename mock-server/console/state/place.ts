/** The current place, read from the address. Changes go through the address, so that links work. */
import { computed, signal } from '@preact/signals';
import { hashOf, type PlaceInput, placeOf } from './hash.js';

/** Other machines cannot open such an address. */
export const IS_LOCAL = /^(?:localhost|127\..*|\[::1\])$/.test(location.hostname);

const hash = signal(location.hash);
function read(): void {
  hash.value = location.hash;
}
addEventListener('hashchange', read);

export const place = computed(() => placeOf(hash.value));

export function goTo(to: PlaceInput): void {
  const wanted = hashOf(to);
  if (wanted !== location.hash) history.pushState(null, '', wanted);
  read();
}

/** Replaces the address without a history entry, for typing into a filter. A place that the user has left stays left. */
export function replacePlace(to: PlaceInput): void {
  // The address changes before the event.
  if (location.hash === hash.peek()) history.replaceState(null, '', hashOf(to));
  read();
}
