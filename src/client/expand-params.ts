/** expandParams: `param1=value1|param2=value2`, URL-encoded; message likewise. The document, 2.3; that the whole is encoded, = and | too, is assumed. */
import { ArgumentError } from './errors.js';

/** Names and values of an application's own. */
export type ExpandParams = Readonly<Record<string, string>>;

/** As it is sent. @throws ArgumentError for names and values that the form cannot tell apart. */
export function encodeExpandParams(params: ExpandParams): string {
  if (typeof params !== 'object' || params === null)
    throw new ArgumentError('expandParams', 'must be names and values');
  return encodeText(
    'expandParams',
    Object.entries(params)
      .map(([name, value]) => pairOf(name, value))
      .join('|'),
  );
}

function pairOf(name: string, value: string): string {
  if (typeof value !== 'string') throw new ArgumentError('expandParams', 'must have texts for values');
  if (name === '' || /[|=]/.test(name)) throw new ArgumentError('expandParams', 'must have names without | and =');
  if (value.includes('|')) throw new ArgumentError('expandParams', 'must have values without |, which ends a value');
  return `${name}=${value}`;
}

/** As it was before it was sent; a part without `=` is a name with an empty value. */
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

/** @throws ArgumentError for half a surrogate pair, which has no encoding. */
export function encodeText(field: string, text: string): string {
  if (typeof text !== 'string') throw new ArgumentError(field, 'must be a text');
  try {
    return encodeURIComponent(text);
  } catch {
    throw new ArgumentError(field, 'must be well-formed Unicode, found half a surrogate pair');
  }
}

/** We send a plus sign as %2B, so that one which comes back is a space that somebody on the way encoded anew, as Java does. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // It is told for what it is: nothing is decided by it.
    return text;
  }
}
