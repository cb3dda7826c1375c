/** Responses are read up to a size and up to a time, and their streams are closed without waiting. */
import { setImmediate as turn } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { closeInBackground, readPieces, readText } from '../../src/text/response-body.js';

async function* piecesOf(...pieces: readonly unknown[]) {
  yield* pieces;
}

const unused = () => Promise.reject(new Error('text() was called'));

test.each([
  { description: 'a stream of bytes', body: new Response('号').body, text: unused },
  {
    description: 'a character in two pieces',
    body: piecesOf(Uint8Array.of(0xe5, 0x8f), Uint8Array.of(0xb7)),
    text: unused,
  },
  { description: 'texts', body: piecesOf('号', ''), text: unused },
  {
    description: 'bytes of another realm',
    body: piecesOf(runInNewContext('Uint8Array.of(0xe5, 0x8f, 0xb7)')),
    text: unused,
  },
  {
    description: 'a part of a buffer',
    body: piecesOf(Buffer.from('a号').subarray(1)),
    text: unused,
  },
  { description: 'a response without a body', body: null, text: async () => '号' },
])('$description is read', async ({ body, text }) => {
  expect(await readText({ body, text }, { bytesMax: 3 })).toBe('号');
});

test.each([
  {
    description: 'one piece',
    response: () => ({ body: piecesOf('号'), text: unused }),
    text: '号',
  },
  {
    description: 'several pieces',
    response: () => ({ body: piecesOf('a', 'b', 'c'), text: unused }),
    text: 'abc',
  },
  { description: 'a text alone', response: () => ({ text: async () => '号' }), text: '号' },
])(
  'three bytes in $description are within a limit of three, and not of two',
  async ({ response, text }) => {
    expect(await readText(response(), { bytesMax: 3 })).toBe(text);
    expect(await readText(response(), { bytesMax: 2 })).toBeUndefined();
  },
);

/** A body that never ends, which records that it was closed. */
function endless() {
  const seen = { read: 0, closed: false };
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        seen.read += 1;
        return { value: new Uint8Array(1000) };
      },
      return: () => {
        seen.closed = true;
        // As of a stream that was cloned.
        return new Promise(() => undefined);
      },
    }),
  };
  return { body, seen };
}

test('of an endless body no more than the limit is read, and it is closed', async () => {
  const { body, seen } = endless();
  expect(await readPieces(body, { bytesMax: 5000 })).toBeUndefined();
  expect(seen).toEqual({ read: 6, closed: true });
});

const never = () => new Promise<never>(() => undefined);
const SILENT = { [Symbol.asyncIterator]: () => ({ next: never }) };

test.each([
  { description: 'a silent body', response: { body: SILENT, text: unused } },
  { description: 'a text that never comes', response: { text: never } },
])('$description ends at the deadline', async ({ response }) => {
  const deadline = new AbortController();
  const reading = readText(response, { bytesMax: 3, signal: deadline.signal });
  deadline.abort(new Error('too late'));
  await expect(reading).rejects.toThrow('too late');
  await expect(readText(response, { bytesMax: 3, signal: deadline.signal })).rejects.toThrow(
    'too late',
  );
});

test.each([
  { description: 'rejects', close: () => Promise.reject(new Error('locked')) },
  {
    description: 'throws',
    close: () => {
      throw new Error('locked');
    },
  },
])('closing that $description is ignored', async ({ close }) => {
  const unhandled: unknown[] = [];
  const record = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', record);
  onTestFinished(() => void process.off('unhandledRejection', record));
  closeInBackground(close);
  await turn();
  expect(unhandled).toEqual([]);
});
