/** Preloaded into the server's process: says over IPC what the process holds and how long its event loop stood still. */
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const NANOSECONDS_IN_A_MILLISECOND = 1e6;
const RESOLUTION_MS = 1;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

const ANSWERS = {
  /** After a full collection: what is left is held by somebody. */
  held: async () => {
    globalThis.gc();
    // What a buffer held is given back after the collection that finds it, and seen by the next.
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

// Whoever asks may end before it has stopped the server.
process.on('disconnect', () => process.exit());
