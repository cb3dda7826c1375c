/** Decides and explains a captured request without a server. */
import { OPERATIONS, operationUnder } from '../../../src/protocol/operations.js';
import { foreignPathWords } from '../../../src/protocol/other-interfaces.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { type Bilingual, type Language, listed } from '../../../src/text/bilingual.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { type Exchange, parseDraft, toRequest } from '../../carrier/engine/request.js';
import { decided, diagnose, neededState } from '../../explain/diagnosis.js';
import { type Explanation, explain } from '../../explain/explain.js';
import { type DetectedFinding, explainsUnmet } from '../../explain/finding.js';
import { isMasked } from '../../explain/masked-values.js';
import { isMissing } from '../../explain/repair/missing.js';
import type { Found, Subject } from '../../explain/subject.js';
import type { CaptureFacts } from '../../explain/verdict.js';
import type { CarrierAnswer } from './answered.js';
import { assumedSubject, stateFor } from './assumed-state.js';
import { type Capture, shortQuote, toExchange } from './capture/capture.js';
import { readText } from './capture/text-capture.js';
import {
  type CaptureData,
  captureData,
  type Inputs,
  isSignedValueMasked,
  signSecretUnknown,
} from './capture-data.js';
import { chooseApp } from './files.js';
import { problem } from './messages.js';
import { type Note, notesOn } from './notes.js';
import { isReliable, stillUndecidable } from './undecidable.js';

export interface Judged extends CaptureFacts {
  readonly subject: Subject;
  /** Requirements that are assumed to be met, because only the carrier can check them. */
  readonly assumedMet: readonly Requirement[];
  /** One sentence for each step of reading the capture. */
  readonly reading: readonly Bilingual[];
  /** One sentence for each assumption. */
  readonly notes: readonly Bilingual[];
  /** The carrier's response, if it is known. */
  readonly answered: CarrierAnswer | undefined;
  readonly explain: (language: Language) => Explanation;
}

/** Returns the reason if the request is not for the carrier, or not of the app. */
export function judgeCapture(inputs: Inputs): Judged | Bilingual {
  const captured = toExchange(inputs.capture);
  const row = operationUnder(captured.path);
  if (row === undefined) return wrongAddress(captured.path);
  const exchange = { ...captured, row };
  const data = captureData(inputs, parseDraft({ ...exchange, clientIp: '' }));
  const readable = wasRead(data) ? asRead(inputs.capture) : undefined;
  if (readable !== undefined) return judgeCapture({ ...inputs, capture: readable });
  return otherApp(data) ?? judge(data, exchange);
}

/** The carrier's response shows that it has read the body, which is not JSON as captured. */
function wasRead({ draft, answered }: CaptureData): boolean {
  const isOfBody = answered?.unmet.some((requires) => OF_BODY.includes(requires)) === true;
  const isKnown = answered !== undefined && (answered.isSuccess || answered.unmet.length > 0);
  return draft.json === undefined && isKnown && !isOfBody;
}

const OF_BODY: readonly Requirement[] = ['urlRight', 'bodyReadable', 'valuesAreStrings'];

/** The request by the fields in its body. */
function asRead(capture: Capture): Capture | undefined {
  const [read, more] = readText(capture.body, { readObject: () => [], isOriginal: false });
  if (read === undefined || more !== undefined || read.cutOff !== undefined) return undefined;
  const { body, undone, isRebuilt } = read;
  return { ...capture, body, ...(undone && { undone }), ...(isRebuilt && { isRebuilt }) };
}

/** A request of an app that the file does not have, unless the appid is nearly right or the carrier does not know it either. */
function otherApp({ app, draft, file, answered }: CaptureData): Bilingual | undefined {
  const { appId } = draft;
  if (app !== undefined || appId === undefined || answered?.unmet.includes('appKnown'))
    return undefined;
  const known = file.configuration.settings.apps.map((one) => one.appId);
  if (known.includes(appId.trim())) return undefined;
  return isMasked(appId)
    ? problem('capture.masked-app', { found: appId })
    : problem('capture.other-app', { found: appId, known: listed(known) });
}

function wrongAddress(path: string): Bilingual {
  const addresses = OPERATIONS.map((row) => `POST ${row.path}`);
  const other = foreignPathWords(path);
  const found = { path: shortQuote(path), addresses: listed(addresses) };
  return other === undefined
    ? problem('capture.no-address', found)
    : problem('capture.other-address', { ...found, found: other });
}

