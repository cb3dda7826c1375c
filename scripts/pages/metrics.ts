/** The metrics of the mock as a server serves them, with their help; in Chinese with the words of `metric-words.json`. */
import { exposition } from '../../mock-server/telemetry/metrics.js';
import { type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { newCarrier } from '../../test/support/carrier.js';
import { readMetrics } from '../../test/support/prometheus.js';
import { code, table } from './markdown.js';
import WORDS from './metric-words.json' with { type: 'json' };

const HEAD = {
  en: ['Metric', 'Type', 'Labels', 'Meaning'],
  zh: ['指标', '类型', '标签', '含义'],
};
const CHINESE: Readonly<Record<string, string>> = WORDS;

const { samples, types, helps } = await servedMetrics();

async function servedMetrics() {
  const { carrier } = newCarrier({ nowMs: 0 });
  // The calls of a memory store are not measured.
  carrier.tallies.store.add('commit', 'committed', 1);
  return readMetrics(await exposition(carrier, 'all'));
}

export function metrics(language: Language): string {
  const own = [...types].filter(([name]) => name.startsWith('cmpassport_mock_'));
  return table(
    HEAD[language],
    own.map(([name, type]) => {
      const meaning = { en: helps.get(name), zh: CHINESE[name] }[language];
      if (meaning === undefined)
        throw new Error(`scripts/pages/metric-words.json has no words for ${name}`);
      return [code(name), type, labelsOf(name).map(code).join(LIST_COMMA[language]), meaning];
    }),
  );
}

function labelsOf(metric: string): readonly string[] {
  const sample = samples.find(({ name }) => name === metric || name === `${metric}_bucket`);
  return Object.keys(sample?.labels ?? {}).filter((label) => label !== 'le');
}
