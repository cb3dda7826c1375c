/** The bytes of an HTTP answer (RFC 9112, 2.1), as they come, made into a Response. */

// What waits for a reader before the writer has to; as much as a TCP connection keeps of each side at least.
const UNREAD_BYTES_MAX = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/** When a connection broke: before the head had come, or within the body. */
export type During = 'head' | 'body';

export interface ReaderInputs {
  readonly method: string;
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
  /** Called when nobody reads on. */
  readonly hangUp: () => void;
}

export interface AnswerReader {
  take(bytes: Buffer, done: () => void): void;
  /** The answer is whole. */
  end(): void;
  /** Nothing more comes; what was whole before stays so. */
  breakOff(reason: (during: During) => unknown): void;
}

/** Makes a Response of an HTTP answer's bytes as they come. */
export function answerReader({ method, resolve, reject, hangUp }: ReaderInputs): AnswerReader {
  let head: Buffer = Buffer.alloc(0);
  let body: Body | undefined;
  let ended = false;
  return {
    take: (bytes, done) => {
      if (body !== undefined) {
        body.take(bytes, done);
        return;
      }
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(HEAD_END);
      if (end === -1) {
        done();
        return;
      }
      body = openBody(hangUp);
      resolve(responseOf(head.toString('latin1', 0, end), { method, body: body.stream }));
      const rest = head.subarray(end + HEAD_END.length);
      if (rest.length > 0) body.take(rest, done);
      else done();
    },
    end: () => {
      ended = true;
      body?.close();
    },
    breakOff: (reason) => {
      if (ended) return;
      if (body === undefined) reject(reason('head'));
      else body.fail(reason('body'));
    },
  };
}

/** Those of an answer that has no body (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

function responseOf(head: string, { method, body }: { readonly method: string; readonly body: ReadableStream }) {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const [, code = '', ...words] = statusLine.split(' ');
  const status = Number(code);
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const bodiless = method === 'HEAD' || WITHOUT_BODY.includes(status);
  return new Response(bodiless ? null : body, { status, statusText: words.join(' '), headers });
}

interface Body {
  readonly stream: ReadableStream<Uint8Array>;
  take(bytes: Buffer, done: () => void): void;
  close(): void;
  fail(reason: unknown): void;
}

/** A stream that makes its writer wait while what is unread is too much. */
function openBody(hangUp: () => void): Body {
  let goOn: (() => void) | undefined;
  let cancelled = false;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (opened) => {
        controller = opened;
      },
      pull: () => {
        const waiting = goOn;
        goOn = undefined;
        waiting?.();
      },
      cancel: () => {
        cancelled = true;
        hangUp();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES_MAX }),
  );
  return {
    stream,
    take: (bytes, done) => {
      if (cancelled) return;
      controller?.enqueue(bytes);
      if ((controller?.desiredSize ?? 0) > 0) done();
      else goOn = done;
    },
    close: () => {
      if (!cancelled) controller?.close();
    },
    fail: (reason) => {
      if (!cancelled) controller?.error(reason);
    },
  };
}
