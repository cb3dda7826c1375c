/** A calibration finds the readings of a carrier, or reports what is needed to settle them. */
import { expect, test } from 'vitest';
import { type Calibration, isSettled } from '../../../contracts/calibrate/calibration.js';
import { type IsAccepted, windowOf } from '../../../contracts/calibrate/judge.js';
import { AMBIGUITIES } from '../../../contracts/index.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { Need } from '../../../contracts/kit/provider.js';
import { durationToMs } from '../../../contracts/kit/time.js';
import { calibrated, type TargetOptions, VERIFY } from './target.js';

const FREE = 0;
const LONG = {
  has: ['tokenValidate', 'rsa'],
  app: { appVerifyKey: keys.longVerifyKey },
  appSignKey: keys.longSignKey,
  longKey: true,
} as const;
const H5 = { has: ['h5TokenValidate', 'token'] } as const;

interface Row {
  readonly reading: string;
  readonly options: readonly string[];
  /** The number of calls with a live token, by option if they differ. `never`: no profile settles it. */
  readonly paid: number | 'never' | Readonly<Record<string, number>>;
  readonly target?: TargetOptions & { readonly longKey?: boolean };
}

const ROWS: readonly Row[] = [
  { reading: 'login-md5-case', options: ['any', 'upper'], paid: FREE },
  {
    reading: 'verify-hex-case',
    options: ['upper', 'any', 'sign'],
    paid: { upper: FREE, any: 2, sign: 3 },
    target: { has: VERIFY },
  },
  { reading: 'content-type', options: ['any', 'json', 'refused:103412'], paid: FREE },
  { reading: 'json-numbers', options: ['keyType', 'refused', 'any'], paid: FREE },
  { reading: 'json-null', options: ['refused', 'absent', 'refused:103414'], paid: FREE },
  {
    reading: 'system-time',
    options: [
      ...['digits', 'calendar', 'window:-1h..10m'],
      'loginTokenValidate=window:10m;tokenValidate=digits',
    ],
    paid: FREE,
  },
  { reading: 'system-time', options: ['window:5m'], paid: FREE, target: { has: VERIFY } },
  {
    reading: 'msgid-replay',
    options: [
      ...['allowed', 'refused', 'refused:105313'],
      'loginTokenValidate=refused:103412;tokenValidate=allowed',
    ],
    paid: FREE,
  },
  {
    reading: 'refused-call-uses-token',
    options: ['no', 'yes', 'reached'],
    paid: { no: 5, yes: 11, reached: 8 },
  },
  { reading: 'verify-quota-code', options: ['103420', '102315', '105312'], paid: 'never' },
  { reading: 'daily-quota-counts', options: ['charged', 'every-call'], paid: 'never' },
  { reading: 'daily-quota-covers', options: ['both', 'tokenValidate'], paid: 'never' },
  { reading: 'login-ip-check', options: ['strict-only', 'always', 'registered'], paid: 'never' },
  { reading: 'login-error-desc', options: ['sent', 'absent'], paid: FREE },
  { reading: 'unknown-app-at-verify', options: ['102', '302', 'refused:999'], paid: FREE },
  { reading: 'other-apps-dead-token', options: ['103133', '104201'], paid: 'never' },
  { reading: 'verify-rsa-encoding', options: ['base64', 'hex'], paid: FREE },
  { reading: 'verify-sign-key', options: ['appVerifyKey', 'either'], paid: FREE },
  // With a key of 1024 bits both options have the same result, and a refusal of a longer key could have another cause.
  { reading: 'verify-key-size', options: ['any', '1024'], paid: 'never' },
  { reading: 'verify-key-size', options: ['any'], paid: FREE, target: LONG },
  { reading: 'verify-params-encoding', options: ['any', 'encoded'], paid: FREE },
  { reading: 'verify-echo', options: ['echoed', 'empty', 'decoded', 'absent'], paid: FREE },
  {
    reading: 'refusal-task-id',
    options: ['sent', 'absent', 'loginTokenValidate=absent;tokenValidate=sent'],
    paid: FREE,
  },
  { reading: 'verify-result-desc', options: ['words', 'code'], paid: FREE },
  { reading: 'h5-sign-case', options: ['any', 'upper'], paid: FREE, target: H5 },
  { reading: 'h5-refusal-data', options: ['absent', 'null'], paid: FREE, target: H5 },
];

/** False for an option with a value. */
const isWhole = (option: string) => !option.includes(':');

test('every option of every ambiguity has a row', () => {
  const inRows = ROWS.map(({ reading, options }) => ({
    reading,
    options: options.filter(isWhole),
  }));
  for (const { id, readings } of AMBIGUITIES) {
    const options = readings.map(({ option }) => option).filter(isWhole);
    expect(inRows, id).toContainEqual({ reading: id, options: expect.arrayContaining(options) });
  }
});

type Case = Row & { readonly option: string };

