/** Parses HTTP responses from bytes, for clients that send requests no HTTP library can send. */

export interface Reply {
  readonly status: number;
  /** By lower-case name. The last header of a name wins. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Read {
  readonly reply: Reply;
  /** The length of the response in bytes. */
  readonly bytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const WITHOUT_BODY: readonly number[] = [204, 304];
const INTERIM_END = 200;

/** Returns the first complete response, without interim ones, or undefined if it is incomplete. */
export function readReply(received: Buffer, toHead: boolean): Read | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const start = headEnd + HEAD_END.length;
  if (status < INTERIM_END) {
    const next = readReply(received.subarray(start), toHead);
    return next && { reply: next.reply, bytes: next.bytes + start };
  }
  const headers = new Map(lines.map(splitHeader));
  if (toHead || WITHOUT_BODY.includes(status)) return { reply: { status, headers, body: '' }, bytes: start };
  const read = headers.has('transfer-encoding')
    ? readChunks(received, start)
    : readLength(received, start, Number(headers.get('content-length') ?? 0));
  return read && { reply: { status, headers, body: read.body }, bytes: read.end };
}

interface Body {
  readonly body: string;
  /** The offset of its end. */
  readonly end: number;
}

function readLength(received: Buffer, start: number, length: number): Body | undefined {
  const end = start + length;
  return received.length < end ? undefined : { body: received.toString('utf8', start, end), end };
}

const LINE_END = '\r\n';

/** Does not support trailers. */
function readChunks(received: Buffer, start: number): Body | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = received.indexOf(LINE_END, at);
    if (lineEnd === -1) return undefined;
    const from = lineEnd + LINE_END.length;
    const to = from + Number.parseInt(received.toString('latin1', at, lineEnd), 16);
    at = to + LINE_END.length;
    if (received.length < at) return undefined;
    if (from === to) return { body: Buffer.concat(chunks).toString(), end: at };
    chunks.push(received.subarray(from, to));
  }
}

function splitHeader(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
}
