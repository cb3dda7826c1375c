/** Decides and explains a captured request without a server. */
import { OPERATIONS, operationUnder } from '../../../src/protocol/operations.js';
import { foreignPathWords } from '../../../src/protocol/other-interfaces.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { type Bilingual, type Language, listed } from '../../../src/text/bilingual.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { type Exchange, parseDraft, toRequest } from '../../carrier/engine/request.js';
import { decided, diagnose, neededState } from '../../explain/diagnosis.js';
import { type Explanation, explain } from '../../explain/explain.js';
import { isMissing } from '../../explain/repair/missing.js';
import type { Found, Subject } from '../../explain/subject.js';
import type { CarrierAnswer } from './answered.js';
import { assumedSubject, stateFor } from './assumed-state.js';
import { shortQuote, toExchange } from './capture/capture.js';
import { type CaptureData, captureData, type Inputs, signSecretUnknown } from './capture-data.js';
import { chooseApp } from './files.js';
import { problem } from './messages.js';
import { type Note, notesOn } from './notes.js';
import { isReliable, stillUndecidable } from './undecidable.js';

export interface Judged {
  readonly subject: Subject;
  /** Requirements that are assumed to be met, because only the carrier can check them. */
  readonly assumedMet: readonly Requirement[];
  /** One sentence for each assumption. */
  readonly notes: readonly Bilingual[];
  /** The file omits the secret of the signature. */
  readonly signSecretUnknown: boolean;
  /** The carrier's response, if it is known. */
  readonly answered: CarrierAnswer | undefined;
  readonly explain: (language: Language) => Explanation;
}

/** Returns the reason if the address of the request is not the carrier's. */
export function judgeCapture(inputs: Inputs): Judged | Bilingual {
  const captured = toExchange(inputs.capture);
  const row = operationUnder(captured.path);
  return row === undefined ? wrongAddress(captured.path) : judge(inputs, { ...captured, row });
}

function wrongAddress(path: string): Bilingual {
  const addresses = OPERATIONS.map((row) => `POST ${row.path}`);
  const other = foreignPathWords(path);
  const found = { path: shortQuote(path), addresses: listed(addresses) };
  return other === undefined
    ? problem('capture.no-address', found)
    : problem('capture.other-address', { ...found, found: other });
}

function judge(inputs: Inputs, exchange: Omit<Exchange, 'clientIp'>): Judged {
  const data = captureData(inputs, parseDraft({ ...exchange, clientIp: '' }));
  const notes = notesOn(data);
  const isSecretUnknown = signSecretUnknown(data) !== undefined;
  const undecided = { ...assumedSubject(data, exchange), signSecretUnknown: isSecretUnknown };
  const skipped = stillUndecidable(undecided, undecidableIn(notes));
  const asSent = decided({ ...undecided, skipped });
  const repaired = afterRepair(asSent, data);
  const subject = { ...asSent, found: repaired?.found };
  const newNotes = repaired?.notes.filter(({ of }) => notes.every((note) => note.of !== of)) ?? [];
  const skippedAtLast = repaired?.skipped ?? skipped;
  const shownNotes = [...openNotes(notes, skipped), ...openNotes(newNotes, skippedAtLast)];
  return {
    subject,
    assumedMet: [...notes.flatMap(({ assumedMet }) => assumedMet), ...skipped],
    notes: shownNotes.map(({ text }) => text),
    signSecretUnknown: isSecretUnknown,
    answered: data.answered,
    explain: (language) => reliableExplanation(subject, language, skippedAtLast),
  };
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
