/** Events of changed apps: a burst of changes is sent once for each app that exists. The number of streams is limited. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { removeApp } from '../../../mock-server/carrier/apps/apps.js';
import { EventStreams } from '../../../mock-server/control-api/event-streams.js';
import { addApp, newCarrier } from '../../support/carrier.js';

const PAUSE_MS = 100;
/** To everything. */
const SUBSCRIPTION = {
  includes: () => true,
  includesRemoval: () => true,
  includesApp: () => true,
  recordsMax: 100,
};

/** A stream of all apps, and the apps of the events that it has sent. */
async function streamOf(appIds: readonly string[]) {
  vi.useFakeTimers();
  const { carrier } = newCarrier({ nowMs: 0 });
  for (const appId of appIds) await addApp(carrier, { appId });
  const streams = new EventStreams(carrier, undefined);
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const reader = streams.open(SUBSCRIPTION, leaving.signal).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const readAll = async () => {
    for (;;) text += decoder.decode((await reader.read()).value);
  };
  void readAll();
  const sent = async () => {
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    return Array.from(text.matchAll(/"appId":"(\w+)"/g), ([, appId]) => appId);
  };
  return { carrier, streams, sent };
}

test('an app that is removed in a burst of changes does not hide the changes of the apps after it', async () => {
  const { carrier, streams, sent } = await streamOf(['a', 'gone', 'b', 'c']);
  await removeApp(carrier, 'gone');
  for (const appId of ['a', 'gone', 'b', 'c']) streams.change(appId);
  expect(await sent(), 'the apps of the events').toEqual(['a', 'b', 'c']);
});

test('several changes of an app within the pause are one event', async () => {
  const { streams, sent } = await streamOf(['a', 'b']);
  for (const appId of ['a', 'b', 'b', 'b']) streams.change(appId);
  expect(await sent()).toEqual(['a', 'b']);
  expect(await sent(), 'nothing without a change').toEqual(['a', 'b']);
});

test('a store that fails for one app does not hide the changes of the others', async () => {
  const { carrier, streams, sent } = await streamOf(['a', 'b', 'c']);
  const { readPartition } = carrier.store;
  vi.spyOn(carrier.store, 'readPartition').mockImplementation((partition, at) => {
    if (partition === 'b') throw new Error('the store cannot be used');
    return readPartition(partition, at);
  });
  for (const appId of ['a', 'b', 'c']) streams.change(appId);
  expect(await sent()).toEqual(['a', 'c']);
});

test('the 101st stream is refused', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  const streams = new EventStreams(carrier, undefined);
  const watchJournal = vi.spyOn(carrier.store, 'watchJournal');
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const open = () => streams.open(SUBSCRIPTION, AbortSignal.any([leaving.signal]));
  for (let at = 0; at < 100; at += 1) open();
  expect(open).toThrow('there are already 100 event streams');
  expect(watchJournal, 'one listener for all streams').toHaveBeenCalledOnce();
});