function judge(data: CaptureData, exchange: Omit<Exchange, 'clientIp'>): Judged {
  const notes = notesOn(data);
  const isSecretUnknown = signSecretUnknown(data) !== undefined;
  const undecided = {
    ...assumedSubject(data, exchange),
    signSecretUnknown: isSecretUnknown,
    ...(isSignedValueMasked(data) && { signedByClient: true }),
  };
  const skipped = stillUndecidable(undecided, undecidableIn(notes));
  const asSent = decided({ ...undecided, skipped });
  const repaired = afterRepair(asSent, data);
  const subject = { ...asSent, found: repaired?.found };
  const newNotes = repaired?.notes.filter(({ of }) => notes.every((note) => note.of !== of)) ?? [];
  const skippedAtLast = repaired?.skipped ?? skipped;
  const shownNotes = [...openNotes(notes, skipped), ...openNotes(newNotes, skippedAtLast)];
  const textsOf = (isOfReading: boolean) =>
    shownNotes
      .filter(({ of }) => (of.isOfReading === true) === isOfReading)
      .map(({ text }) => text);
  return {
    subject,
    assumedMet: [...notes.flatMap(({ assumedMet }) => assumedMet), ...skipped],
    reading: textsOf(true),
    notes: textsOf(false),
    signSecretUnknown: isSecretUnknown,
    isSignedValueMasked: isSignedValueMasked(data),
    suspect: data.answered && suspectIn(subject, data.answered.unmet),
    answered: data.answered,
    explain: (language) => reliableExplanation(subject, language, skippedAtLast),
  };
}

/** The remark about a requirement that the carrier's response is about. */
function suspectIn(subject: Subject, unmet: readonly Requirement[]): string | undefined {
  const explains = ({ row }: DetectedFinding) => unmet.some((one) => explainsUnmet(row, one));
  return diagnose(subject).findings.find(explains)?.row.id;
}

function undecidableIn(notes: readonly Note[]): readonly Requirement[] {
  return notes.flatMap(({ undecidable }) => undecidable);
}

/** Without those about requirements that are decided after all. */
function openNotes(notes: readonly Note[], skipped: readonly Requirement[]): readonly Note[] {
  return notes.filter(
    ({ undecidable }) =>
      undecidable.length === 0 || skipped.some((requires) => undecidable.includes(requires)),
  );
}

function reliableExplanation(
  subject: Subject,
  language: Language,
  skipped: readonly Requirement[],
): Explanation {
  const explanation = explain(subject, language);
  const findings = explanation.findings.filter((finding) => isReliable(finding, skipped));
  // With a placeholder instead of the secret, the expected signature means nothing.
  return subject.signSecretUnknown === true
    ? { ...explanation, findings, expectedSign: null }
    : { ...explanation, findings };
}

interface AfterRepair {
  readonly found: Found;
  readonly skipped: readonly Requirement[];
  readonly notes: readonly Note[];
}

/** What is assumed, and what is unknown, of another app or token that the repaired request names. */
function afterRepair(subject: Subject, data: CaptureData): AfterRepair | undefined {
  const draft = neededState(subject);
  if (draft === undefined) return undefined;
  const { atMs, state } = subject;
  const chosen = chooseApp(data.file, draft.appId);
  const { carrierReadings } = state;
  const request = toRequest(draft, readingsOf({ app: chosen.app, carrierReadings }));
  const ofDraft = { ...data, ...chosen, draft, request };
  const notes = notesOn(ofDraft);
  const isSecretUnknown = signSecretUnknown(ofDraft) !== undefined;
  const foundWith = (skipped: readonly Requirement[]): Found => {
    const unknown = { skipped, signSecretUnknown: isSecretUnknown };
    return { draft, state: stateFor(ofDraft, atMs), atMs, unknown };
  };
  const undecidable = undecidableIn(notes);
  const { repaired } = diagnose({ ...subject, found: foundWith(undecidable) });
  const isBuilt = repaired !== undefined && !isMissing(repaired);
  const skipped = isBuilt ? stillUndecidable(repaired, undecidable) : undecidable;
  return { found: foundWith(skipped), skipped, notes };
}
