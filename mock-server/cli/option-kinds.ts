/** The kinds of values that options have: as the text of a flag, and as a value of createMockServer. */

export const PORT_MAX = 65_535;

/** What a value is, as the text of a flag and as the value of an option. */
export interface Kind {
  /** For messages: "must …". */
  readonly must: string;
  /** The value of a flag's text; undefined if it is not valid. */
  readonly read: (text: string) => unknown;
  /** Whether a value of createMockServer is valid. */
  readonly holds: (value: unknown) => boolean;
}

export const SWITCH: Kind = {
  must: 'be true or false',
  read: () => true,
  holds: (value) => typeof value === 'boolean',
};
export const TEXT: Kind = { must: 'be a text', read: (text) => text, holds: (value) => typeof value === 'string' };
export const PORT = whole({ min: 0, max: PORT_MAX, must: `be a port from 0 to ${PORT_MAX}` });
/** A URL has no room for the zone of an address of IPv6. */
export const ADDRESS: Kind = {
  must: 'be an address or a name, without a zone',
  read: (text) => text,
  holds: (value) => isFilled(value) && !value.includes('%'),
};

export function filled(what: string): Kind {
  return { must: `be ${what}`, read: (text) => text, holds: isFilled };
}

export function list(what: string): Kind {
  return {
    must: `be a list of ${what}`,
    read: (text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    holds: (value) => Array.isArray(value) && value.every(isFilled),
  };
}

export function oneOf(choices: readonly string[]): Kind {
  const holds = (value: unknown) => choices.some((choice) => choice === value);
  return { must: `be one of ${choices.join(', ')}`, read: (text) => (holds(text) ? text : undefined), holds };
}

export function whole({ min, max, must = `be a whole number from ${min} to ${max}` }: WholeInputs): Kind {
  const holds = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return {
    must,
    read: (text) => (/^\d{1,9}$/.test(text) && holds(Number(text)) ? Number(text) : undefined),
    holds,
  };
}

interface WholeInputs {
  readonly min: number;
  readonly max: number;
  readonly must?: string;
}

export function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
