/** What `exec` reports at the end: requests, refusals with their causes, remarks, and scripts with unused steps. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import type { Language } from '../../../src/text/bilingual.js';
import { printable } from '../../../src/text/printable.js';
import { listApps } from '../../carrier/apps/apps.js';
import { viewScript } from '../../carrier/apps/scripts.js';
import type { Carrier } from '../../carrier/carrier.js';
import { parseScript } from '../../carrier/outcomes/script.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import type { DetectedFinding } from '../../explain/finding.js';
import { inBackground } from '../../telemetry/background.js';
import {
  isCertainRefusal,
  loadExplanations,
  refusalCauses,
  ruleInWords,
} from '../../telemetry/finding-log.js';

/** Equal ones are counted together. */
export interface Refused {
  readonly operation: Operation;
  /** undefined for a path that the carrier does not have. */
  readonly resultCode: string | undefined;
  readonly finding: string | undefined;
  readonly cause: string;
  readonly count: number;
}

export interface Remark {
  readonly finding: string;
  readonly title: string;
  readonly count: number;
}

export interface UnusedScript {
  readonly appId: string;
  readonly operation: Operation;
  readonly remaining: string;
}

export interface Summary {
  readonly requests: number;
  readonly refused: readonly Refused[];
  readonly remarks: readonly Remark[];
  readonly unusedScripts: readonly UnusedScript[];
}

// The search for a signature takes up to a tenth of a second, and a command may be a load test.
const EXPLAINED_MAX = 500;

/** Counts the requests from now on, with texts in this language. The returned function waits for the last explanation. */
export function collectSummary(carrier: Carrier, language: Language): () => Promise<Summary> {
  const refused = new Map<string, Refused>();
  const remarks = new Map<string, Remark>();
  const background = inBackground();
  let requests = 0;

  async function add(record: JournalRecord, isExplained: boolean): Promise<void> {
    const certain = isCertainRefusal(record) ? [] : undefined;
    const causes = isExplained ? await refusalCauses(carrier, record) : certain;
    if (causes !== undefined) {
      const refusal = refusalIn(record, causes[0], language);
      const { operation, resultCode, cause } = refusal;
      count(refused, `${operation} ${resultCode} ${cause}`, refusal);
    } else if (isExplained && record.decidedBy === 'allMet') {
      for (const remark of await remarksIn(record, language)) {
        count(remarks, remark.finding, remark);
      }
    }
  }

  const stop = carrier.store.watchJournal((record) => {
    requests += 1;
    const isExplained = requests <= EXPLAINED_MAX;
    background.add(() => add(record, isExplained).catch(() => undefined));
  }, 'own');
  return async () => {
    stop();
    await background.done();
    const unusedScripts = await unusedScriptsIn(carrier);
    return {
      requests,
      refused: [...refused.values()],
      remarks: [...remarks.values()],
      unusedScripts,
    };
  };
}

function refusalIn(
  { operation, resultCode, decidedBy }: JournalRecord,
  found: DetectedFinding | undefined,
  language: Language,
) {
  const cause = (found?.row.title ?? ruleInWords(decidedBy))[language];
  return { operation, resultCode, finding: found?.row.id, cause };
}

async function remarksIn(record: JournalRecord, language: Language) {
  const { newRemarks } = await loadExplanations();
  return newRemarks(record, new Set()).map(({ row }) => ({
    finding: row.id,
    title: row.title[language],
  }));
}

function count<T extends object>(
  counted: Map<string, T & { readonly count: number }>,
  key: string,
  value: T,
): void {
  counted.set(key, { ...value, count: (counted.get(key)?.count ?? 0) + 1 });
}

/** A last step that repeats forever has no end, so it does not count. */
async function unusedScriptsIn(carrier: Carrier): Promise<readonly UnusedScript[]> {
  const unused: UnusedScript[] = [];
  for (const { settings, scripts = {} } of await listApps(carrier)) {
    for (const { operation } of OPERATIONS.filter((row) => scripts[row.operation] !== undefined)) {
      const { appId } = settings;
      const { remaining } = await viewScript(carrier, { appId, operation });
      const steps = parseScript(operation, remaining);
      if (!('problem' in steps) && steps.some(({ times }) => times !== null))
        unused.push({ appId, operation, remaining });
    }
  }
  return unused;
}

const LINES_MAX = 10;

/** Some lines for people. */
export function summaryText(
  { requests, refused, remarks, unusedScripts }: Summary,
  language: Language,
): string {
  const total = refused.reduce((sum, { count }) => sum + count, 0);
  const head =
    requests === 0
      ? { en: 'no request reached the carrier', zh: '没有请求到达模拟服务' }
      : {
          en: `${requests} ${requests === 1 ? 'request' : 'requests'} reached the carrier, ${total} refused`,
          zh: `模拟服务收到 ${requests} 个请求，拒绝 ${total} 个`,
        };
  const remark = { en: 'remark', zh: '提示' }[language];
  const unused = { en: 'unused script: ', zh: '没有用完的脚本：' }[language];
  const lines = [
    ...refused.map(({ operation, resultCode, finding, cause, count }) => {
      const code = resultCode ?? 'HTTP 404';
      return `${count}× ${operation} ${code}  ${cause}${finding === undefined ? '' : ` [${finding}]`}`;
    }),
    ...remarks.map(({ finding, title, count }) => `${count}× ${remark}  ${title} [${finding}]`),
    ...unusedScripts.map(
      ({ appId, operation, remaining }) => `${unused}${appId} ${operation}: ${remaining}`,
    ),
  ];
  const left = lines.length - LINES_MAX;
  const more = {
    en: `and ${left} more (--json <file> has all)`,
    zh: `另有 ${left} 项（--json <file> 写出全部）`,
  };
  const shown = left > 0 ? [...lines.slice(0, LINES_MAX), more[language]] : lines;
  return [head[language], ...shown.map((line) => `  ${printable(line)}`)].join('\n');
}
