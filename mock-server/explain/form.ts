/** The Content-Type headers of a request, and form bodies, which HTTP clients send by default instead of JSON. The document, 1.2 and 2.3. */
import type { Exchange } from '../carrier/engine/request.js';

export const CONTENT_TYPE = 'Content-Type';
export const JSON_MEDIA_TYPE = 'application/json';

export function contentTypesOf({ rawHeaders }: Exchange): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'content-type');
}

/** Without parameters, in lower case. */
export function mediaTypeOf(contentType: string): string {
  const [mediaType = ''] = contentType.split(';');
  return mediaType.trim().toLowerCase();
}

// No JSON begins with a name and "=". A JSON text that was URL-encoded as a whole begins with its encoded brace.
const FORM = /^\s*(?:[\w%][\w.%+*\-[\]]*=|%7B)/i;
const MULTIPART = /^\s*--[^\r\n]+\r?\ncontent-/i;
// The name is near the beginning of its line. Without the limit, a hostile body takes seconds.
const PART_NAME = /content-disposition:[^\r\n]{0,100}?\bname="?([^";\r\n]*)/gi;

export function isForm(body: string): boolean {
  return FORM.test(body);
}

export function isMultipart(body: string): boolean {
  return MULTIPART.test(body);
}

export function formNames(body: string): readonly string[] {
  return body.split('&').map((pair) => decoded(pair.split('=')[0] ?? '').trim());
}

export function partNames(body: string): readonly string[] {
  return [...body.matchAll(PART_NAME)].map(([, name = '']) => name);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // The text has a percent sign without a code.
    return text;
  }
}
