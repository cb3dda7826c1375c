/** Parses Prometheus's text format. Written from its specification (exposition formats, 0.0.4), not from the code under test. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Scrape {
  readonly samples: readonly Sample[];
  /** By the name of the metric. */
  readonly types: ReadonlyMap<string, string>;
  readonly helps: ReadonlyMap<string, string>;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const COMMENT = /^# (HELP|TYPE) (\S+) (.+)$/;

/** Throws an error for an invalid line. */
export function readMetrics(text: string): Scrape {
  if (!text.endsWith('\n')) throw new Error('the last line has no line feed');
  const samples: Sample[] = [];
  const [types, helps] = [new Map<string, string>(), new Map<string, string>()];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, kind, name = '', rest = ''] = COMMENT.exec(line) ?? [];
    const texts = kind === 'TYPE' ? types : helps;
    if (kind === undefined) samples.push(readSample(line));
    else if (texts.has(name)) throw new Error(`duplicate ${kind} of ${name}`);
    else texts.set(name, rest);
  }
  return { samples, types, helps };
}

function readSample(line: string): Sample {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  const number = Number(value.replace(/^\+Inf$/, 'Infinity'));
  if (name === undefined || Number.isNaN(number) !== (value === 'NaN' || value === 'Nan')) {
    throw new Error(`not a sample: ${line}`);
  }
  return { name, labels: readLabels(labels), value: number };
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  let at = 0;
  for (let found = LABEL.exec(text); found !== null; found = LABEL.exec(text)) {
    labels[found[1] ?? ''] = (found[2] ?? '').replace(/\\(.)/g, (_, sign: string) =>
      sign === 'n' ? '\n' : sign,
    );
    at = LABEL.lastIndex;
  }
  if (at !== text.length) throw new Error(`invalid labels: ${text}`);
  return labels;
}

/** Sums the values of a metric by a key of their labels. Zeros are omitted. */
export function sumsBy(
  { samples }: Scrape,
  name: string,
  keyOf: (labels: Sample['labels']) => string,
) {
  const sums: Record<string, number> = {};
  for (const { labels, value } of samples.filter(
    (sample) => sample.name === name && sample.value !== 0,
  )) {
    const key = keyOf(labels);
    sums[key] = (sums[key] ?? 0) + value;
  }
  return sums;
}
