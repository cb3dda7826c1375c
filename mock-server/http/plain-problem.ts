/** Problems (RFC 9457) in plain node:http, for responses without Express. */
import type { ServerResponse } from 'node:http';

interface PlainProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export function writePlainProblem(res: ServerResponse, { status, title, detail }: PlainProblem): void {
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  };
  res.writeHead(status, headers).end(body);
}
