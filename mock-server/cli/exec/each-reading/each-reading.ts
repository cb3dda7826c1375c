/** `--each-reading`: which unclear sentences of the document a green run rests on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bilingual } from '../../../../src/text/bilingual.js';
import type { Carrier } from '../../../carrier/carrier.js';
import type { JournalRecord } from '../../../carrier/store/state-store.js';
import type { StopSignal } from '../../signals.js';
import { signalStatus } from '../status.js';
import { alternativesTo, openReadings } from './alternatives.js';
import { type Affected, affectedBy, type Recording } from './first-pass.js';
import { type EachReading, eachReadingFiles, eachReadingText } from './report.js';
import { type RunInputs, runWith } from './runs.js';
import { eachReadingWords } from './words.js';

/** Records the requests from now on. */
export function recordRun(carrier: Carrier): () => Recording {
  const records: JournalRecord[] = [];
  const stop = carrier.store.watchJournal((record) => records.push(record), 'own');
  return () => {
    stop();
    const { engine, settings } = carrier;
    return { deciding: { engine, settings }, records };
  };
}

export interface EachReadingInputs extends RunInputs {
  /** Of the green run. */
  readonly recording: Recording;
  readonly print: (words: Bilingual) => void;
  /** The signal that stops this process. */
  readonly stoppedBy: () => StopSignal | undefined;
}

// Deciding so many requests again takes about ten seconds.
const DECIDED_MAX = 2000;

/** Prints the progress and the result, and writes the report. Returns the exit status: the result is information. */
export async function tryEachReading(inputs: EachReadingInputs): Promise<number> {
  const { recording, options, print } = inputs;
  const { settings } = recording.deciding;
  const { server } = options;
  const open = await openReadings(server, server.host);
  const all = alternativesTo(settings.readings, open);
  const isTooLong = recording.records.length > DECIDED_MAX;
  const affected = isTooLong
    ? all.map((alternative) => ({ alternative, records: [] }))
    : affectedBy(recording, all);
  const counts = { affected: affected.length, options: all.length, limit: DECIDED_MAX };
  print(eachReadingWords(isTooLong ? 'start-all' : 'start', counts));
  const runs = await runAll(affected, inputs);
  const stoppedBy = inputs.stoppedBy();
  if (stoppedBy !== undefined) return signalStatus(stoppedBy);
  const ran = new Set(affected.map(({ alternative }) => alternative));
  const unaffected = all.filter((alternative) => !ran.has(alternative));
  const result = { assumed: settings.readings, runs, unaffected };
  process.stderr.write(`cmpassport-mock: ${eachReadingText(result, server.lang)}\n`);
  if (options.report !== undefined) writeReport(options.report, result, server.lang);
  return 0;
}

function writeReport(folder: string, ...[result, language]: Parameters<typeof eachReadingFiles>) {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of eachReadingFiles(result, language))
    writeFileSync(join(folder, name), content);
}

/** In the order of the readings. */
async function runAll(affected: readonly Affected[], inputs: EachReadingInputs) {
  const { recording, options, print } = inputs;
  const isStopped = () => inputs.stoppedBy() !== undefined;
  const runs = affected.map((): EachReading['runs'][number] | undefined => undefined);
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let at = next++; at < affected.length && !isStopped(); at = next++) {
      const one = affected[at];
      if (one === undefined) return;
      const run = await runWith(one, recording, inputs);
      runs[at] = run;
      if (isStopped()) return;
      done += 1;
      const { id, option, status } = run;
      print(
        eachReadingWords('progress', { at: done, affected: affected.length, id, option, status }),
      );
    }
  };
  await Promise.all(Array.from({ length: options.jobs ?? 1 }, work));
  return runs.filter((run) => run !== undefined);
}
