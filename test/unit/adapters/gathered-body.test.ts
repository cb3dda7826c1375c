/** Chunks of a body that are collected or held: no byte is lost, and none is passed on too early. */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { GrowingBuffer, holdBody } from '../../../mock-server/http/gathered-body.js';

test('bytes are returned in order, however small the chunks', () => {
  const bytes = new GrowingBuffer();
  const sent = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));
  for (let at = 0; at < sent.length; at += 7) bytes.append(sent.subarray(at, at + 7));
  expect(bytes.length).toBe(sent.length);
  expect(bytes.take().equals(sent)).toBe(true);
  expect(bytes.take().length).toBe(0);
});

const request = () => new IncomingMessage(new Socket());

test('a held body of single bytes is read completely, in a few chunks', async () => {
  const req = request();
  const body = holdBody(req);
  for (let at = 0; at < 40_000; at += 1) req.push(Buffer.from('x'));
  req.push(null);
  body.release();
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('x'.repeat(40_000));
  expect(chunks.length).toBeLessThan(5);
});

test('a held body is passed on at its release, and so are later bytes', async () => {
  const req = request();
  const body = holdBody(req);
  req.push(Buffer.from('before '));
  expect(req.readableLength).toBe(0);
  body.release();
  expect(req.readableLength).toBe('before '.length);
  req.push(Buffer.from('after'));
  req.push(null);
  expect(String(await req.toArray().then(Buffer.concat))).toBe('before after');
});

test('a long held body applies back pressure', () => {
  const req = request();
  holdBody(req);
  expect(req.push(Buffer.alloc(16 * 1024 - 1))).toBe(true);
  expect(req.push(Buffer.alloc(1))).toBe(false);
});
