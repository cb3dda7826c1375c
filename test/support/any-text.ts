/**
 * Texts of any characters, without lone surrogates. The unit `binary` of fast-check takes a second in each worker. Texts
 * from a client that a shell, a terminal or a CI system could execute.
 */
import fc, { type StringConstraints } from 'fast-check';

const character = fc
  .oneof(fc.integer({ max: 0xd7ff, min: 0 }), fc.integer({ max: 0x10_ff_ff, min: 0xe000 }))
  .map((code) => String.fromCodePoint(code));

export function anyText(lengths: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...lengths, unit: character });
}

export const HOSTILE_WORDS: readonly { readonly description: string; readonly text: string }[] = [
  { description: 'an empty text', text: '' },
  { description: 'JSON', text: '{"token":"t"}' },
  { description: 'single and double quotes', text: `{"a":"it's \\"quoted\\""}` },
  {
    description: 'characters that a shell expands',
    text: '$HOME `id` $(id) \\ & | ; > < * ? ~ # % {a,b} [1-9]',
  },
  { description: 'a closing quote and a command', text: `'; touch owned; '` },
  {
    description: 'a control character, a closing quote and a command',
    text: `\u001b'; touch owned; '`,
  },
  {
    description: 'a control character, a backslash, a closing quote and a command',
    text: `\u001b\\'; touch owned; \\'`,
  },
  { description: 'a backslash at the end', text: '\u001b\\' },
  { description: 'history expansion', text: '!! !$ !-1 ^a^b' },
  { description: 'history expansion and a quote', text: `it's !!` },
  { description: 'line ends', text: 'a\nb\rc\r\nd\u0085e\u2028f\u2029g' },
  { description: 'a command on its own line', text: '\ntouch owned\n' },
  { description: 'the end of a bracketed paste', text: '\u001b[201~touch owned\n' },
  { description: 'a window title', text: '\u001b]0;owned\u0007' },
  { description: 'C1 controls', text: '\u009b31m\u009d0;owned\u009c' },
  { description: 'DEL and backspace', text: 'a\u007f\u0008b' },
  { description: 'a reversed writing direction', text: 'a\u202e\u2066b\u200f' },
  { description: 'invisible characters', text: 'a\u200b\ufeff\u00ad\u{e0041}b' },
  { description: 'lone surrogates', text: 'a\ud83db\udc00c' },
  { description: 'a NUL', text: 'a\u0000b' },
  { description: 'hex digits after a control character', text: '\u001b41!2d\u202eff' },
  { description: 'backslashes that are not escapes', text: '\\x41\\n\\u0041\\101' },
  {
    description: 'a control character, and backslashes that are not escapes',
    text: '\u0001\\x41\\n\\u0041\\101',
  },
  { description: 'Chinese and emoji', text: '是本机号码 📱👩‍👩‍👧' },
  { description: 'Chinese, emoji and an exclamation mark', text: '是本机号码! 📱' },
  {
    description: 'a workflow command',
    text: '##[error]x ###[error]x ##vso[task.complete]x ::error::x',
  },
  { description: 'a file', text: '@/etc/hostname' },
  { description: 'an option', text: '-o/tmp/owned' },
];
