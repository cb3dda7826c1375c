/** Chunks of a body that are collected: no byte is lost. */
import { expect, test } from 'vitest';
import { GrowingBuffer } from '../../../mock-server/http/gathered-body.js';

test('bytes are returned in order, however small the chunks', () => {
  const bytes = new GrowingBuffer();
  const sent = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));
  for (let at = 0; at < sent.length; at += 7) bytes.append(sent.subarray(at, at + 7));
  expect(bytes.length).toBe(sent.length);
  expect(bytes.take().equals(sent)).toBe(true);
  expect(bytes.take().length).toBe(0);
});
