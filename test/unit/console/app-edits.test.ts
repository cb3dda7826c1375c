/** Unsaved edits of an app's settings, and the changes that are saved. */
import { expect, test } from 'vitest';
import {
  type AppEdits,
  changedPaths,
  changesOf,
} from '../../../mock-server/console/apps/app-edits.js';
import type { App } from '../../../src/control/api.js';

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

test.each<{ description: string; edits: AppEdits; changed: readonly string[]; body: object }>([
  { description: 'no edits', edits: {}, changed: [], body: {} },
  {
    description: 'edits equal to the saved values',
    edits: { name: '', dailyQuota: '1000' },
    changed: [],
    body: {},
  },
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
  {
    description: 'a lifetime',
    edits: { tokenTtlMs: '90s' },
    changed: ['tokenTtlMs'],
    body: { tokenTtlMs: 90_000 },
  },
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

test('a text that is not a number is sent, so that the server refuses it', () => {
  const edits = { dailyQuota: 'many', callPackage: '-1', tokenTtlMs: '2 minutes' };
  expect(changesOf(APP, edits)).toEqual(edits);
});
