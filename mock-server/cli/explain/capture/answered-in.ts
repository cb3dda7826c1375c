/** The result code of a response, wherever a text has it: in JSON, in a string of JSON, or in the text of a map. */
const RESULT_CODE = /\bresultCode(?:\\{0,9}["'])?\s{0,9}[:=]\s{0,9}(?:\\{0,9}["'])?(\d{1,6})\b/;

export function answeredIn(text: string): string | undefined {
  return RESULT_CODE.exec(text)?.[1];
}
