/** Parses the flags of a command line. A mistake is a sentence in both languages, not one of Node's. */
import { parseArgs } from 'node:util';
import type { Bilingual } from './bilingual.js';
import { nearName } from './edit-distance.js';
import { quote } from './shown-json.js';

export interface Flag {
  readonly flag: string;
  /** The name of the value in the help; a switch has none. */
  readonly value?: string;
  /** It has no flag: other users of the machine can see arguments, but not variables. */
  readonly variableOnly?: true;
}

export function variableOf(flag: string): string {
  return `CMPASSPORT_${flag.toUpperCase().replaceAll('-', '_')}`;
}

export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

export interface ParsedFlags {
  readonly values: FlagValues;
  readonly positionals: readonly string[];
}

/** A flag as it is written. */
interface Given {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
  /** The complete argument: `--port=1`, or `-port`. */
  readonly arg: string;
  readonly row: Flag | undefined;
}

/** In the order in which a flag is checked. */
const MISTAKES: readonly {
  readonly isMade: (given: Given) => boolean;
  readonly sentence: (given: Given, flags: readonly Flag[]) => Bilingual;
}[] = [
  {
    isMade: ({ row }) => row === undefined,
    sentence: ({ arg }, flags) => {
      const [written = ''] = arg.split('=');
      const names = flags.map(({ flag }) => flag);
      const near = nearName(written.replace(/^-+/, ''), names);
      return {
        en: `unknown flag ${written}${near === undefined ? '' : `, did you mean --${near}?`}`,
        zh: `未知参数 ${written}${near === undefined ? '' : `，是不是 --${near}？`}`,
      };
    },
  },
  {
    isMade: ({ row }) => row?.variableOnly === true,
    sentence: ({ rawName, name }) => ({
      en: `${rawName} is not a flag, because other users of the machine can see arguments: set ${variableOf(name)}`,
      zh: `${rawName} 不能写在命令行，因为本机其他用户看得到命令行参数：请设置 ${variableOf(name)}`,
    }),
  },
  {
    isMade: ({ row, value }) => row?.value === undefined && value !== undefined,
    sentence: ({ rawName, value }) => ({
      en: `${rawName} has no value, found ${quote(value)}: write only ${rawName}`,
      zh: `${rawName} 不带值，实际为 ${quote(value)}：只写 ${rawName} 即可`,
    }),
  },
  {
    isMade: ({ row, value }) => row?.value !== undefined && value === undefined,
    sentence: ({ rawName, row }) => ({
      en: `${rawName} needs a value, found nothing: write ${rawName} <${row?.value}>`,
      zh: `${rawName} 缺少值：请写成 ${rawName} <${row?.value}>`,
    }),
  },
  {
    isMade: ({ value }) => value === '',
    sentence: ({ rawName, row }) => ({
      en: `${rawName} needs a value, found "": write ${rawName} <${row?.value}>, or omit it`,
      zh: `${rawName} 的值为空（""）：请写成 ${rawName} <${row?.value}>，或去掉它`,
    }),
  },
  {
    // A lone "-" is standard input.
    isMade: ({ value = '', inlineValue }) => inlineValue === false && /^-./.test(value),
    sentence: ({ rawName, value, row }) => ({
      en: `${rawName} needs a value, found ${quote(value)}: write ${rawName} <${row?.value}>, or ${rawName}=${value} if this is the value`,
      zh: `${rawName} 缺少值，后面是 ${quote(value)}：请写成 ${rawName} <${row?.value}>；如果它就是值，请写成 ${rawName}=${value}`,
    }),
  },
];

/** Returns the first mistake instead, without a reference to the help. `-h` is `--help`. */
export function parseFlags(
  args: readonly string[],
  rows: readonly Flag[],
): ParsedFlags | Bilingual {
  const flags: readonly Flag[] = [...rows, { flag: 'help' }];
  const options = Object.fromEntries(
    flags.map(({ flag, value }) => [
      flag,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  });
  const all = tokens.flatMap((token) =>
    token.kind === 'option'
      ? [
          {
            ...token,
            arg: args[token.index] ?? '',
            row: flags.find(({ flag }) => flag === token.name),
          },
        ]
      : [],
  );
  for (const given of all) {
    const mistake = MISTAKES.find(({ isMade }) => isMade(given));
    if (mistake !== undefined) return mistake.sentence(given, flags);
  }
  return { values, positionals };
}
