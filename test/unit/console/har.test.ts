/** Requests as a HAR file: `explain` reads what the console saves. */
import { expect, test } from 'vitest';
import { readCapture } from '../../../mock-server/cli/explain/capture/read-capture.js';
import { harOf } from '../../../mock-server/console/state/carrier.js';
import type { JournalRecord } from '../../../src/control/api.js';
import { charge, controlBench, createApp } from '../../support/control.js';

test('a saved request is read as it was received', async () => {
  const bench = await controlBench();
  await charge(bench, await createApp(bench));
  const { body } = await bench.api.get('/_mock/requests');
  const [record] = body.requests as JournalRecord[];
  if (record === undefined) throw new Error('no record');
  const har = harOf([record], 'http://127.0.0.1:10086');
  const { method, path, request } = record;
  expect(readCapture(JSON.stringify(har))).toMatchObject({ method, path, body: request.body });
  expect(har.log.entries[0]?.response).toMatchObject({ status: 200, content: { text: record.response.body } });
});
