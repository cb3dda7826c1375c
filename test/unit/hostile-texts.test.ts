/** Texts made to be slow to read: four times the text takes no sixteen times the time, as a regular expression that goes back would. */
import { describe, expect, test } from 'vitest';
import { knownHosts } from '../../mock-server/control/known-hosts.js';
import { compileIpWhitelist } from '../../mock-server/engine/ip-whitelist.js';
import { explain } from '../../mock-server/explain/explain.js';
import { entryProblem } from '../../mock-server/explain/ip/entry-problem.js';
import { parseScript } from '../../mock-server/outcomes/script.js';
import { schemaProblem } from '../../mock-server/schema-problem.js';
import * as validators from '../../mock-server/validators.js';
import { checkPhoneNumber } from '../../src/client/check.js';
import { loginBody, verifyBody } from '../support/engine.js';
import { subjectFor } from '../support/explain.js';

const KIB = 1024;
const TIMES_LONGER = 4;
// Linear is four, quadratic sixteen; what lies between is a busy machine.
const TIMES_SLOWER_MAX = 10;
// Shorter times are those of the machine, and not of the text.
const FLOOR_MS = 5;
const RUNS = 5;

/** What regular expressions stumble over: runs of one kind of character, and beginnings without an end. */
const TEXTS: readonly { readonly description: string; readonly piece: string }[] = [
  { description: 'spaces', piece: ' ' },
  { description: 'tabs and line feeds', piece: '\t\n' },
  { description: 'zeros', piece: '0' },
  { description: 'digits', piece: '17' },
  { description: 'capital hex', piece: 'AF' },
  { description: 'equals signs', piece: '=' },
  { description: 'dashes', piece: ' - ' },
  { description: 'escapes', piece: '%41' },
  { description: 'percent signs', piece: '%' },
  { description: 'open quotes', piece: '\\"' },
  { description: 'commas', piece: ',' },
  { description: 'dots', piece: '1.' },
  { description: 'names of a form', piece: 'a=b&' },
  { description: 'parts of a form', piece: 'content-disposition: name' },
  { description: 'brackets', piece: '[{' },
  { description: 'slashes', piece: '/' },
  { description: 'Base64', piece: 'QUJD' },
];

function textOf(piece: string, length: number): string {
  // What comes last makes whatever has matched so far fail.
  return `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}\u0000x`;
}

function timeOf(run: () => unknown): number {
  // Of the processor: what others do on the machine does not count.
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    run();
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...times);
}

interface Reader {
  readonly reads: string;
  /** The longest text that gets there. */
  readonly lengthMax: number;
  readonly read: (text: string) => unknown;
}

const READERS: readonly Reader[] = [
  ...(['token', 'sign', 'msgid', 'systemtime'] as const).map((field) => ({
    reads: `the explanation of login’s ${field}`,
    lengthMax: 60 * KIB,
    read: (text: string) => explain(subjectFor('loginTokenValidate', loginBody({ [field]: text })), 'en'),
  })),
  ...(['phoneNum', 'token'] as const).map((field) => ({
    reads: `the explanation of verify’s ${field}`,
    lengthMax: 60 * KIB,
    read: (text: string) => explain(subjectFor('tokenValidate', verifyBody({ body: { [field]: text } })), 'zh'),
  })),
  {
    reads: 'the explanation of a field’s name',
    lengthMax: 60 * KIB,
    read: (text) => explain(subjectFor('loginTokenValidate', loginBody({ [text]: 'x' })), 'en'),
  },
  {
    reads: 'the explanation of a body that is no JSON',
    lengthMax: 60 * KIB,
    read: (text) => explain(subjectFor('loginTokenValidate', text), 'en'),
  },
  {
    reads: 'the check of a control body',
    lengthMax: 900 * KIB,
    read: (text) => schemaProblem(validators.createApp, { [text]: 1, appId: text, controlToken: text }),
  },
  { reads: 'a whitelist', lengthMax: 4000, read: (text) => compileIpWhitelist(text)('127.0.0.1') },
  { reads: 'the check of an entry of it', lengthMax: 4000, read: entryProblem },
  { reads: 'a script', lengthMax: 4096, read: (text) => parseScript('tokenValidate', text) },
  { reads: 'the guard of a Host', lengthMax: 16 * KIB, read: knownHosts(['mock.example.com']) },
  {
    reads: 'the client’s look at a phone number',
    lengthMax: 60 * KIB,
    read: (text) => mistakeOf(() => checkPhoneNumber(`86${text}`)),
  },
];

function mistakeOf(check: () => void): unknown {
  try {
    return check();
  } catch (error) {
    return error;
  }
}

describe.each(READERS)('$reads', ({ lengthMax, read }) => {
  test.each(TEXTS)('takes $description', ({ piece }) => {
    const [short, long] = [textOf(piece, Math.floor(lengthMax / TIMES_LONGER)), textOf(piece, lengthMax)];
    const shortMs = Math.max(
      timeOf(() => read(short)),
      FLOOR_MS,
    );
    expect(timeOf(() => read(long)) / shortMs).toBeLessThan(TIMES_SLOWER_MAX);
  });
});
