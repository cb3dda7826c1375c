/** Preloaded into the server's process. Reports the heap and the buffers after a full collection, in bytes. */
import process from 'node:process';

process.on('message', async () => {
  globalThis.gc();
  // The memory of a buffer is freed after the collection that finds it, so a second collection is needed.
  await new Promise(setImmediate);
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send(heapUsed + external);
});
process.channel.unref();

// The parent may end before it stops the server.
process.on('disconnect', () => process.exit());
