/** A minimal client with one connection, which makes one call at a time. */
import { once } from 'node:events';
import { connect } from 'node:net';

const HEAD_END = '\r\n\r\n';

export class KeepAlive {
  #socket;
  #received = '';
  #wake = () => undefined;

  static async to(port) {
    const client = new KeepAlive();
    client.#socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    client.#socket.on('data', (text) => {
      client.#received += text;
      client.#wake();
    });
    await once(client.#socket, 'connect');
    return client;
  }

  /** Resolves to the body as text. Rejects if the status is not the expected one. */
  async call(method, path, { status, body }) {
    const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;
    this.#socket.write(`${head}Content-Length: ${body.length}${HEAD_END}${body}`);
    const answer = await this.#answer();
    if (!answer.head.startsWith(`HTTP/1.1 ${status} `))
      throw new Error(`${method} ${path}: ${answer.head}${answer.body}`);
    return answer.body;
  }

  close() {
    this.#socket.destroy();
  }

  async #answer() {
    for (;;) {
      const end = this.#received.indexOf(HEAD_END);
      if (end !== -1) {
        const head = this.#received.slice(0, end);
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        const from = end + HEAD_END.length;
        if (this.#received.length >= from + length) {
          const body = this.#received.slice(from, from + length);
          this.#received = this.#received.slice(from + length);
          return { head, body };
        }
      }
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
