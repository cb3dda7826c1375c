/** The kinds of flag values, each with the error for a text that it cannot read. */
import { listed } from '../../src/text/bilingual.js';
import type { FlagKind } from '../../src/text/flags.js';
import type { UsageError } from '../../src/text/usage-error.js';
import type { Level } from '../kit/case.js';
import { usage } from '../kit/usage.js';

export interface Kind<T = unknown> extends FlagKind<T> {
  readonly mistake: (flag: string, found: string) => UsageError;
}

export const LEVELS = ['MUST', 'SHOULD', 'MAY'] as const satisfies readonly Level[];

export function count({ min = 0 } = {}): Kind<number> {
  return {
    read: (text) => (/^\d{1,9}$/.test(text) && Number(text) >= min ? Number(text) : undefined),
    mistake: (flag, found) => usage('contract.number', { flag, min, found }),
  };
}

/** The address of a server, without a trailing slash. */
export const ADDRESS: Kind<string> = {
  read: (text) => {
    const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: '' };
    if (!/^https?:$/.test(protocol)) return undefined;
    return text.replace(/\/+$/, '').replace(/\/_mock$/, '');
  },
  mistake: (flag, found) => usage('contract.address', { flag, found }),
};

export const LIST: Kind<readonly string[]> = {
  read: (text) => {
    const items = itemsOf(text);
    return items.length === 0 ? undefined : items;
  },
  mistake: (flag, found) => usage('contract.list', { flag, found }),
};

function itemsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export function oneOf<T extends string>(all: readonly T[]): Kind<T> {
  return {
    read: (text) => all.find((one) => one === text),
    mistake: (flag, found) => usage('contract.not-listed', { flag, values: listed(all), found }),
  };
}

/** In any letter case. */
export const FAIL_ON: Kind<'MUST' | 'SHOULD'> = {
  ...oneOf(['MUST', 'SHOULD']),
  read: (text) => oneOf(['MUST', 'SHOULD']).read(text.toUpperCase()),
};

/** Some of these, in their order. */
export function oneOfList<T extends string>(all: readonly T[]): Kind<readonly T[]> {
  const oddIn = (items: readonly string[]) =>
    items.find((item) => !all.some((one) => one === item));
  return {
    read: (text) => {
      const items = itemsOf(text);
      if (items.length === 0 || oddIn(items) !== undefined) return undefined;
      return all.filter((one) => items.includes(one));
    },
    mistake: (flag, found) => {
      const odd = oddIn(itemsOf(found));
      return odd === undefined ? LIST.mistake(flag, found) : oneOf(all).mistake(flag, odd);
    },
  };
}
