/** Where the user is: read from the address, and changed by changing it, so that a link leads there. */
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

/** Changes the address in place: what is typed into a filter is no step to go back to. */
export function replacePlace(to: PlaceInput): void {
  history.replaceState(null, '', hashOf(to));
  hash.value = location.hash;
}
