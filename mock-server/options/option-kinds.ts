/** The kinds of option values, as the text of a flag and as a value of createMockServer, and the check of option names. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import type { FlagKind, SwitchRow, ValueRow } from '../../src/text/flags.js';
import { quote } from '../../src/text/shown-json.js';
import { optionError } from './messages.js';

export const PORT_MAX = 65_535;

export interface Kind<T = unknown> extends FlagKind<T> {
  /** The rest of a message that begins with "must" or "应". */
  readonly must: Bilingual;
  /** Whether a value of createMockServer is valid. */
  readonly holds: (value: unknown) => boolean;
}

/** What the check of a value needs of its row. */
export interface CheckedRow {
  readonly kind: Kind;
  /** Error messages do not quote the value. */
  readonly secret?: true;
}

/** An option that createMockServer accepts too. */
type InProcessRow = ValueRow<Kind> & CheckedRow & { readonly inProcess: true };

interface FlagOnlyRow extends ValueRow<Kind> {
  readonly secret?: true;
  /** Whether every server needs it. */
  readonly ofServer?: true;
}

/** A flag without a value that createMockServer accepts too, as true or false. */
interface InProcessSwitch extends SwitchRow {
  readonly inProcess: true;
}

export type OptionRow = SwitchRow | FlagOnlyRow | InProcessRow | InProcessSwitch;

export const SWITCH: Kind<boolean> = {
  must: { en: 'be true or false', zh: '为 true 或 false' },
  read: (text) => text === 'true',
  holds: (value) => typeof value === 'boolean',
};

export const TEXT: Kind<string> = {
  must: { en: 'be a string', zh: '为字符串' },
  read: (text) => text,
  holds: (value) => typeof value === 'string',
};
export const PORT = whole({
  min: 0,
  max: PORT_MAX,
  must: { en: `be a port from 0 to ${PORT_MAX}`, zh: `为 0 至 ${PORT_MAX} 的端口` },
});
/** The maximum is more than the files that any system lets a process open. */
export const CONNECTIONS = whole({ min: 1, max: 1_000_000 });
export const NAMES = list({ en: 'names', zh: '名称' });
/** Without the zone of an IPv6 address, which a URL cannot contain. */
export const ADDRESS: Kind<string> = {
  must: { en: 'be an address or a name, without a zone', zh: '为地址或名称，不带区域标识（%…）' },
  read: (text) => text,
  holds: (value) => isFilled(value) && !value.includes('%'),
};

/** A control token is part of a header and of printed commands. RFC 6750, 2.1. */
export const CONTROL_TOKEN_TEXT = textWhere((text) => /^[A-Za-z0-9._~+/=-]+$/.test(text), {
  en: 'consist of letters, digits and . _ ~ + / = -',
  zh: '由字母、数字和 . _ ~ + / = - 组成',
});

/** With a path, if the proxy serves the mock below it. */
export const PUBLIC_URL: Kind<string> = {
  must: {
    en: 'be an http or https address without a query',
    zh: '为不带查询参数的 http 或 https 地址',
  },
  read: (text) => (isPublicUrl(text) ? text.replace(/\/+$/, '') : undefined),
  holds: (value) => isFilled(value) && isPublicUrl(value),
};

function isPublicUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\/[^\s?#@]+$/.test(text);
}

export function filled({ en, zh }: Bilingual): Kind<string> {
  return { must: { en: `be ${en}`, zh: `为${zh}` }, read: (text) => text, holds: isFilled };
}

export function textWhere(isValid: (text: string) => boolean, must: Bilingual): Kind<string> {
  return {
    must,
    read: (text) => (isValid(text) ? text : undefined),
    holds: (value) => isFilled(value) && isValid(value),
  };
}

export function list({ en, zh }: Bilingual): Kind<readonly string[]> {
  return {
    must: { en: `be a list of ${en}`, zh: `为${zh}的列表` },
    read: (text) => {
      const items = text.split(',').map((item) => item.trim());
      const named = items.filter((item) => item !== '');
      return named.length === 0 ? undefined : named;
    },
    holds: (value) => Array.isArray(value) && value.every(isFilled),
  };
}

export function oneOf<T extends string>(choices: readonly T[]): Kind<T> {
  const holds = (value: unknown) => choices.some((choice) => choice === value);
  const must = { en: `be one of ${choices.join(', ')}`, zh: `为 ${choices.join('、')} 之一` };
  return { must, read: (text) => choices.find((choice) => choice === text), holds };
}

export function whole({
  min,
  max,
  must,
}: {
  readonly min: number;
  readonly max: number;
  readonly must?: Bilingual;
}): Kind<number> {
  const holds = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return {
    must: must ?? {
      en: `be a whole number from ${min} to ${max}`,
      zh: `为 ${min} 至 ${max} 的整数`,
    },
    read: (text) => (/^\d{1,9}$/.test(text) && holds(Number(text)) ? Number(text) : undefined),
    holds,
  };
}

export function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Throws a UsageError for an unknown option, which would have no effect. */
export function checkOptionNames(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearName(unknown, known);
  const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean ${quote(near)}?`;
  throw optionError('option.unknown', { name: unknown, hint });
}
