/** The address of this server as the caller wrote it, for generated commands and programs. */

import type { ControlRequest } from './control-exchange.js';
import { Problem } from './problem.js';

// The address becomes part of a shell command or of a quoted string in a program, and must not end either.
const BASE = /^(https?):\/\/([^/]*)(.*)$/s;
const HOST = /^[\w.:[\]-]+$/;
const MOUNT_PATH = /^[\w.~%/-]*$/;

/** Includes the path at which another server mounts the control API. @throws Problem if the address cannot be quoted */
export function ownAddress({ base }: ControlRequest): string {
  const [, , host = '', mountPath = ''] = BASE.exec(base) ?? [];
  if (!HOST.test(host))
    throw new Problem(400, {
      en: `the Host ${JSON.stringify(host)} cannot be part of a command or program: call this server by an address or a host name`,
      zh: `Host ${JSON.stringify(host)} 不能写进命令和程序：请用 IP 地址或域名访问`,
    });
  if (!MOUNT_PATH.test(mountPath))
    throw new Problem(400, {
      en: `the path ${JSON.stringify(mountPath)} cannot be part of a command or program: mount this server at another path`,
      zh: `路径 ${JSON.stringify(mountPath)} 不能写进命令和程序：请挂载到别的路径`,
    });
  return base;
}

/** The address of the HTTP port, because a program on another machine does not trust the local CA. */
export function plainAddress(request: ControlRequest, httpPort: number | undefined): string {
  const own = ownAddress(request);
  if (!own.startsWith('https:') || httpPort === undefined) return own;
  return `http://${new URL(own).hostname}:${httpPort}`;
}
