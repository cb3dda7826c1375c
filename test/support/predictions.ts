/** The prediction comes true: a repaired request gets the code that the explanation states. */
import { expect } from 'vitest';
import { decide } from '../../mock-server/carrier/engine/decide.js';
import { REQUIREMENTS } from '../../mock-server/carrier/engine/requirements.js';
import { diagnose, isCause, repairedBy } from '../../mock-server/explain/diagnosis.js';
import { explain } from '../../mock-server/explain/explain.js';
import { detectedIn } from '../../mock-server/explain/findings.js';
import { isMissing } from '../../mock-server/explain/repair/missing.js';
import { signView } from '../../mock-server/explain/sign/sign-view.js';
import { reparsed, type Subject } from '../../mock-server/explain/subject.js';
import { signed } from './mistake-request.js';
import { inputsOf, type MistakeRow } from './mistakes.js';

// A chain of repairs is as long as the list of requirements at most.
const STEPS_MAX = 20;

/** Repairs, sends and explains, until the request succeeds or needs what only its client has. */
export function expectPredictions(row: MistakeRow, refused: Subject): void {
  let subject = refused;
  for (let step = 0; subject.decidedBy !== 'allMet'; step += 1) {
    expect(step).toBeLessThan(STEPS_MAX);
    expectNecessaryCauses(subject);
    const { repaired } = diagnose(subject);
    const { next, missing } = explain(subject, 'en');
    if (repaired === undefined || isMissing(repaired)) {
      expect(next).toBeNull();
      expect(missing).not.toBeNull();
      return;
    }
    const again = sentBy(row, repaired);
    expect(again.resultCode).toBe(next);
    // Another way to sign has other requirements.
    if (again.request.signing === subject.request.signing)
      expect(orderOf(again)).toBeGreaterThanOrEqual(orderOf(subject));
    subject = { ...repaired, ...again };
  }
}

/** The carrier decides the text of the repaired request. Its client adds the RSA signature. */
function sentBy(row: MistakeRow, repaired: Subject): Subject {
  const text = String(signView(repaired).stringToSign);
  const sign = signed(row.mode, text, inputsOf(row).app);
  const isHex = row.app?.readings?.['verify-rsa-encoding'] === 'hex';
  const encoded = isHex ? Buffer.from(sign, 'base64').toString('hex') : sign;
  const { body: unsigned } = repaired.exchange;
  const body =
    repaired.signedByClient === true
      ? unsigned.replace(SIGN, () => `"sign":"${encoded}"`)
      : unsigned;
  const sent = reparsed({
    ...repaired,
    exchange: { ...repaired.exchange, body },
    signedByClient: false,
  });
  const { request, state, atMs, exchange } = sent;
  return { ...sent, ...decide(request, state, { nowMs: atMs, clientIp: exchange.clientIp }) };
}

const SIGN = /"sign":"(?:[^"\\]|\\.)*"/;

/** Without the repair of one cause, the requirement stays unmet, or one before it is. */
function expectNecessaryCauses(subject: Subject): void {
  const detected = detectedIn(subject);
  const causes = diagnose(subject).findings.filter(isCause);
  for (const { row, evidence } of causes) {
    const others = causes.filter((one) => one.row !== row || one.evidence !== evidence);
    const repaired = repairedBy(others, { subject, detected });
    if (!isMissing(repaired))
      expect(orderOf(repaired), `without ${row.id}`).toBeLessThanOrEqual(orderOf(subject));
  }
}

/** The place of the requirement that decided; the end of the list, if none did. */
function orderOf({ decidedBy }: Subject): number {
  const requirements = Object.keys(REQUIREMENTS);
  return decidedBy === 'allMet' ? requirements.length : requirements.indexOf(decidedBy);
}
