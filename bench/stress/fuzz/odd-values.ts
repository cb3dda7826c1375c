/** Values that no client should send in any field. */
import type { Random } from '../random.js';

const LONG = 70_000;

const ODD: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, -0.5, 1e21, 1e308, 2 ** 53, [], [[]], {}, { a: { b: {} } }],
  ...['', ' ', '\t', '0', '1', '2', '2.0', '1.0', 'RSA', 'rsa', 'null', 'undefined', 'NaN', '{}', '[]'],
  ...['\u0000', '\ud800', '\udfff', '\u{feff}', '中文', '😀', 'e\u0301', '\u202e', '\r\nX-Injected: 1', "' OR 1=1 --"],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../../etc/passwd', '%00', '%', '\\', '"', '{{7*7}}'],
  ...['=', 'AA==', 'zz', 'x'.repeat(LONG), '9'.repeat(LONG), '中'.repeat(40), 'a'.repeat(36), 'a'.repeat(37)],
  ...['20261125093619762', '00000000000000000', '99999999999999999', '２０２６１１２５０９３６１９７６２'],
];

const ALPHABETS = ['0123456789', '0123456789ABCDEF', '0123456789abcdef', 'ABCxyz0189+/=', ' \t\n', 'aé中😀\u0000'];

export function oddValue(random: Random): unknown {
  return random.chance(0.7) ? random.pick(ODD) : randomText(random, random.below(80));
}

export function randomText(random: Random, length: number): string {
  const letters = Array.from(random.pick(ALPHABETS));
  return Array.from({ length }, () => random.pick(letters)).join('');
}

/** Replaces, cuts or doubles a part of the text, or changes its case. */
export function spoiled(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const ways: readonly (() => string)[] = [
    () => text.slice(0, at) + randomText(random, 1) + text.slice(at + 1),
    () => text.slice(0, at),
    () => text.slice(at),
    () => text + text,
    () => text.toLowerCase(),
    () => text.toUpperCase(),
    () => ` ${text} `,
    () => encodeURIComponent(text),
  ];
  return random.pick(ways)();
}
