/** Valid requests of one app, signed with the contract kit. */
import type { Operation } from '../../contracts/index.js';
import { buildRequest } from '../../contracts/provider/build-request.js';
import type { When } from '../../contracts/provider/case.js';
import { beijingTime } from '../../contracts/sign/time.js';
import { requestBytes } from './client.js';
import type { Reply } from './replies.js';

const LIVES_A_DAY_MS = 86_400_000;
export const PHONE_NUMBER = '13800138000';
export const OTHER_PHONE_NUMBER = '13800138001';

/** Under contract without a limit. Its tokens live longer than a run. */
export const LOAD_APP = {
  appId: 'load',
  appKey: 'key-of-load',
  appSecret: 'secret-of-load',
  contracted: true,
  callPackage: null,
  tokenTtlMs: LIVES_A_DAY_MS,
};

export interface LoadRequest {
  readonly operation: Operation;
  readonly token: string;
  readonly phoneNumber?: string;
  /** Makes the signature invalid. */
  readonly spoiled?: boolean;
  readonly appId?: string;
}

const SENT_AT = beijingTime(Date.now());
const SPOILED: Readonly<Record<Operation, When>> = {
  loginTokenValidate: { derived: { '/sign': { separator: '&' } } },
  tokenValidate: { derived: { '/body/sign': { separator: '&' } } },
};

export function loadBytes({ operation, token, phoneNumber = PHONE_NUMBER, spoiled, appId }: LoadRequest): Buffer {
  const values = { ...VALUES, ...(appId !== undefined && { appId }), token, phoneNumber };
  const signing = operation === 'loginTokenValidate' ? 'md5' : 'hmac';
  const { wire } = buildRequest({ operation, signing, values }, spoiled === true ? SPOILED[operation] : {});
  return requestBytes(wire.path, wire.body.toString());
}

const { appId, appKey, appSecret } = LOAD_APP;
const VALUES = { appId, appKey, appSecret, msgId: 'bed1dc7f6cd645b9be9006ae08040c93', time: SENT_AT };

export function codeOf({ body }: Reply): string {
  return /"resultCode":"(\w+)"/.exec(body)?.[1] ?? `no result code in ${JSON.stringify(body.slice(0, 100))}`;
}

export const SUCCESS: Readonly<Record<Operation, string>> = { loginTokenValidate: '103000', tokenValidate: '000' };
