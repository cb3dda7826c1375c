/** Finds the known mistakes in a captured request, for the contract kit. */
import type { Language } from '../../../src/text/bilingual.js';
import { UsageError } from '../../../src/text/usage-error.js';
import type { Finding } from '../../explain/finding.js';
import { readAppFile } from './app.js';
import type { Capture } from './capture/capture.js';
import { judgeCapture } from './subject.js';

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
