/**
 * What V8 must not forget. `process.nextTick` creates an object for each callback. A garbage collection that finds none
 * of them alive discards what V8 has learned of their shape; from then on each costs five times as much, as long as the
 * process lives: 2.6 µs of CPU a request. So one stays alive. `node bench/throughput.mjs` shows the difference.
 */
import { executionAsyncResource } from 'node:async_hooks';

const keptTicks: object[] = [];
process.nextTick(() => keptTicks.push(executionAsyncResource()));
