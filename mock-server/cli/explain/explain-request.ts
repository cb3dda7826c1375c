/** `cmpassport-mock explain`: reports why a captured request is refused, without a server. For the contract kit, the findings and the requests of a capture. */
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import { printable, printableLines } from '../../../src/text/printable.js';
import { UsageError } from '../../../src/text/usage-error.js';
import type { ShownFinding } from '../../explain/finding.js';
import { report } from '../../explain/report.js';
import type { Capture } from './capture/capture.js';
import { sectionAt } from './capture/http-file.js';
import { readCapture, readCaptures } from './capture/read-capture.js';
import { readAppFile, readStandardText, readTextFile, requestError } from './files.js';
import { type Judged, judgeCapture } from './judge-capture.js';
import type { ExplainOptions } from './options.js';

export interface ExplainInputs {
  readonly standardInput: () => AsyncIterable<unknown>;
  /** Whether the report uses colours. */
  readonly colour: boolean;
  readonly nowMs: number;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Throws a UsageError for an invalid file. The status is 1 for a request that is or was refused. */
export async function explainRequest(
  options: ExplainOptions,
  inputs: ExplainInputs,
): Promise<Outcome> {
  const { language } = options;
  const judged = await judge(options, inputs);
  const isAccepted = judged.subject.decidedBy === 'allMet' && judged.answered?.isSuccess !== false;
  const status = isAccepted ? 0 : 1;
  if (options.json) return { status, ...asJson(judged, language) };
  const { method, path } = judged.subject.exchange;
  const reported = { explanation: judged.explain(language), method, path, assumptions: judged };
  const { verbose } = options;
  const stdout = report(reported, { language, colour: inputs.colour, verbose });
  return { status, stdout, stderr: '' };
}

async function judge(
  options: ExplainOptions,
  { standardInput, nowMs }: ExplainInputs,
): Promise<Judged> {
  const { app, request, clientIp, phoneNumber, answeredCode, platformKey } = options;
  const file = readAppFile(app, { platformKey, read: readTextFile });
  const text =
    request === undefined ? await readStandardText(standardInput()) : textOfRequest(request);
  const capture = readCapture(text);
  if ('en' in capture) throw requestError(request, capture);
  const judged = judgeCapture({ capture, file, clientIp, phoneNumber, answeredCode, nowMs });
  if ('en' in judged) throw requestError(request, judged);
  return judged;
}

/** The request at a line of an .http file is named like `login.http:12`. */
const AT_LINE = /^(.+\.(?:http|rest)):(\d+)$/i;

function textOfRequest(request: string): string {
  const [, file, line] = AT_LINE.exec(request) ?? [];
  if (file === undefined) return readTextFile({ file: request });
  return sectionAt(readTextFile({ file }), Number(line));
}

/** The assumptions go to standard error, because the response of the control API has no field for them. */
function asJson(
  { explain, reading, notes, answered }: Judged,
  language: Language,
): Pick<Outcome, 'stdout' | 'stderr'> {
  const responses = (answered === undefined ? [] : [answered]).map(({ code, meaning }) => ({
    en: `The carrier returned ${code}: ${meaning.en}.`,
    zh: `移动认证平台返回了 ${code}：${meaning.zh}。`,
  }));
  const label = { en: 'note: ', zh: '说明：' }[language];
  return {
    stdout: `${printableLines(JSON.stringify(explain(language), undefined, 2))}\n`,
    stderr: [...responses, ...reading, ...notes]
      .map((note) => `${label}${printable(note[language])}\n`)
      .join(''),
  };
}

const STANDARD_INPUT = '-';

/** Oldest first, if the file has an order. Returns the reason if the file contains no request. `-` is standard input. */
export async function capturesIn(
  file: string,
  standardInput: () => AsyncIterable<unknown>,
): Promise<readonly Capture[] | Bilingual> {
  try {
    const isStandard = file === STANDARD_INPUT;
    const text = isStandard ? await readStandardText(standardInput()) : readTextFile({ file });
    const read = readCaptures(text);
    if ('en' in read) return requestError(isStandard ? undefined : file, read).words;
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
export function findingsOfCapture(
  capture: Capture,
  { app, phoneNumber, lang, nowMs }: Given,
): readonly ShownFinding[] {
  try {
    const file = readAppFile('app', { platformKey: undefined, read: () => JSON.stringify(app) });
    const judged = judgeCapture({ capture, file, clientIp: undefined, phoneNumber, nowMs });
    return 'en' in judged ? [] : judged.explain(lang).findings;
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}