const CASES: readonly Case[] = ROWS.flatMap((row) =>
  row.options.map((option) => ({ ...row, option })),
);

type Options = Readonly<Record<string, string>>;

const DEFAULTS: Options = Object.fromEntries(AMBIGUITIES.map((row) => [row.id, row.default]));

/** A carrier with one option of each reading that needs no live token, the default where a reading has no further one. */
function carrierOf(turn: number, target: Row['target']): Options {
  const free = ROWS.filter((row) => row.target === target && typeof row.paid !== 'object');
  const options = free.flatMap((row) => {
    const option = row.options[turn];
    return option === undefined ? [] : [[row.reading, option] as const];
  });
  return { ...DEFAULTS, ...Object.fromEntries(options) };
}

/** Each settled reading is the carrier's. */
function expectRight({ readings }: Calibration, carrier: Options): void {
  for (const [id, found] of Object.entries(readings))
    if (isSettled(found)) expect({ id, option: found.option }).toEqual({ id, option: carrier[id] });
}

const calibrations = new Map<string, Promise<Calibration>>();

function sharedCalibration(inputs: Parameters<typeof calibrated>[0]): Promise<Calibration> {
  const key = JSON.stringify(inputs);
  const calibrating = calibrations.get(key) ?? calibrated(inputs);
  calibrations.set(key, calibrating);
  return calibrating;
}

/** The carrier of a case, and its calibration. A carrier that costs no live token has cases of all such readings. */
function calibrationOf({ reading, options, option, target, paid }: Case, limit: number) {
  const isPaid = typeof paid === 'object';
  const carrier = isPaid
    ? { ...DEFAULTS, [reading]: option }
    : carrierOf(options.indexOf(option), target);
  return { carrier, calibrating: sharedCalibration({ ...target, readings: carrier, limit }) };
}

for (const row of CASES) {
  const { reading, option, paid } = row;
  const limit = typeof paid === 'object' ? (paid[option] ?? 0) : 0;
  const how =
    paid === 'never' ? 'not settled' : limit === 0 ? 'settled free' : `settled with ${limit} calls`;
  test(`${reading}: ${option} is ${how}`, async () => {
    const { carrier, calibrating } = calibrationOf(row, limit);
    const calibration = await calibrating;
    const found = calibration.readings[reading];
    expect(calibration.paidCalls).toBe(limit);
    if (paid === 'never') {
      expect(found).toEqual({
        notSettled: { en: expect.stringMatching(/^Needs /), zh: expect.stringMatching(/^需要/) },
        evidence: [],
      });
    } else
      expect(found).toMatchObject({
        option,
        evidence: expect.arrayContaining([expect.any(String)]),
      });
    expectRight(calibration, carrier);
  });
}

test('a probe that depends on the encoding of RSA is sent in the encoding that was found', async () => {
  const readings = { 'verify-rsa-encoding': 'hex', 'verify-sign-key': 'either' };
  const found = (await calibrated({ has: ['tokenValidate', 'rsa'], readings })).readings;
  expect(found).toMatchObject({
    'verify-rsa-encoding': { option: 'hex' },
    'verify-sign-key': { option: 'either' },
  });
});

test.each(['1m', '30m', '24h'])('a window of %s has this width', async (width) => {
  const isAccepted: IsAccepted = async (ms) => Math.abs(ms) < durationToMs(width);
  expect(await windowOf(isAccepted, 0)).toMatchObject({ options: [`window:${width}`] });
});

test.each(['30s', '7m', '90d'])('the bounds of %s are not a usual width', async (width) => {
  const isAccepted: IsAccepted = async (ms) => Math.abs(ms) < durationToMs(width);
  expect(await windowOf(isAccepted, 0)).toMatchObject({
    open: { en: expect.stringContaining('not a usual width') },
  });
});

const LOGIN: readonly Need[] = ['loginTokenValidate'];
const VERIFY_ALONE: readonly Need[] = ['tokenValidate'];

test.each([
  {
    description: 'login alone cannot distinguish keyType from refused',
    has: LOGIN,
    reading: 'json-numbers',
    message: 'match keyType and refused',
  },
  {
    description: 'a reading of verify needs verify',
    has: LOGIN,
    reading: 'verify-echo',
    message: 'the capability tokenValidate',
  },
  {
    description: 'the encoding of RSA needs keys',
    has: VERIFY_ALONE,
    reading: 'verify-rsa-encoding',
    message: 'the capability rsa',
  },
  {
    description: 'without a source of tokens no live token is used',
    has: VERIFY_ALONE,
    reading: 'refused-call-uses-token',
    message: 'more calls with a live token',
  },
])('$description', async ({ has, reading, message }) => {
  const { readings, paidCalls } = await sharedCalibration({ has, limit: 20 });
  expect(readings[reading]).toMatchObject({
    notSettled: { en: expect.stringContaining(message), zh: expect.any(String) },
  });
  expect(paidCalls).toBe(0);
});
