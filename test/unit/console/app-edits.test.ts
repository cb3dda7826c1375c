/** Unsaved edits of an app's settings, and the changes that are saved. */
import { describe, expect, test } from 'vitest';
import {
  type AppEdits,
  changedPaths,
  changesOf,
  formOf,
  problemsOf,
} from '../../../mock-server/console/apps/app-edits.js';
import type { App, ReadingRow } from '../../../src/control/api.js';

const APP = {
  appId: 'shop',
  name: null,
  appKey: 'K',
  appSecret: 'S',
  appVerifyKey: null,
  appEncryptKey: 'E',
  capabilities: ['loginTokenValidate', 'tokenValidate'],
  signSecret: 'appSecret',
  contracted: false,
  dailyQuota: 1000,
  callPackage: null,
  tokenTtlMs: 120_000,
  ipWhitelist: { loginTokenValidate: '10.0.0.1', tokenValidate: null },
  readings: { 'login-md5-case': 'any', 'system-time': 'digits' },
} as unknown as App;

const READINGS = [
  { id: 'login-md5-case', options: [{ option: 'any' }, { option: 'upper' }], pattern: null },
  { id: 'system-time', options: [{ option: 'digits' }], pattern: '^window:\\d+m$' },
] as unknown as readonly ReadingRow[];

test.each<{ description: string; edits: AppEdits; changed: readonly string[]; body: object }>([
  { description: 'no edits', edits: {}, changed: [], body: {} },
  { description: 'edits equal to the saved values', edits: { name: '', dailyQuota: '1000' }, changed: [], body: {} },
  {
    description: 'a capability',
    edits: { 'capabilities.smsFallback': true },
    changed: ['capabilities.smsFallback'],
    body: { capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'] },
  },
  { description: 'a name', edits: { name: ' Shop ' }, changed: ['name'], body: { name: 'Shop' } },
  {
    description: 'numbers',
    edits: { dailyQuota: '5', callPackage: '7' },
    changed: ['callPackage', 'dailyQuota'],
    body: { dailyQuota: 5, callPackage: 7 },
  },
  {
    description: 'credentials',
    edits: { appSecret: ' mine ', appEncryptKey: '' },
    changed: ['appEncryptKey', 'appSecret'],
    body: { appSecret: 'mine', appEncryptKey: null },
  },
  { description: 'a lifetime', edits: { tokenTtlMs: '90s' }, changed: ['tokenTtlMs'], body: { tokenTtlMs: 90_000 } },
  {
    description: 'one whitelist of two',
    edits: { 'ipWhitelist.tokenValidate': '' },
    changed: ['ipWhitelist.tokenValidate'],
    body: { ipWhitelist: { tokenValidate: '' } },
  },
  {
    description: 'one interpretation of two',
    edits: { 'readings.system-time': 'window:5m' },
    changed: ['readings.system-time'],
    body: { readings: { 'system-time': 'window:5m' } },
  },
])('$description', ({ edits, changed, body }) => {
  expect(changedPaths(APP, edits).toSorted()).toEqual(changed);
  expect(changesOf(APP, edits)).toEqual(body);
});

test('an empty name and an empty package limit are saved as null', () => {
  const app = { ...APP, name: 'Shop', callPackage: 3 };
  expect(changesOf(app, { name: ' ', callPackage: '' })).toEqual({ name: null, callPackage: null });
});

describe('invalid settings', () => {
  test.each<{ edits: AppEdits; wrong: readonly string[] }>([
    { edits: {}, wrong: [] },
    { edits: { name: 'n'.repeat(100) }, wrong: [] },
    { edits: { name: 'n'.repeat(101) }, wrong: ['name'] },
    { edits: { dailyQuota: '' }, wrong: ['dailyQuota'] },
    { edits: { dailyQuota: '0' }, wrong: [] },
    { edits: { callPackage: '-1' }, wrong: ['callPackage'] },
    { edits: { tokenTtlMs: '0' }, wrong: ['tokenTtlMs'] },
    { edits: { tokenTtlMs: '1' }, wrong: [] },
    { edits: { tokenTtlMs: '2m' }, wrong: [] },
    { edits: { tokenTtlMs: '2 minutes' }, wrong: ['tokenTtlMs'] },
    { edits: { 'readings.system-time': 'window:5m' }, wrong: [] },
    { edits: { 'readings.system-time': 'window:5' }, wrong: ['readings.system-time'] },
    { edits: { 'readings.login-md5-case': 'lower' }, wrong: ['readings.login-md5-case'] },
  ])('$edits', ({ edits, wrong }) => {
    expect(problemsOf(formOf(APP, edits), READINGS).map(({ path }) => path)).toEqual(wrong);
  });
});
