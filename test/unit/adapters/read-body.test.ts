/** A body over the limit of 64 KiB: all of its bytes are counted, and those after the limit are not kept. */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readBody } from '../../../mock-server/http/carrier-listener.js';

test('the piece that crosses the limit is counted and kept, and the next ones are counted only', async () => {
  const req = new IncomingMessage(new Socket());
  const read = new Promise((resolve) =>
    readBody(req, (body, bodyBytes) => resolve({ keptBytes: body.length, bodyBytes })),
  );
  for (const bytes of [40_000, 40_000, 10, 50_000]) req.push(Buffer.alloc(bytes, ' '));
  req.push(null);
  expect(await read).toEqual({ keptBytes: 80_000, bodyBytes: 130_010 });
});
