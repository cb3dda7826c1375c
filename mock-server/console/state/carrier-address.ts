/** Where the carrier is for clients: with a control port it is not where this page comes from. */
import { computed } from '@preact/signals';
import { operations } from './server-data.js';

export const carrierAddress = computed(() => {
  const [first] = operations.value ?? [];
  return first === undefined ? location.origin : first.url.slice(0, -first.path.length);
});
