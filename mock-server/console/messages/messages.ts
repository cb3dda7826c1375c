/** All texts of the console by id, each in both languages. */
import { APPS } from './apps.js';
import { COMMON } from './common.js';
import { HANDSET } from './handset.js';
import { OUTCOMES } from './outcomes.js';
import { REQUESTS } from './requests.js';

export const MESSAGES = { ...COMMON, ...REQUESTS, ...HANDSET, ...APPS, ...OUTCOMES } as const;

export type MessageId = keyof typeof MESSAGES;
