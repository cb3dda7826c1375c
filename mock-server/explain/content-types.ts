/** The Content-Type headers of a request, in their order. The document, 1.2 and 2.3. */
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
