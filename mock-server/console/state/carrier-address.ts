/** The carrier's address for clients. With a control port, it differs from the address of this page. */
import { computed } from '@preact/signals';
import { operations } from './server-data.js';

export const carrierAddress = computed(() => {
  const [first] = operations.value ?? [];
  return first === undefined ? location.origin : first.url.slice(0, -first.path.length);
});
