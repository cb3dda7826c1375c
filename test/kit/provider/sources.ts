/** The clock and random values for the kit in tests. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sources } from '../../../contracts/kit/send-case.js';

export const SOURCES: Sources = {
  nowMs: () => Date.now(),
  hex: (length) => randomBytes(length / 2).toString('hex'),
  wait,
};
