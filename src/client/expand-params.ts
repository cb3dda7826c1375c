/**
 * expandParams: `param1=value1|param2=value2`, URL-encoded. message is URL-encoded too. The document, 2.3; that the encoding
 * covers the whole text, including = and |, is assumed.
 */
import { urlDecoded } from '../text/url-decoded.js';
import { ArgumentError } from './errors.js';

/** The application's own names and values. */
export type ExpandParams = Readonly<Record<string, string>>;

/** @throws ArgumentError for names and values that the format cannot represent */
export function encodeExpandParams(params: ExpandParams): string {
  const pairs = Object.entries(params).map(([name, value]) => {
    if (name === '' || /[|=]/.test(name))
      throw new ArgumentError(
        'expandParams',
        'must have names that are not empty and contain no | or =',
      );
    if (value.includes('|'))
      throw new ArgumentError(
        'expandParams',
        'must have values without |, which separates the values',
      );
    return `${name}=${value}`;
  });
  return encodeText('expandParams', pairs.join('|'));
}

/** The inverse. A part without `=` is a name with an empty value. */
export function decodeExpandParams(text: string): ExpandParams {
  const pairs = decodeText(text)
    .split('|')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=');
      return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
  return Object.fromEntries(pairs);
}

/** @throws ArgumentError for a lone surrogate, which has no encoding */
export function encodeText(field: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new ArgumentError(field, 'must be well-formed Unicode, found a lone surrogate');
  }
}

/** The client sends a plus sign as %2B. A plus in the response is a space that was encoded again on the way, as Java does. */
export function decodeText(text: string): string {
  return urlDecoded(text, ' ');
}
