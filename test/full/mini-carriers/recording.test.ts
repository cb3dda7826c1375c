/** A carrier of another hand gets no difference for a case that it recorded, and one that does what the document says fails nothing. */
import { expect, test } from 'vitest';
import type { ConfigurationInput } from '../../../mock-server/options/settings.js';
import { isInstalled } from '../../support/programs.js';
import { calibrate, compare, judge } from './compare.js';
import { BY_LANGUAGE, type MiniCarrier, STYLES, startStyle } from './mini-carrier.js';

const hasPython = isInstalled('python3');
interface Row {
  readonly name: string;
  readonly isThere: boolean;
  readonly startIt: () => Promise<MiniCarrier>;
  /** Whether it does what the document says, in an order of its own. */
  readonly isOfDocument?: boolean;
}

const ALL: readonly Row[] = [
  { name: 'go', isThere: isInstalled('go', 'version'), startIt: BY_LANGUAGE.go },
  { name: 'php', isThere: isInstalled('php'), startIt: BY_LANGUAGE.php },
  { name: 'python3', isThere: hasPython, startIt: BY_LANGUAGE.python3 },
  ...STYLES.map((style) => ({
    name: style,
    isThere: hasPython,
    startIt: () => startStyle(style),
    isOfDocument: true,
  })),
];
const SPEND_LIMIT = 20;
const REQUESTS = { seed: 20261207, count: 200, mistakes: 2 };
const DIFFERENCES_MAX = 4;
/** Its request is ten minutes old, and one of the carriers has a window of exactly that. */
const BY_MILLISECONDS = 'loginTokenValidate/103000/time-is-not-the-requests';

test.each(ALL.filter(({ isThere }) => isThere))(
  '$name: what it recorded is no difference',
  { timeout: 600_000 },
  async ({ startIt, isOfDocument = false }) => {
    const carrier = await startIt();
    try {
      const recording = await calibrate(carrier, SPEND_LIMIT);
      const judged = await judge(carrier, recording);
      const idOf = (line: string) => line.split(' ')[0] ?? '';
      const isRecorded = (line: string) =>
        recording.answers[idOf(line)] !== undefined && idOf(line) !== BY_MILLISECONDS;
      const recordedIds = Object.keys(recording.answers);
      expect(recordedIds.length).toBeGreaterThan(150);
      expect([...judged.fail, ...judged.warn].filter(isRecorded).join('\n')).toBe('');
      if (isOfDocument) expect(judged.fail.join('\n')).toBe('');
      const calibration = { calibration: recording } as ConfigurationInput;
      const codes = isOfDocument ? await compare(carrier, calibration, REQUESTS) : [];
      expect(codes.length, codes.join('\n')).toBeLessThanOrEqual(DIFFERENCES_MAX);
    } finally {
      carrier.stop();
    }
  },
);
