/** Reads the body of a response, up to a size and up to a time. */

export interface BodyLimits {
  readonly bytesMax: number;
  /** The deadline: reading rejects with its reason, even if the body never ends. */
  readonly signal?: AbortSignal | undefined;
}

/** The part of a fetch `Response` that has the body. */
export interface ResponseBody {
  /** An async iterable of bytes. If it is not iterable, `text` is called. */
  readonly body?: unknown;
  text(): Promise<string>;
}

/** The body as UTF-8; undefined if it has too many bytes. */
export async function readText(
  response: ResponseBody,
  limits: BodyLimits,
): Promise<string | undefined> {
  const { body } = response;
  if (!isIterable(body)) {
    const text = await unlessAborted(limits.signal, response.text());
    return hasMoreBytes(text, limits.bytesMax) ? undefined : text;
  }
  const decoder = new TextDecoder();
  const pieces = (await readPieces(body, limits))?.map((bytes) =>
    decoder.decode(bytes, { stream: true }),
  );
  return pieces && pieces.join('') + decoder.decode();
}

/**
 * The bytes of a body, in the pieces that arrived; undefined if there are too many. A body that is
 * not read to its end is closed.
 */
export async function readPieces(
  body: AsyncIterable<unknown>,
  { bytesMax, signal }: BodyLimits,
): Promise<readonly Uint8Array[] | undefined> {
  const iterator = body[Symbol.asyncIterator]();
  try {
    return await unlessAborted(signal, piecesOf(iterator, bytesMax));
  } finally {
    closeInBackground(() => iterator.return?.());
  }
}

/**
 * Closing is not awaited, because a cloned stream is closed only when its clone is closed too.
 * Errors are ignored.
 */
export function closeInBackground(close: () => unknown): void {
  (async () => close())().catch(() => undefined);
}

/** Rejects with the signal's reason if it aborts first. */
export function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  const abortion = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  return Promise.race([work, abortion]);
}

async function piecesOf(
  iterator: AsyncIterator<unknown>,
  bytesMax: number,
): Promise<readonly Uint8Array[] | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    const piece = bytesOf(next.value);
    bytes += piece.length;
    if (bytes > bytesMax) return undefined;
    pieces.push(piece);
  }
  return pieces;
}

function isIterable(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** A view of another realm, as in jsdom, is no instance of this realm's class. */
function bytesOf(piece: unknown): Uint8Array {
  if (!ArrayBuffer.isView(piece)) return new TextEncoder().encode(String(piece));
  return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
}

const UNIT_BYTES_MAX = 3;

/** jsdom has no TextEncoder, and a short text needs none. */
function hasMoreBytes(text: string, bytesMax: number): boolean {
  return (
    text.length * UNIT_BYTES_MAX > bytesMax && new TextEncoder().encode(text).length > bytesMax
  );
}
