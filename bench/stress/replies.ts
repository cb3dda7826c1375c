/** HTTP answers out of bytes as they come, for clients that send what no HTTP library would. */

export interface Reply {
  readonly status: number;
  /** By lower-case name; the last one of a name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Read {
  readonly reply: Reply;
  /** How many bytes it took. */
  readonly bytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const WITHOUT_BODY: readonly number[] = [204, 304];
const INTERIM_END = 200;

/** The first whole answer, interim ones passed over; undefined where it has not all come. */
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
  /** Where it ends. */
  readonly end: number;
}

function readLength(received: Buffer, start: number, length: number): Body | undefined {
  const end = start + length;
  return received.length < end ? undefined : { body: received.toString('utf8', start, end), end };
}

const LINE_END = '\r\n';

/** Without trailers, which nobody here sends. */
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
