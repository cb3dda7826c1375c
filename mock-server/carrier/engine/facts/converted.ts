/** Values that a calibrated carrier reads as texts although they are no Strings. */
import type { Texts } from '../../../../src/protocol/fields.js';
import { kindOf, type SentValue, VALUE_KINDS } from '../request.js';
import type { Fact, Situation } from './situation.js';

/** How the carrier reads a kind of value: as the text that the client signed, or as another one. */
type ReadAs = 'signedText' | 'otherText';

export type Conversion = ReadonlyMap<(typeof VALUE_KINDS)[number], ReadAs>;

interface Placed {
  readonly check: string;
  readonly outcome: string;
}

/** The calibration observed it: the value is accepted, or gets what a wrong signature gets. */
export const OTHER_TEXT = 'otherText';

/** Of the values in required fields; undefined if there are none. Numbers and null have readings. */
export function conversionOf(placed: readonly Placed[], accepted: string): Conversion | undefined {
  const read = VALUE_KINDS.filter((kind) => kind !== 'null' && kind !== 'number').flatMap(
    (kind): readonly (readonly [typeof kind, ReadAs])[] => {
      const own = placed.find(({ check }) => check.endsWith(`/required.${kind}`));
      if (own?.outcome === OTHER_TEXT) return [[kind, OTHER_TEXT]];
      return own?.outcome === accepted ? [[kind, 'signedText']] : [];
    },
  );
  return read.length === 0 ? undefined : new Map(read);
}

/** The fact for the request with these values as texts. */
export function afterConversion(holds: Fact, conversion: Conversion): Fact {
  return (situation) => holds(converted(situation, conversion));
}

const CONVERTED = new WeakMap<Situation, Situation>();

function converted(situation: Situation, conversion: Conversion): Situation {
  const { untexted } = situation.request;
  if (untexted.length === 0) return situation;
  const known = CONVERTED.get(situation) ?? withTexts(situation, conversion);
  CONVERTED.set(situation, known);
  return known;
}

function withTexts(situation: Situation, conversion: Conversion): Situation {
  const { request } = situation;
  const readAs = ({ value }: SentValue) => conversion.get(kindOf(value));
  const read = request.untexted.filter((one) => readAs(one) !== undefined);
  const texts: Texts = Object.fromEntries(
    read.map((one) => [
      one.field.property,
      readAs(one) === OTHER_TEXT ? otherText(one.value) : JSON.stringify(one.value),
    ]),
  );
  const untexted = request.untexted.filter((one) => !read.includes(one));
  return { ...situation, request: { ...request, ...texts, untexted } };
}

/** As PHP converts it. */
function otherText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '';
  return 'Array';
}
