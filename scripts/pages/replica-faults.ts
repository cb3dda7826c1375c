/** The last measurement of `npm run stress -- replicas --record`, fault by fault; `short` has the sums. */
import FAULTS from '../../bench/stress/faults.json' with { type: 'json' };
import measurement from '../../bench/stress/replicas.json' with { type: 'json' };
import { type Bilingual, bilingual, type Language } from '../../src/text/bilingual.js';
import { table } from './markdown.js';

type Counts = (typeof measurement.faults)[number];

const COLUMNS: readonly { readonly key: keyof Counts; readonly head: Bilingual }[] = [
  { key: 'rounds', head: { en: 'Times', zh: '次数' } },
  { key: 'requests', head: { en: 'Requests', zh: '请求' } },
  { key: 'failed', head: { en: 'Failed', zh: '失败' } },
  { key: 'tokens', head: { en: 'Tokens', zh: 'token' } },
  { key: 'wonTwice', head: { en: 'Won twice', zh: '成功两次' } },
  { key: 'charged', head: { en: 'Charged', zh: '计费' } },
  { key: 'used', head: { en: 'Used', zh: '用掉' } },
  { key: 'ledger', head: { en: 'Ledger', zh: '话单' } },
  { key: 'journal', head: { en: 'Journal', zh: '请求记录' } },
];
const FAULT: Bilingual = { en: 'Fault', zh: '故障' };
const ALL: Bilingual = { en: 'all', zh: '合计' };
const PLACE: Bilingual = bilingual((language) => {
  const { date, node } = measurement;
  return {
    en: `${date}, Node ${node}, Redis on the same machine with \`appendfsync always\`:`,
    zh: `${date}，Node ${node}，Redis 在同一台机器上，\`appendfsync always\`：`,
  }[language];
});

export function replicaFaults(language: Language, part: string): string {
  const { faults } = measurement;
  const cells = (counts: (key: keyof Counts) => string) => COLUMNS.map(({ key }) => counts(key));
  const rows = faults.map((counts) => [
    FAULTS.find(({ id }) => id === counts.id)?.[language] ?? counts.id,
    ...cells((key) => String(counts[key])),
  ]);
  const total = [
    ALL[language],
    ...cells((key) => String(faults.reduce((sum, counts) => sum + Number(counts[key]), 0))),
  ];
  const head = [FAULT[language], ...COLUMNS.map((column) => column.head[language])];
  return `${PLACE[language]}\n\n${table(head, part === 'short' ? [total] : [...rows, total])}`;
}
