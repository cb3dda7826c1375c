/** The kinds of option values, as the text of a flag and as a value of createMockServer. */

export const PORT_MAX = 65_535;

export interface Kind {
  /** The rest of a message that begins with "must". */
  readonly must: string;
  /** Parses the text of a flag; undefined if it is invalid. */
  readonly read: (text: string) => unknown;
  /** Whether a value of createMockServer is valid. */
  readonly holds: (value: unknown) => boolean;
}

export const SWITCH: Kind = {
  must: 'be true or false',
  read: () => true,
  holds: (value) => typeof value === 'boolean',
};
export const TEXT: Kind = { must: 'be a string', read: (text) => text, holds: (value) => typeof value === 'string' };
export const PORT = whole({ min: 0, max: PORT_MAX, must: `be a port from 0 to ${PORT_MAX}` });
/** Without the zone of an IPv6 address, which a URL cannot contain. */
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
