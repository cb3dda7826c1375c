/** `cmpassport-mock explain`: why a captured request is refused, without a server. */
import { report } from '../../explain/report.js';
import { printable, printableLines } from '../../text/printable.js';
import { UsageError } from '../usage-error.js';
import { readAppFile } from './app.js';
import type { Capture } from './capture/capture.js';
import { readCapture } from './capture/read-capture.js';
import { readTextFile, toText } from './files.js';
import type { ExplainOptions } from './options.js';
import { type Judged, judgeCapture } from './subject.js';

export interface Surroundings {
  readonly readStandardInput: () => Promise<Buffer>;
  /** Whether the text may be coloured. */
  readonly colour: boolean;
  readonly nowMs: number;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ACCEPTED = 0;
const REFUSED = 1;

/** Throws a UsageError for a file that cannot be taken. */
export async function explainRequest(options: ExplainOptions, surroundings: Surroundings): Promise<Outcome> {
  const judged = await judge(options, surroundings);
  const status = judged.subject.decidedBy === 'allMet' ? ACCEPTED : REFUSED;
  if (options.json) return { status, ...asJson(judged, options) };
  const { language } = options;
  const { method, path } = judged.subject.exchange;
  const reported = { explanation: judged.explain(language), method, path, assumptions: judged };
  return { status, stdout: report(reported, { language, colour: surroundings.colour }), stderr: '' };
}

async function judge(options: ExplainOptions, { readStandardInput, nowMs }: Surroundings): Promise<Judged> {
  const { app, request, clientIp, phoneNumber, platformKey } = options;
  const file = readAppFile(app, { platformKey, read: readTextFile });
  const text = request === undefined ? toText(await readStandardInput()) : readTextFile({ file: request });
  const capture = taken<Capture>(options, readCapture(text));
  return taken(options, judgeCapture({ capture, file, clientIp, phoneNumber, nowMs }));
}

/** A sentence in a value's place says what is wrong with the request. */
function taken<T>({ request = '(standard input)' }: ExplainOptions, value: T | string): T {
  if (typeof value === 'string') throw new UsageError(`the request ${request} ${value}`);
  return value;
}

/** What was taken for granted has no place in the answer of the control API, and stands beside it. */
function asJson({ explain, notes }: Judged, { language }: ExplainOptions): Pick<Outcome, 'stdout' | 'stderr'> {
  return {
    stdout: `${printableLines(JSON.stringify(explain(language), undefined, 2))}\n`,
    stderr: notes.map((note) => `note: ${printable(note[language])}\n`).join(''),
  };
}
