/** Serves the script for pages and its tokens, to pages of this machine only. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Carrier } from '../../carrier/carrier.js';
import { pathOf, readBody } from '../carrier-listener.js';
import { pageLogin } from './page-login.js';
import { PAGE_SCRIPT, TOKEN_FILE } from './script.js';

const FOLDER = '/h5/js/jssdk_auth/';
const SCRIPT = /^\/h5\/js\/jssdk_auth\/jssdk-[\w.-]+\.js$/;
const LOOPBACK_PAGE =
  /^https?:\/\/(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/** `others` handles every other path. */
export function pageSdkListener(carrier: Carrier, others: RequestListener): RequestListener {
  return (req, res) => {
    const path = pathOf(req.url ?? '');
    if (SCRIPT.test(path)) return sendScript(res);
    if (path === FOLDER + TOKEN_FILE) return answerPage(carrier, req, res);
    others(req, res);
  };
}

/** It has no data, so any page may load it. */
function sendScript(res: ServerResponse): void {
  res.writeHead(200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(PAGE_SCRIPT);
}

function answerPage(carrier: Carrier, req: IncomingMessage, res: ServerResponse): void {
  const { origin = '' } = req.headers;
  if (!LOOPBACK_PAGE.test(origin)) {
    const detail = { en: 'only for pages of this machine', zh: '只供本机的网页使用' };
    sendJson(res, 403, { detail: detail[carrier.log.language] });
    return;
  }
  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Vary', 'Origin');
  readBody(req, async (body) => {
    const answer = await pageLogin(carrier, parsed(body)).catch((error) => {
      return { code: '500', message: 'error', detail: String(error) };
    });
    sendJson(res, 200, answer);
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function sendJson(res: ServerResponse, status: number, value: object): void {
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(JSON.stringify(value));
}
