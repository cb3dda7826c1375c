/** `--strict`: the mistakes that the carrier may refuse, whether a strict interpretation refuses them here or not. */
import {
  DEFAULT_READINGS,
  READINGS,
  type Readings,
  STRICTEST_READINGS,
} from '../../../src/protocol/readings.js';
import type { Language } from '../../../src/text/bilingual.js';
import type { Carrier } from '../../carrier/carrier.js';
import { compileApp } from '../../carrier/engine/app-settings.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { parseDraft } from '../../carrier/engine/request.js';
import { magicStep } from '../../carrier/outcomes/forced-outcome.js';
import { resultOf } from '../../carrier/result.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type DetectedFinding, inLanguage } from '../../explain/finding.js';
import { inBackground } from '../../telemetry/background.js';
import { loadExplanations, refusalCauses, ruleInWords } from '../../telemetry/finding-log.js';
import { namesIn, type Refusal, refusalOf } from './refusal.js';

// Enough for any suite, and a load test repeats its mistakes.
const MISTAKES_MAX = 500;

/** Collects the mistakes from now on. The returned function waits for the last one. */
export function collectMistakes(
  carrier: Carrier,
  language: Language,
): () => Promise<readonly Refusal[]> {
  const mistakes: Mistake[] = [];
  const background = inBackground();
  const add = async (record: JournalRecord) => {
    if (mistakes.length < MISTAKES_MAX)
      mistakes.push(...(await mistakesIn(record, { carrier, language })));
  };
  const stop = carrier.store.watchJournal((record) => {
    background.add(() => add(record).catch(() => undefined));
  }, 'own');
  return async () => {
    stop();
    await background.done();
    const isExpected = ({ requestId }: Refusal) => carrier.expected.get(requestId) === true;
    return mistakes
      .filter(({ isRemark, refusal }) => isRemark || !isExpected(refusal))
      .map(({ refusal }) => refusal);
  };
}

interface Mistake {
  readonly refusal: Refusal;
  /** A test that expects an accepted request expects no mistake in it. */
  readonly isRemark: boolean;
}

interface Around {
  readonly carrier: Carrier;
  readonly language: Language;
}

async function mistakesIn(record: JournalRecord, around: Around): Promise<readonly Mistake[]> {
  if (record.decidedBy === 'forced') return [];
  const { carrier, language } = around;
  if (record.charged) {
    const { newRemarks } = await loadExplanations();
    return newRemarks(record, new Set(), undefined)
      .filter((found) => found.role === 'remark' && isMistake(found, record))
      .map((remark) => ({
        refusal: remarkedRefusal(record, remark, language),
        isRemark: true,
      }));
  }
  if (!isRefusedByStrictness(carrier, record)) return [];
  const [cause] = (await refusalCauses(carrier, record)) ?? [];
  const title = (cause?.row.title ?? ruleInWords(record.decidedBy))[language];
  const refusal = await refusalOf({ carrier, record, language, title });
  return [{ refusal, isRemark: false }];
}

// Nothing random is shown.
const ZEROS = { hex: (length: number) => '0'.repeat(length) };

/** Whether only a strictest option refuses the request: it is decided again as if its app and the carrier were lenient. */
export function isRefusedByStrictness(
  { engine, settings }: Pick<Carrier, 'engine' | 'settings'>,
  record: JournalRecord,
): boolean {
  const { id: requestNumber, taskId = ZEROS.hex(32), atMs: nowMs, outcomeBy, state } = record;
  const draft = parseDraft(exchangeOf(record));
  const magic = outcomeBy === 'token' ? magicStep(record.operation, draft.token) : undefined;
  const app = state.app && {
    ...state.app.settings,
    readings: lenient(state.app.settings.readings),
  };
  const lenientState = {
    ...state,
    app: app && compileApp(app),
    carrierReadings: lenient(state.carrierReadings),
  };
  const { decision } = resultOf(
    { engine, settings, random: ZEROS },
    { draft, taskId, requestNumber },
    { app: undefined, state: lenientState, nowMs },
    record.outcome ?? magic,
  );
  return decision?.charged === true;
}

/** With the default instead of each strictest option. */
function lenient(readings: Readings): Readings {
  const strict = READINGS.filter(({ id }) => readings[id] === STRICTEST_READINGS[id]);
  const defaults = strict.map(({ id }) => [id, DEFAULT_READINGS[id]]);
  return { ...readings, ...Object.fromEntries(defaults) };
}

/** Whether the remark is about more than what a chosen option accepts. */
export function isMistake({ evidence }: DetectedFinding, { state }: JournalRecord): boolean {
  const { acceptedBy } = evidence;
  const readings: Readonly<Record<string, string>> = readingsOf(state);
  const strictest: Readonly<Record<string, string>> = STRICTEST_READINGS;
  return acceptedBy === undefined || readings[acceptedBy] === strictest[acceptedBy];
}

/** A remark in the form of a refusal. */
export function remarkedRefusal(
  record: JournalRecord,
  remark: DetectedFinding,
  language: Language,
): Refusal {
  const { id, title, detail } = inLanguage(remark, language);
  return {
    ...namesIn(record),
    finding: id,
    title,
    verdict: detail,
    stringToSign: null,
    signedString: null,
    next: null,
    missing: null,
  };
}
