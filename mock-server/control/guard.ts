/** Who may use the control API: whoever has the control token, where one is set, and no web page of another origin. */
import type { NextFunction, Request, Response } from 'express';
import { equalInConstantTime } from '../../src/protocol/sign.js';
import { Problem } from './problem.js';

const BEARER = /^Bearer +(\S+)$/i;

export function requireToken(controlToken: string | undefined) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    if (controlToken !== undefined && !isBearer(req, controlToken)) {
      throw new Problem(401, 'this server asks for its control token: send it as "Authorization: Bearer <token>"');
    }
    next();
  };
}

function isBearer({ headers }: Request, controlToken: string): boolean {
  const presented = BEARER.exec(headers.authorization ?? '')?.[1];
  return presented !== undefined && equalInConstantTime(presented, controlToken);
}

/** A page that somebody visits must not drive the server on their machine: browsers say in Origin where a request comes from. */
export function refuseOtherOrigins(req: Request, _res: Response, next: NextFunction): void {
  const { origin, host } = req.headers;
  if (origin !== undefined && hostOf(origin) !== host) {
    throw new Problem(
      403,
      `a page of ${JSON.stringify(origin)} may not use the control API of ${JSON.stringify(host)}`,
    );
  }
  next();
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
