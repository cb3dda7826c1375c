/** The input of an explanation: a request that the engine decided in a scene of engine.ts, and its surroundings. */
import { decide } from '../../mock-server/carrier/engine/decide.js';
import {
  type FindingRow,
  inLanguage,
  type ShownEvidence,
} from '../../mock-server/explain/finding.js';
import { detectedIn } from '../../mock-server/explain/findings.js';
import {
  type Recorded,
  type Subject,
  type SubjectContext,
  subjectOf,
} from '../../mock-server/explain/subject.js';
import type { Operation } from '../../src/protocol/operations.js';
import { exchangeOf, NOW_MS, type Scene, stateOf } from './engine.js';

/**
 * By default, there are no earlier requests and no other apps, and the server's clock is NOW_MS, independent of the app's
 * clock. `decidedBy` replaces the engine's, for example with `forced`.
 */
export type Around = Partial<
  SubjectContext & Pick<Recorded, 'receivedAtMs' | 'resultCode' | 'decidedBy'>
>;

/** Serializes `body` as JSON. A string is sent unchanged. */
export function subjectFor(
  operation: Operation,
  body: unknown,
  scene: Scene = {},
  around: Around = {},
): Subject {
  const exchange = exchangeOf(operation, body, scene.exchange);
  const state = stateOf(operation, scene);
  const atMs = scene.nowMs ?? NOW_MS;
  const recorded = {
    exchange,
    state,
    atMs,
    receivedAtMs: NOW_MS,
    resultCode: undefined,
    decidedBy: 'forced',
  } as const;
  const subject = subjectOf(recorded, { earlier: [], otherApps: [] });
  const { resultCode, decidedBy } = decide(subject.request, state, {
    nowMs: atMs,
    clientIp: exchange.clientIp,
  });
  return { ...subject, resultCode, decidedBy, ...around };
}

/** The mistakes that the request itself has, in the order of the table. */
export function findingIds(subject: Subject): readonly string[] {
  return detectedIn(subject).map(({ row }) => row.id);
}

const GROUPS_OF_THE_REQUEST: readonly string[] = [
  'url',
  'body',
  'field',
  'value',
  'version',
  'msgid',
  'time',
  'encryption',
  'header',
  'params',
];

/** The findings about the request's form, not about its signature, its token or the app's capabilities. */
export function requestFindingIds(subject: Subject): readonly string[] {
  return findingIds(subject).filter(isOfRequest);
}

export function isOfRequest(id: string): boolean {
  return GROUPS_OF_THE_REQUEST.includes(id.split('.')[0] ?? '');
}

/** The English evidence of one finding, an element for each occurrence of the mistake. */
export function evidenceFor(subject: Subject, id: string): readonly ShownEvidence[] {
  return detectedIn(subject)
    .filter(({ row }) => row.id === id)
    .map((found) => inLanguage({ ...found, role: 'cause' }, 'en').evidence);
}

/** The evidence of these rows, even if another finding covers theirs. */
export function detectedBy(
  rows: readonly FindingRow[],
  subject: Subject,
  id: string,
): readonly ShownEvidence[] {
  return rows
    .filter((row) => row.id === id)
    .flatMap((row) =>
      row
        .detect(subject)
        .map((evidence) => inLanguage({ row, evidence, role: 'cause' }, 'en').evidence),
    );
}
