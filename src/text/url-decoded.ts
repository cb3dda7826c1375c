/** A URL-decoded text; unchanged if its percent codes are invalid. In a form, and in Java's URLDecoder, a plus is a space. */
export function urlDecoded(text: string, plus: '+' | ' ' = '+'): string {
  try {
    return decodeURIComponent(text.replaceAll('+', plus));
  } catch {
    return text;
  }
}
