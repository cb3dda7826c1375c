/** The current place, read from the address. Changes go through the address, so that links work. */
import { computed, signal } from '@preact/signals';
import { hashOf, type PlaceInput, placeOf } from './hash.js';

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

export const place = computed(() => placeOf(hash.value));

export function goTo(to: PlaceInput): void {
  location.hash = hashOf(to);
}

/** Replaces the address without a history entry, for typing into a filter. */
export function replacePlace(to: PlaceInput): void {
  history.replaceState(null, '', hashOf(to));
  hash.value = location.hash;
}
