/**
 * The cost of `process.nextTick` after a garbage collection, without and with a tick object that stays alive.
 * `node bench/next-tick.mjs`
 */
import { executionAsyncResource } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TICKS = 1_000_000;
const WARM_UP = 50;
const [, , mode] = process.argv;
const kept = [];

function ticks(count) {
  return new Promise((resolve) => {
    let done = 0;
    const next = () => {
      done += 1;
      if (done === count) resolve();
      else process.nextTick(next, done);
    };
    next();
  });
}

if (mode === undefined) {
  const self = fileURLToPath(import.meta.url);
  for (const each of ['no collection', 'collection', 'collection, one kept', 'no collection']) {
    const stdout = execFileSync(process.execPath, ['--expose-gc', self, each], { encoding: 'utf8' });
    console.log(`${each.padEnd(24)}${stdout.trim()} ns a tick`);
  }
} else {
  if (mode.endsWith('kept')) process.nextTick(() => kept.push(executionAsyncResource()));
  await ticks(WARM_UP);
  if (mode !== 'no collection') globalThis.gc();
  await ticks(TICKS / 5);
  const started = process.hrtime.bigint();
  await ticks(TICKS);
  console.log(Math.round(Number(process.hrtime.bigint() - started) / TICKS));
}
