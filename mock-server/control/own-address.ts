/** Where the caller reaches this server, as they wrote it: what commands and programs are made with. */
import type { Request } from 'express';
import { Problem } from './problem.js';

// What is put into a shell command, or between the quotes of a program, must not end it.
const HOST = /^[\w.:[\]-]+$/;
const MOUNT_PATH = /^[\w.~%/-]*$/;
const CONTROL_PATH = '/_mock';

/** Below the path that it is mounted at in an app of somebody's own. @throws Problem where that cannot be quoted */
export function ownAddress({ protocol, headers, baseUrl }: Request): string {
  const { host = '' } = headers;
  if (!HOST.test(host))
    throw new Problem(400, `commands and programs need the address of this server, found Host ${JSON.stringify(host)}`);
  const mountPath = baseUrl.slice(0, -CONTROL_PATH.length);
  if (!MOUNT_PATH.test(mountPath))
    throw new Problem(400, `commands and programs need the path of this server, found ${JSON.stringify(mountPath)}`);
  return `${protocol}://${host}${mountPath}`;
}

/** The same on the plain port: a program from elsewhere does not trust the local CA. */
export function plainAddress(req: Request, httpPort: number | undefined): string {
  const own = ownAddress(req);
  if (req.protocol !== 'https' || httpPort === undefined) return own;
  const address = new URL(own);
  return `http://${address.hostname}:${httpPort}`;
}
