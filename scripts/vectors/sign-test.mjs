/** A test of a signature: the message, and a signature of the correct or of another text. */

/**
 * - `signed(right, message)` returns the text that was signed instead of the correct one, or bytes if it is not UTF-8.
 * - `sign(text)` returns the signature.
 */
export function signTest({ comment, result = 'invalid', flags = [], signed, sign }, { message, right }) {
  const text = signed === undefined ? right : signed(right, message);
  return {
    comment,
    message,
    sign: sign(text),
    result,
    flags,
    stringToSign: right,
    ...(typeof text === 'string' && text !== right && { signedText: text }),
  };
}

export function joined(parts, separator = '') {
  return parts.join(separator);
}

/** `a=1&b=2`. */
export function pairs(fields, separator = '&') {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(separator);
}

/** In the order of the names, as in a TreeMap. */
export function sorted(fields) {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function without(fields, name) {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

export const urlEncoded = (text) => encodeURIComponent(text);

/** Converts 17 digits to a double and back. */
export const asDouble = (digits) => BigInt(Number(digits)).toString();
