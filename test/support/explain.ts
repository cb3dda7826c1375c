/** A request with what surrounds it, as an explanation gets it: decided by the engine, in a scene of engine.ts. */
import { decide } from '../../mock-server/carrier/engine/decide.js';
import { type FindingRow, inLanguage, type ShownEvidence } from '../../mock-server/explain/finding.js';
import { findingsOf } from '../../mock-server/explain/findings.js';
import { type Recorded, type Subject, type Surroundings, subjectOf } from '../../mock-server/explain/subject.js';
import type { Operation } from '../../src/protocol/operations.js';
import { exchangeOf, NOW_MS, type Scene, stateOf } from './engine.js';

/**
 * Nobody came before, there are no other apps, and the server's own clock says NOW_MS, whatever the app's says, unless
 * told otherwise; a `decidedBy` (forced, say) stands for the engine's.
 */
export type Around = Partial<Surroundings & Pick<Recorded, 'receivedAtMs' | 'resultCode' | 'decidedBy'>>;

/** `body` as JSON, or as it is where it is a text. */
export function subjectFor(operation: Operation, body: unknown, scene: Scene = {}, around: Around = {}): Subject {
  const exchange = exchangeOf(operation, body, scene.exchange);
  const state = stateOf(operation, scene);
  const atMs = scene.nowMs ?? NOW_MS;
  const recorded = { exchange, state, atMs, receivedAtMs: NOW_MS, resultCode: undefined, decidedBy: 'forced' } as const;
  const subject = subjectOf(recorded, { earlier: [], otherApps: [] });
  const { resultCode, decidedBy } = decide(subject.request, state, { nowMs: atMs, clientIp: exchange.clientIp });
  return { ...subject, resultCode, decidedBy, ...around };
}

/** In the order in which they are shown. */
export function findingIds(subject: Subject): readonly string[] {
  return findingsOf(subject).map(({ row }) => row.id);
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

/** Those about what the request looks like, not about its sign, its token or what the app is granted. */
export function requestFindingIds(subject: Subject): readonly string[] {
  return findingIds(subject).filter((id) => GROUPS_OF_THE_REQUEST.includes(id.split('.')[0] ?? ''));
}

/** What was seen for one id, in English, once for each time that the mistake was made. */
export function evidenceFor(subject: Subject, id: string): readonly ShownEvidence[] {
  return findingsOf(subject)
    .filter(({ row }) => row.id === id)
    .map((found) => inLanguage(found, 'en').evidence);
}

/** The same by these rows alone, though another finding may cover it. */
export function detectedBy(rows: readonly FindingRow[], subject: Subject, id: string): readonly ShownEvidence[] {
  return rows
    .filter((row) => row.id === id)
    .flatMap((row) => row.detect(subject).map((evidence) => inLanguage({ row, evidence }, 'en').evidence));
}
