/** Where the requests of HTTP clients arrive, from the rows of the test that runs these clients. */

import { type Bilingual, COLON, type Language } from '../../src/text/bilingual.js';
import { CLIENTS, type ClientRow } from '../../test/full/accident/clients.js';
import { table } from './markdown.js';

const HEAD: readonly Bilingual[] = [
  { en: 'Client', zh: '客户端' },
  { en: 'With `exec --proxy`', zh: '有 `exec --proxy`' },
  { en: 'If it bypasses the proxy', zh: '绕过代理时' },
];
const PROXIED = {
  mock: { en: 'mock', zh: '模拟服务' },
  real: { en: '**bypasses it**', zh: '**绕过代理**' },
} as const satisfies Readonly<Record<string, Bilingual>>;
const DIRECT = {
  refused: { en: 'TLS error', zh: 'TLS 错误' },
  real: { en: '**real carrier**', zh: '**真实平台**' },
  unknown: { en: 'not tested', zh: '未实测' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** The words in the names of the rows that are no code. */
const IN_CHINESE = [
  ['all certificates', '信任所有证书'],
  ['own Transport', '自建的 Transport'],
  ['streams', '流'],
  [' with ', ' 加 '],
  [' after ', '，先运行 '],
  [', ', '，'],
] as const;

export function clients(language: Language): string {
  const rows = Object.entries<readonly ClientRow[]>(CLIENTS).flatMap(([program, ofProgram]) =>
    ofProgram.map(([client, proxied, direct]) => [
      nameIn(`${program}${COLON[language]}${client}`, language),
      PROXIED[proxied][language],
      DIRECT[direct ?? 'unknown'][language],
    ]),
  );
  return table(
    HEAD.map((cell) => cell[language]),
    rows,
  );
}

/** A program of the rows. */
export function nameIn(name: string, language: Language): string {
  if (language === 'en') return name;
  return IN_CHINESE.reduce((text, [words, chinese]) => text.replaceAll(words, chinese), name);
}
