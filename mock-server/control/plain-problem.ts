/** Problems (RFC 9457) in plain node:http, for answers that come without Express. */
import type { ServerResponse } from 'node:http';

interface PlainProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export function writePlainProblem(res: ServerResponse, { status, title, detail }: PlainProblem): void {
  res
    .writeHead(status, { 'Content-Type': 'application/problem+json; charset=utf-8' })
    .end(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
