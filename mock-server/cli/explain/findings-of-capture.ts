/** The known mistakes in a captured request, for whoever judges it otherwise than `explain`. */
import type { Language } from '../../../src/protocol/bilingual.js';
import type { Finding } from '../../explain/finding.js';
import { UsageError } from '../usage-error.js';
import { readAppFile } from './app.js';
import type { Capture } from './capture/capture.js';
import { judgeCapture } from './subject.js';

export interface Given {
  /** As the control API takes or answers it. */
  readonly app: object;
  readonly phoneNumber: string | undefined;
  readonly lang: Language;
  readonly nowMs: number;
}

/** What explains the most first; none of what `explain` does not take, or of an app that it does not. */
export function findingsOfCapture(capture: Capture, { app, phoneNumber, lang, nowMs }: Given): readonly Finding[] {
  try {
    const file = readAppFile('app', { platformKey: undefined, read: () => JSON.stringify(app) });
    const judged = judgeCapture({ capture, file, clientIp: undefined, phoneNumber, nowMs });
    return typeof judged === 'string' ? [] : judged.explain(lang).findings;
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}
