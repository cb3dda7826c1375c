/** The address of this server as the caller wrote it, for generated commands. */

import type { ControlRequest } from './control-exchange.js';
import { Problem } from './problem.js';

// The address becomes part of a shell command, and must not end it.
const BASE = /^(https?):\/\/([^/]*)(.*)$/s;
const HOST = /^[\w.:[\]-]+$/;
const MOUNT_PATH = /^[\w.~%/-]*$/;

/** Includes the path at which another server mounts the control API. @throws Problem if the address cannot be quoted */
export function ownAddress({ base }: ControlRequest): string {
  const [, , host = '', mountPath = ''] = BASE.exec(base) ?? [];
  if (!HOST.test(host))
    throw new Problem(400, {
      en: `the Host ${JSON.stringify(host)} cannot be part of a command: call this server by an address or a host name`,
      zh: `Host ${JSON.stringify(host)} 不能写进命令：请用 IP 地址或域名访问`,
    });
  if (!MOUNT_PATH.test(mountPath))
    throw new Problem(400, {
      en: `the path ${JSON.stringify(mountPath)} cannot be part of a command: mount this server at another path`,
      zh: `路径 ${JSON.stringify(mountPath)} 不能写进命令：请挂载到别的路径`,
    });
  return base;
}
