/** Delivers a reply as a Response. It fails as fetch does, with Node's error codes in the cause. */
import { STATUS_CODES } from 'node:http';
import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
// Not the global setImmediate, which a test may have replaced.
import { setImmediate as soon } from 'node:timers';
import type { Reply } from '../carrier/reply.js';
import { headersOf, type ResponseChannel } from '../http/deliver.js';

export interface Caller {
  readonly method: string;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
}

export class InProcessResponseChannel implements ResponseChannel {
  readonly #caller: Caller;
  readonly #closeListeners = new Set<() => void>();
  readonly #abort = () => this.#rejectAborted();
  #controller: ReadableStreamDefaultController | undefined;
  #isOpen = true;

  constructor(caller: Caller) {
    this.#caller = caller;
    caller.signal?.addEventListener('abort', this.#abort, { once: true });
  }

  isOpen(): boolean {
    return this.#isOpen;
  }

  sendWhole(reply: Reply): void {
    if (!this.#isOpen) return;
    this.#caller.resolve(responseOf(reply, this.#caller.method));
    this.#close();
  }

  sendHead(reply: Reply): void {
    if (!this.#isOpen) return;
    const { method, resolve } = this.#caller;
    const body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.#close(),
    });
    resolve(responseOf(reply, method, body));
  }

  sendPiece(bytes: Uint8Array): void {
    if (this.#isOpen) this.#controller?.enqueue(bytes);
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#controller?.close();
    this.#close();
  }

  breakAfter(bytes: Uint8Array): void {
    this.sendPiece(bytes);
    this.destroy();
  }

  reset(): void {
    this.#break(
      Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
    );
  }

  destroy(): void {
    this.#break(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }));
  }

  onceClosed(listener: () => void): void {
    this.#closeListeners.add(listener);
  }

  offClosed(listener: () => void): void {
    this.#closeListeners.delete(listener);
  }

  #rejectAborted(): void {
    if (!this.#isOpen) return;
    const reason: unknown = this.#caller.signal?.reason;
    if (this.#controller === undefined) this.#caller.reject(reason);
    else this.#controller.error(reason);
    this.#close();
  }

  #break(cause: Error): void {
    if (!this.#isOpen) return;
    this.#close();
    const controller = this.#controller;
    if (controller === undefined) this.#caller.reject(new TypeError('fetch failed', { cause }));
    // After the bytes, as on a network: the error discards unread bytes.
    else soon(() => controller.error(new TypeError('terminated', { cause })));
  }

  #close(): void {
    this.#isOpen = false;
    this.#caller.signal?.removeEventListener('abort', this.#abort);
    for (const listener of this.#closeListeners) listener();
    this.#closeListeners.clear();
  }
}

export type Body = ConstructorParameters<typeof Response>[0];

/** Statuses without a body (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

export function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || WITHOUT_BODY.includes(status);
}

export function responseOf(
  reply: Reply,
  method: string,
  body: Body | ReadableStream = reply.body,
): Response {
  const { status } = reply;
  const list = headersOf(reply);
  const headers: Record<string, string> = {};
  for (let at = 0; at < list.length; at += 2) headers[list[at] ?? ''] = list[at + 1] ?? '';
  // An empty string would add a Content-Type.
  const content = isBodiless(method, status) || body === '' ? null : (body as Body);
  return new Response(content, { status, statusText: STATUS_CODES[status] ?? '', headers });
}
