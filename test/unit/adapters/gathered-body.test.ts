/** Pieces of a body, put together: nothing is lost, nothing comes before it may. */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Bytes, holdBody } from '../../../mock-server/http/gathered-body.js';

test('bytes come out as they went in, however small the pieces', () => {
  const bytes = new Bytes();
  const sent = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));
  for (let at = 0; at < sent.length; at += 7) bytes.append(sent.subarray(at, at + 7));
  expect(bytes.length).toBe(sent.length);
  expect(bytes.take().equals(sent)).toBe(true);
  expect(bytes.take().length).toBe(0);
});

const request = () => new IncomingMessage(new Socket());

test('a held body of single bytes is read whole, in few pieces', async () => {
  const req = request();
  const body = holdBody(req);
  for (let at = 0; at < 40_000; at += 1) req.push(Buffer.from('x'));
  req.push(null);
  body.release();
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('x'.repeat(40_000));
  expect(pieces.length).toBeLessThan(5);
});

test('a held body is handed on when it is released, and what comes later as well', async () => {
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

test('a held body that is long asks for no more', () => {
  const req = request();
  holdBody(req);
  expect(req.push(Buffer.alloc(16 * 1024 - 1))).toBe(true);
  expect(req.push(Buffer.alloc(1))).toBe(false);
});
