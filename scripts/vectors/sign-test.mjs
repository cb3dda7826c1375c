/** A test of a sign: the message as it is sent, and a sign that was made of the right text or of another one. */

/**
 * - `signed(right, message)` gives the text that was signed where it is not the right one: a text, or bytes where it
 *   was not written in UTF-8.
 * - `sign(text)` gives the sign.
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

/** In the order of the names, as TreeMap has it. */
export function sorted(fields) {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without one of them. */
export function without(fields, name) {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

/** `a b` written as in a URL. */
export const urlEncoded = (text) => encodeURIComponent(text);

/** What is left of 17 digits that went through a double. */
export const asDouble = (digits) => BigInt(Number(digits)).toString();
