/** A target that is unreliable, hostile or not a carrier leads to readings that are not settled, never to a wrong one. */
import { expect, test } from 'vitest';
import { type Calibration, isSettled } from '../../../contracts/calibrate/calibration.js';
import { type IsAccepted, liveFindingOf, windowOf } from '../../../contracts/calibrate/judge.js';
import { ACCEPTED, PROBES } from '../../../contracts/calibrate/probes.js';
import { noCode } from '../../../contracts/calibrate/read-answer.js';
import { AMBIGUITIES } from '../../../contracts/index.js';
import { durationToMs } from '../../../contracts/kit/time.js';
import {
  ExchangeError,
  type Subject,
  type WireAnswer,
  type WireRequest,
} from '../../../contracts/kit/wire.js';
import { calibrated } from './target.js';

const LOGIN_CODES = ['103101', '103113', '103211', '103414', '103412', '104201', '103000'];
const VERIFY_CODES = ['302', '004', '303', '102', '606', '000'];

/** A well-formed response of a carrier, with the msgid of the request. */
function responseWith({ path, body }: WireRequest, login: string, verify: string): WireAnswer {
  const sent = jsonIn(body.toString());
  const json = path.includes('tokenValidate')
    ? {
        header: {
          appId: sent?.header?.appId ?? '',
          msgId: sent?.header?.msgId ?? '',
          resultCode: verify,
          timestamp: '20261127180000000',
        },
        body: { message: '', resultDesc: 'text', taskId: '1' },
      }
    : {
        inresponseto: sent?.msgid ?? '',
        resultCode: login,
        desc: 'text',
        systemtime: '20261127180000000',
        taskId: '1',
      };
  return { status: 200, headers: {}, body: JSON.stringify(json) };
}

interface SentFields {
  readonly msgid?: string;
  readonly header?: { readonly msgId?: string; readonly appId?: string };
}

function jsonIn(text: string): SentFields | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A deterministic generator (linear congruential). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const answering = (answer: (request: WireRequest) => WireAnswer) => (): Subject => ({
  send: async (request) => answer(request),
});
const page = (status: number, body: string) => answering(() => ({ status, headers: {}, body }));
const pick = (random: () => number, codes: readonly string[]) =>
  codes[Math.floor(random() * codes.length)] ?? '';

interface Hostile {
  readonly description: string;
  readonly subject: (own: Subject) => Subject;
}

const USELESS: readonly Hostile[] = [
  {
    description: 'no response',
    subject: () => ({ send: () => Promise.reject(new ExchangeError('no response in 10 ms')) }),
  },
  { description: 'a proxy’s page', subject: page(200, '<html>Sign in to the network</html>') },
  { description: 'a gateway’s 502', subject: page(502, '{"resultCode":"104201"}') },
  { description: 'JSON without a code', subject: page(200, '{}') },
  { description: 'a list', subject: page(200, '[]') },
  {
    description: 'one constant response',
    subject: page(200, '{"inresponseto":"1","resultCode":"104201"}'),
  },
  {
    description: 'responses to another request',
    subject: (own) => ({
      send: async (request) => {
        const { body, ...answer } = await own.send(request);
        return { ...answer, body: body.replace(/"(inresponseto|msgId)":"[^"]*"/, '"$1":"other"') };
      },
    }),
  },
  // The operations are independent, so each code of both is tried once.
  ...LOGIN_CODES.map((login, at) => {
    const verify = VERIFY_CODES[at % VERIFY_CODES.length] ?? '';
    return {
      description: `always ${login} and ${verify}`,
      subject: answering((request) => responseWith(request, login, verify)),
    };
  }),
  ...[0, 1, 2, 3].flatMap((seed) => {
    const random = seeded(seed);
    const oneOf = (login: readonly string[], verify: readonly string[]) =>
      answering((request) => responseWith(request, pick(random, login), pick(random, verify)));
    return [
      { description: `random codes (${seed})`, subject: oneOf(LOGIN_CODES, VERIFY_CODES) },
      {
        description: `one of two codes (${seed})`,
        subject: oneOf(['104201', '103101'], ['606', '302']),
      },
    ];
  }),
];

function settledIn({ readings }: Calibration): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(readings).flatMap(([id, one]) => (isSettled(one) ? [[id, one.option]] : [])),
  );
}

