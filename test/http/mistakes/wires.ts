/** Steps that change a request on the wire: another body, other headers, another path. */
import type { Wire } from './client.js';

export const JSON_TYPE = ['Content-Type', 'application/json'];

/** A step that replaces the body. */
export function body(change: (text: string) => string): (wire: Wire) => Wire {
  return (wire) => ({ ...wire, body: change(String(wire.body)) });
}

export function headers(...list: readonly string[]): (wire: Wire) => Wire {
  return (wire) => ({ ...wire, headers: list });
}

export function path(text: string): (wire: Wire) => Wire {
  return (wire) => ({ ...wire, path: text });
}

export const FORM_TYPE = ['Content-Type', 'application/x-www-form-urlencoded'];

/** Every value of the request, in header and body. */
export function flat(text: string): [string, string][] {
  const { header = {}, body: rest = {}, ...fields } = JSON.parse(text) as Readonly<Record<string, object>>;
  return Object.entries({ ...fields, ...header, ...rest }).map(([name, value]) => [name, String(value)]);
}

export function form(text: string): string {
  return new URLSearchParams(flat(text)).toString();
}

export const BOUNDARY = '5a1e7c0f8f9b4b6d';

/** The format of `files=` in Python's requests. */
export function multipart(text: string): string {
  const parts = flat(text).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}
