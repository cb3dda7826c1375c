/** The rules of an operation in their order; the readings; and the points that no reading changes. */
import { moduleOf } from '../../mock-server/carrier/engine/operations/operations.js';
import { READING_WORDS, sectionWords } from '../../mock-server/explain/reading-words.js';
import { codeLink } from '../../mock-server/lookup/codes.js';
import { inBrackets, labelled } from '../../mock-server/lookup/entry.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { READINGS } from '../../src/protocol/readings.js';
import { BASIS_WORDS } from '../../src/text/basis.js';
import { type Bilingual, bilingual, type Language } from '../../src/text/bilingual.js';
import { code, plain, table } from './markdown.js';
import openPoints from './open-points.json' with { type: 'json' };
import notes from './rule-notes.json' with { type: 'json' };

const RULE_HEAD = {
  en: ['#', 'Requires', 'Otherwise', 'Basis', 'What is checked'],
  zh: ['序', '要求', '不满足时', '依据', '查什么'],
};

/** What is checked, by operation and requirement. */
const NOTES: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = notes;

export function rules(language: Language, name: string): string {
  const row = OPERATIONS.find(({ operation }) => operation === name);
  if (row === undefined) throw new Error(`no operation ${name}`);
  const { operation } = row;
  const rows = moduleOf(operation).rules.map(({ requires, otherwise, basis }, at) => {
    const note = NOTES[operation]?.[requires];
    if (note === undefined)
      throw new Error(`scripts/pages/rule-notes.json has no words for ${operation} ${requires}`);
    return [
      String(at + 1),
      code(requires),
      codeLink({ operation, code: otherwise })[language],
      BASIS_WORDS[basis][language],
      note[language],
    ];
  });
  return table(RULE_HEAD[language], rows);
}

const LABELS = {
  default: { en: 'Default', zh: '默认' },
  strictest: { en: 'With `--strict`', zh: '`--strict` 时' },
  document: { en: 'The document', zh: '文档原文' },
  why: { en: 'Why', zh: '理由' },
} satisfies Readonly<Record<string, Bilingual>>;

const READING_HEAD = { en: ['Option', 'Meaning'], zh: ['取值', '含义'] };

/** A heading for each reading, with its options. */
export function readings(language: Language): string {
  return READINGS.map((row) => {
    const { id, options, basis } = row;
    const { title, section, sentence, meanings, why } = READING_WORDS[id];
    const rows = meanings.map(({ option, meaning }) => [code(option), meaning[language]]);
    const items = [
      labelled(LABELS.default, inBrackets(code(options[0]), BASIS_WORDS[basis])),
      ...('strictest' in row
        ? [
            labelled(
              LABELS.strictest,
              bilingual(() => code(row.strictest)),
            ),
          ]
        : []),
      labelled(LABELS.document, inBrackets(plain(sentence), sectionWords(section))),
      labelled(LABELS.why, why),
    ];
    const list = items.map((item) => `- ${item[language]}\n`).join('');
    return `### ${id}\n\n${title[language]}\n\n${table(READING_HEAD[language], rows)}\n${list}`;
  }).join('\n');
}

function basisWords(name: string): Bilingual {
  const found = Object.entries(BASIS_WORDS).find(([basis]) => basis === name);
  if (found === undefined) throw new Error(`${name} is no basis`);
  return found[1];
}

const POINT_HEAD = {
  en: ['Point', 'The document', 'In the mock', 'Basis'],
  zh: ['问题', '文档原文', '模拟服务的做法', '依据'],
};

export function openPointTable(language: Language): string {
  const rows = openPoints.map(({ point, document, mock, basis }) => [
    point[language],
    document[language],
    mock[language],
    basisWords(basis)[language],
  ]);
  return table(POINT_HEAD[language], rows);
}