for (const { description, subject } of USELESS) {
  test(`${description}: nothing is settled or recorded`, async () => {
    const calibration = await calibrated({ subject, limit: 20 });
    const { texts, beyond, precedence, answers, paidCalls } = calibration;
    expect(settledIn(calibration)).toEqual({});
    const recorded = { texts, beyond, precedence, answers };
    expect(recorded).toEqual({ texts: {}, beyond: [], precedence: {}, answers: {} });
    expect(paidCalls).toBe(0);
  });
}

const DEFAULTS = Object.fromEntries(AMBIGUITIES.map((row) => [row.id, row.default]));

/** Ways in which one response can be wrong. */
const FAULTS: Readonly<Record<string, (request: WireRequest, random: () => number) => WireAnswer>> =
  {
    lost: () => {
      throw new ExchangeError('time-out');
    },
    'a page with status 502': () => ({ status: 502, headers: {}, body: '<html>' }),
    'another code': (request, random) =>
      responseWith(request, pick(random, LOGIN_CODES), pick(random, VERIFY_CODES)),
    'an unknown error': (request) => responseWith(request, '103211', '999'),
  };

const UNRELIABLE: readonly Hostile[] = Object.entries(FAULTS).flatMap(([fault, answer], at) =>
  [0.02, 0.1, 0.4].map((share) => {
    const random = seeded(at + 10);
    return {
      description: `${share * 100} % of the responses are ${fault}`,
      subject: (own: Subject): Subject => ({
        send: async (request) => (random() < share ? answer(request, random) : own.send(request)),
      }),
    };
  }),
);

for (const { description, subject } of UNRELIABLE) {
  test(`${description}: every settled reading is correct`, async () => {
    const calibration = await calibrated({ subject, limit: 20 });
    expect(DEFAULTS).toMatchObject(settledIn(calibration));
    expect(calibration.paidCalls).toBeLessThanOrEqual(20);
  });
}

test('a success with another number settles nothing', () => {
  const [probe] = PROBES.filter(
    ({ operation, predicts }) => operation === 'loginTokenValidate' && ACCEPTED in predicts,
  );
  const result = {
    ...noCode(''),
    code: '103000',
    numberRight: false,
    evidence: 'one',
    issued: undefined,
  };
  expect(probe && liveFindingOf(probe, { ...result, operation: probe.operation })).toHaveProperty(
    'open',
  );
});

test('a carrier whose clock is wrong by more than its window settles nothing', async () => {
  const calibration = await calibrated({
    readings: { 'system-time': 'window:5m' },
    clockOff: '10m',
  });
  expect(settledIn(calibration)).toEqual({});
});

test('a carrier whose clock is wrong by less than its window has a window that is not settled', async () => {
  const { readings } = await calibrated({
    readings: { 'system-time': 'window:5m' },
    clockOff: '2m',
  });
  expect(readings['system-time']).toMatchObject({ notSettled: expect.any(Object) });
  expect(readings['login-md5-case']).toMatchObject({ option: 'any' });
});

test.each([60_000, -60_000])(
  'an asymmetric window of a clock that is %d ms off is not settled',
  async (clockOffMs) => {
    const isAccepted: IsAccepted = async (ms) =>
      ms > -durationToMs('3m') && ms < durationToMs('5m');
    expect(await windowOf(isAccepted, clockOffMs)).toHaveProperty('open');
  },
);

test('a text that is not a description of a code is ignored, and the others are recorded', async () => {
  const wordy = (own: Subject): Subject => ({
    send: async (request) => {
      const answer = await own.send(request);
      return {
        ...answer,
        body: answer.body.replace(
          '"sign error"',
          JSON.stringify('at java.lang.Thread '.repeat(50)),
        ),
      };
    },
  });
  const { texts, readings } = await calibrated({ subject: wordy });
  expect(texts['loginTokenValidate']).not.toHaveProperty('103101');
  expect(texts['loginTokenValidate']).toMatchObject({ '103414': expect.any(String) });
  expect(readings['login-error-desc']).toMatchObject({ option: 'sent' });
});
