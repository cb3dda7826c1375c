/** Preloaded into the server's process. Reports the process's resources and the blocks of its event loop over IPC. */
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const NANOSECONDS_IN_A_MILLISECOND = 1e6;
const RESOLUTION_MS = 1;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

const ANSWERS = {
  /** After a full collection, so that only reachable objects count. */
  held: async () => {
    globalThis.gc();
    // The memory of a buffer is freed after the collection that finds it, so a second collection is needed.
    await new Promise(setImmediate);
    globalThis.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    // Linux and macOS both have it.
    return { heapBytes: heapUsed + external, rssBytes: rss, descriptors: readdirSync('/dev/fd').length };
  },
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  watchLoop: () => {
    delay.reset();
    delay.enable();
  },
  longestBlockMs: () => {
    delay.disable();
    return delay.max / NANOSECONDS_IN_A_MILLISECOND;
  },
};

process.on('message', async ({ id, ask }) => process.send({ id, answer: await ANSWERS[ask]() }));
process.channel.unref();

// The parent may end before it stops the server.
process.on('disconnect', () => process.exit());
