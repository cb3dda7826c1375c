/** `contract calibrate`: finds out what a carrier does where the document is silent, and saves it in a file. */

import { appendFileSync, writeFileSync } from 'node:fs';
import type { Language } from '../../src/text/bilingual.js';
import type { ValuesOf } from '../../src/text/flags.js';
import { printable, printableLines } from '../../src/text/printable.js';
import { writing } from '../../src/text/usage-error.js';
import { changesBetween, isSettled, readCalibration } from '../calibrate/calibration.js';
import { type CalibrationOptions, type Plan, planOf } from '../calibrate/plan.js';
import { runCalibration } from '../calibrate/run-calibration.js';
import { type Spending, spendingFile } from '../calibrate/spending.js';
import { privateKey } from '../kit/sign.js';
import { usage } from '../kit/usage.js';
import { credentialsOf, type Profile, readProfile } from '../provider/profile.js';
import { profileProvider } from '../provider/profile-provider.js';
import { calibrationText, changesText, planText } from '../report/calibration.js';
import { count } from './flag-kinds.js';
import { type KitRows, LANG_ROW, readFlags } from './flags.js';
import type { Kit } from './kit.js';

export const CALIBRATE_ROWS = {
  profile: {
    flag: 'profile',
    value: 'file',
    isRepeated: true,
    help: {
      en: 'the carrier: addresses, credentials, tokens, spend limit (JSON)',
      zh: '要校准的服务：地址、凭据、token、花费上限（JSON）',
    },
  },
  spendLimit: {
    flag: 'spend-limit',
    value: 'n',
    kind: count(),
    isRepeated: true,
    help: {
      en: 'the maximum number of calls with a live token, instead of the profile’s limit; by default none',
      zh: '最多用有效 token 调用多少次，优先于 profile 里的上限，默认不调用',
    },
  },
  out: {
    flag: 'out',
    value: 'file',
    help: {
      en: 'the file for the result; by default calibration.json',
      zh: '结果写到哪里，默认 calibration.json',
    },
  },
  against: {
    flag: 'against',
    value: 'file',
    help: {
      en: 'an earlier result: report what has changed since; the exit status is 1 if anything has changed',
      zh: '以前的结果文件：列出有什么变化，有变化时退出码为 1',
    },
  },
  dryRun: {
    flag: 'dry-run',
    help: {
      en: 'print the plan and its cost; send nothing',
      zh: '只列出计划和花费，什么也不发送',
    },
  },
  yes: {
    flag: 'yes',
    help: {
      en: 'send without asking',
      zh: '不询问，直接发送',
    },
  },
  json: {
    flag: 'json',
    value: 'file',
    help: {
      en: 'write the plan, the result without its evidence, and the changes as JSON',
      zh: '用 JSON 写出计划、结果（不含 evidence）和变化',
    },
  },
  lang: LANG_ROW,
} as const satisfies KitRows;

const GAP_MS = 200;
const KEY_BITS = 1024;

/** Returns the exit status: 1 for changes, 2 if nothing could be settled. */
export async function calibrate(args: readonly string[], kit: Kit): Promise<number> {
  const values = readFlags('contract calibrate', { rows: CALIBRATE_ROWS, args });
  const { against, out = 'calibration.json', lang = kit.language } = values;
  if (values.profile === undefined) throw usage('calibrate.no-profile');
  const page = { lang, colour: kit.out.colour };
  const before = against === undefined ? undefined : readCalibration(against);
  const options = calibrationOptions(readProfile(values.profile), values, out, kit);
  const { provider, spending } = options;
  const summary = (content: object) => {
    const { json } = values;
    if (json !== undefined) writing('--json', json, () => writeFileSync(json, jsonText(content)));
  };

  const plan = planOf(options);
  const hasTokens = provider.has.has('token');
  const { limit } = spending;
  const terms = { target: provider.name, limit, spent: spending.spent(), hasTokens };
  kit.out.write(planText(plan, terms, page));
  if (values.dryRun) {
    summary({ ...terms, plan });
    return 0;
  }
  if (!values.yes && !(await confirmSending(kit, lang, provider.name))) return 0;

  // Before any request. An interrupted run keeps the earlier result.
  writing('--out', out, () => appendFileSync(out, ''));
  const onSent = progress(plan, spending, kit);
  const calibration = await runCalibration({ ...options, onSent });
  writing('--out', out, () => writeFileSync(out, jsonText(calibration)));
  spending.finish();

  const { paidCalls, readings, evidence: _, ...others } = calibration;
  const end = {
    en: `${paidCalls} of at most ${limit} calls with a live token were made. Written to ${printable(out)}.`,
    zh: `用有效 token 调用了 ${paidCalls} 次（上限 ${limit} 次）。结果已写入 ${printable(out)}。`,
  };
  kit.out.write(`\n${calibrationText(calibration, page)}\n${end[lang]}\n`);
  const changes = before && changesBetween(before, calibration);
  if (changes !== undefined) kit.out.write(`\n${changesText(changes, page)}`);
  summary({ ...terms, plan, out, result: { ...others, paidCalls, readings }, changes });
  if (!Object.values(readings).some(isSettled)) return 2;
  return changes !== undefined && changes.length > 0 ? 1 : 0;
}

/** In the texts of a carrier, control characters and those that change the writing direction stay JSON escapes. */
function jsonText(value: unknown): string {
  return `${printableLines(JSON.stringify(value, undefined, 2))}\n`;
}

function calibrationOptions(
  profile: Profile,
  { spendLimit }: Pick<ValuesOf<typeof CALIBRATE_ROWS>, 'spendLimit'>,
  out: string,
  { env, sources, version }: Kit,
): CalibrationOptions {
  const limit = spendLimit ?? profile.spendLimit ?? 0;
  const { appSignKey } = credentialsOf(profile, env);
  const { modulusLength = 0 } =
    appSignKey === undefined ? {} : (privateKey(appSignKey).asymmetricKeyDetails ?? {});
  return {
    provider: profileProvider(profile, { env, ...sources }),
    sources,
    createdWith: `cmpassport-mock ${version}`,
    spending: spendingFile(`${out}.spent`, limit, sources.nowMs),
    gapMs: profile.pacing?.gapMs ?? GAP_MS,
    longKey: modulusLength > KEY_BITS,
    disabled: (profile.disabled ?? []).map((row) => row.case),
  };
}

async function confirmSending(
  { confirm, out }: Kit,
  lang: Language,
  target: string,
): Promise<boolean> {
  if (confirm === undefined) throw usage('calibrate.no-terminal', { target: printable(target) });
  if (await confirm({ en: 'Send the requests? [y/N] ', zh: '发送这些请求？[y/N] ' }[lang]))
    return true;
  out.write({ en: 'Nothing was sent.\n', zh: '什么也没有发送。\n' }[lang]);
  return false;
}

/** The number of requests, and of the calls with a live token that are left. */
function progress({ freeRequests }: Plan, spending: Spending, { out, language }: Kit): () => void {
  let requestCount = 0;
  return () => {
    requestCount += 1;
    const left = Math.max(0, spending.limit - spending.spent());
    const calls = { en: `${left} live calls left`, zh: `有效 token 还可调用 ${left} 次` }[language];
    if (out.isTerminal) out.write(`\r${requestCount}/≈${freeRequests}, ${calls} `);
  };
}
