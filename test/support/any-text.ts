/** Texts of any characters, without lone surrogates. The unit `binary` of fast-check takes a second in each worker. */
import fc, { type StringConstraints } from 'fast-check';

const character = fc
  .oneof(fc.integer({ max: 0xd7ff, min: 0 }), fc.integer({ max: 0x10_ff_ff, min: 0xe000 }))
  .map((code) => String.fromCodePoint(code));

export function anyText(lengths: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...lengths, unit: character });
}
