/** `cmpassport-mock explain`: reports why a captured request is refused, without a server. For the contract kit, the findings and the requests of a capture. */
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import { printable, printableLines } from '../../../src/text/printable.js';
import { UsageError } from '../../../src/text/usage-error.js';
import type { Finding } from '../../explain/finding.js';
import { report } from '../../explain/report.js';
import type { Answered } from './answered.js';
import { readAppFile } from './app.js';
import type { Capture } from './capture/capture.js';
import { readCapture, readCaptures } from './capture/read-capture.js';
import { readTextFile, requestError, toText } from './files.js';
import type { ExplainOptions } from './options.js';
import { type Judged, judgeCapture } from './subject.js';

export interface ExplainInputs {
  readonly readStandardInput: () => Promise<Buffer>;
  /** Whether the report uses colours. */
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

/** Throws a UsageError for an invalid file. */
export async function explainRequest(options: ExplainOptions, inputs: ExplainInputs): Promise<Outcome> {
  const judged = await judge(options, inputs);
  const isAccepted = judged.subject.decidedBy === 'allMet' && judged.answered?.isSuccess !== false;
  const status = isAccepted ? ACCEPTED : REFUSED;
  if (options.json) return { status, ...asJson(judged, options) };
  const { language } = options;
  const { method, path } = judged.subject.exchange;
  const reported = { explanation: judged.explain(language), method, path, assumptions: judged };
  return { status, stdout: report(reported, { language, colour: inputs.colour }), stderr: '' };
}

async function judge(options: ExplainOptions, { readStandardInput, nowMs }: ExplainInputs): Promise<Judged> {
  const { app, request, clientIp, phoneNumber, answeredCode, platformKey } = options;
  const file = readAppFile(app, { platformKey, read: readTextFile });
  const text = request === undefined ? toText(await readStandardInput()) : readTextFile({ file: request });
  const capture = requireValue<Capture>(options, readCapture(text));
  return requireValue(options, judgeCapture({ capture, file, clientIp, phoneNumber, answeredCode, nowMs }));
}

/** Throws the reason why there is no value. */
function requireValue<T extends object>({ request }: ExplainOptions, value: T | Bilingual): T {
  if ('en' in value) throw requestError(request, value);
  return value;
}

const NOTE: Bilingual = { en: 'note: ', zh: '说明：' };

/** The assumptions go to standard error, because the response of the control API has no field for them. */
function asJson(
  { explain, notes, answered }: Judged,
  { language }: ExplainOptions,
): Pick<Outcome, 'stdout' | 'stderr'> {
  return {
    stdout: `${printableLines(JSON.stringify(explain(language), undefined, 2))}\n`,
    stderr: [...(answered === undefined ? [] : [answeredNote(answered)]), ...notes]
      .map((note) => `${NOTE[language]}${printable(note[language])}\n`)
      .join(''),
  };
}

function answeredNote({ code, meaning }: Answered): Bilingual {
  return { en: `The carrier returned ${code}: ${meaning.en}.`, zh: `移动认证平台返回了 ${code}：${meaning.zh}。` };
}

const STANDARD_INPUT = '-';

/** Oldest first, if the file has an order. Returns the reason if the file contains no request. `-` is standard input. */
export async function capturesIn(
  file: string,
  readStandardInput: () => Promise<Buffer>,
): Promise<readonly Capture[] | Bilingual> {
  try {
    const read = readCaptures(file === STANDARD_INPUT ? toText(await readStandardInput()) : readTextFile({ file }));
    if ('en' in read) return requestError(file === STANDARD_INPUT ? undefined : file, read).words;
    return read.among?.as === 'newest' ? read.captures.toReversed() : read.captures;
  } catch (error) {
    if (error instanceof UsageError) return error.words;
    throw error;
  }
}

export interface Given {
  /** A request or response body of POST /_mock/apps. */
  readonly app: object;
  readonly phoneNumber: string | undefined;
  readonly lang: Language;
  readonly nowMs: number;
}

/** The most important first. Empty if `explain` does not accept the capture or the app. */
export function findingsOfCapture(capture: Capture, { app, phoneNumber, lang, nowMs }: Given): readonly Finding[] {
  try {
    const file = readAppFile('app', { platformKey: undefined, read: () => JSON.stringify(app) });
    const judged = judgeCapture({ capture, file, clientIp: undefined, phoneNumber, nowMs });
    return 'en' in judged ? [] : judged.explain(lang).findings;
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}
