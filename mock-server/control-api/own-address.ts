/** Where the caller reaches this server, as they wrote it: commands and programs are made with it. */

import type { ControlRequest } from './control-exchange.js';
import { Problem } from './problem.js';

// It is put into a shell command, or between the quotes of a program, and must not end either.
const BASE = /^(https?):\/\/([^/]*)(.*)$/s;
const HOST = /^[\w.:[\]-]+$/;
const MOUNT_PATH = /^[\w.~%/-]*$/;

/** With the path that the control API is mounted at in another app. @throws Problem if it cannot be quoted */
export function ownAddress({ base }: ControlRequest): string {
  const [, , host = '', mountPath = ''] = BASE.exec(base) ?? [];
  if (!HOST.test(host))
    throw new Problem(400, {
      en: `commands and programs need the address of this server, found Host ${JSON.stringify(host)}`,
      zh: `命令和程序里要写本服务的地址，实际的 Host 为 ${JSON.stringify(host)}`,
    });
  if (!MOUNT_PATH.test(mountPath))
    throw new Problem(400, {
      en: `commands and programs need the path of this server, found ${JSON.stringify(mountPath)}`,
      zh: `命令和程序里要写本服务的路径，实际为 ${JSON.stringify(mountPath)}`,
    });
  return base;
}

/** The same on the plain port: a program elsewhere does not trust the local CA. */
export function plainAddress(request: ControlRequest, httpPort: number | undefined): string {
  const own = ownAddress(request);
  if (!own.startsWith('https:') || httpPort === undefined) return own;
  return `http://${new URL(own).hostname}:${httpPort}`;
}
