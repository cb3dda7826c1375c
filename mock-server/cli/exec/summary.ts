/** What `exec` collects about the requests of a run: refusals with their causes, remarks, and scripts with unused steps. */
import { OPERATIONS, type Operation, operationRow } from '../../../src/protocol/operations.js';
import type { Basis } from '../../../src/protocol/readings.js';
import { type BasisCounts, basisCounts } from '../../../src/text/basis.js';
import type { Language } from '../../../src/text/bilingual.js';
import { listApps } from '../../carrier/apps/apps.js';
import { viewScript } from '../../carrier/apps/scripts.js';
import type { Carrier } from '../../carrier/carrier.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
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
import { type Refusal, refusalOf } from './refusal.js';

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
  /** How many refusals a script, a header or a magic token forced. */
  readonly forced: number;
  /** The other refusals that no test expected, of the first 500 requests. */
  readonly unexpected: readonly Refusal[];
  readonly remarks: readonly Remark[];
  readonly unusedScripts: readonly UnusedScript[];
  /** How the rules are known that decided the responses. A forced response proves nothing about the carrier. */
  readonly basis: BasisCounts;
}

// The search for a signature takes up to a tenth of a second, and a command may be a load test.
const EXPLAINED_MAX = 500;

/** Counts the requests from now on, with texts in this language. The returned function waits for the last explanation. */
export function collectSummary(carrier: Carrier, language: Language): () => Promise<Summary> {
  const refused = new Map<string, Refused>();
  const remarks = new Map<string, Remark>();
  const unexpected: Refusal[] = [];
  const bases: Basis[] = [];
  const background = inBackground();
  let requests = 0;
  let forced = 0;

  const lastOf = new Map<string | undefined, JournalRecord>();

  async function add(record: JournalRecord, isExplained: boolean): Promise<void> {
    const before = lastOf.get(record.appId);
    if (record.decidedBy === 'allMet') lastOf.set(record.appId, record);
    const note = await noteOf(record, { carrier, language, isExplained, before });
    for (const remark of note.remarks) count(remarks, remark.finding, remark);
    if (note.refused === undefined) return;
    const { operation, resultCode, cause } = note.refused;
    count(refused, `${operation} ${resultCode} ${cause}`, note.refused);
    if (record.decidedBy === 'forced') forced += 1;
    if (note.unexpected !== undefined) unexpected.push(note.unexpected);
  }

  const stop = carrier.store.watchJournal((record) => {
    requests += 1;
    if (record.decidedBy !== 'forced') bases.push(basisOf(record));
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
      forced,
      unexpected: unexpected.filter(({ requestId }) => carrier.expected.get(requestId) !== true),
      remarks: [...remarks.values()],
      unusedScripts,
      basis: basisCounts(bases),
    };
  };
}

/** Of a success, that of the operation. Only a calibration places further rules, so they were observed. */
function basisOf({ operation, decidedBy }: JournalRecord): Basis {
  if (decidedBy === 'allMet') return operationRow(operation).basis;
  const rule = moduleOf(operation).rules.find(({ requires }) => requires === decidedBy);
  return rule?.basis ?? 'observed';
}

interface NoteInputs {
  readonly carrier: Carrier;
  readonly language: Language;
  readonly isExplained: boolean;
  /** The app's last accepted request. */
  readonly before: JournalRecord | undefined;
}

/** What the summary has about a request. */
interface Note {
  /** undefined if it was not refused. */
  readonly refused?: Omit<Refused, 'count'>;
  readonly unexpected?: Refusal;
  readonly remarks: readonly Omit<Remark, 'count'>[];
}

async function noteOf(
  record: JournalRecord,
  { carrier, language, isExplained, before }: NoteInputs,
): Promise<Note> {
  const certain = isCertainRefusal(record) ? [] : undefined;
  const causes = isExplained ? await refusalCauses(carrier, record) : certain;
  if (causes === undefined) {
    const mayRemark = isExplained && record.decidedBy === 'allMet';
    return { remarks: mayRemark ? await remarksIn(record, before, language) : [] };
  }
  const refused = refusalIn(record, causes[0], language);
  if (!isExplained || record.decidedBy === 'forced') return { refused, remarks: [] };
  const unexpected = await refusalOf({ carrier, record, language, title: refused.cause });
  return { refused, unexpected, remarks: [] };
}

function refusalIn(
  { operation, resultCode, decidedBy }: JournalRecord,
  found: DetectedFinding | undefined,
  language: Language,
) {
  const cause = (found?.row.title ?? ruleInWords(decidedBy))[language];
  return { operation, resultCode, finding: found?.row.id, cause };
}

async function remarksIn(
  record: JournalRecord,
  before: JournalRecord | undefined,
  language: Language,
) {
  const { newRemarks } = await loadExplanations();
  return newRemarks(record, new Set(), before).map(({ row }) => ({
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
