/** What is loaded with its first use, so that a server starts without it. */
import type { RequestListener } from 'node:http';
import type { Log } from '../carrier/log.js';
import { problemReply, type Reply } from '../carrier/reply.js';
import { writeWhole } from './carrier-listener.js';

/** Loads again after a failure, for example if too many files were open. */
export function onceLoaded<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** A listener that is loaded with its first request. */
export function lateListener(log: Log, listener: () => Promise<RequestListener>): RequestListener {
  const load = onceLoaded(listener);
  return (req, res) => {
    load()
      .then((loaded) => loaded(req, res))
      .catch((error) => writeWhole(res, notLoaded(log, error)));
  };
}

/** The answer if a file of this program cannot be loaded, or what it loaded fails. */
export function notLoaded(log: Log, error: unknown): Reply {
  const cause = error instanceof Error ? error.stack : String(error);
  log.error({ en: `the control API failed: ${cause}`, zh: `控制接口出错：${cause}` });
  const detail = {
    en: 'the control API failed: the log of the server has the cause',
    zh: '控制接口出错，原因见模拟服务的日志',
  };
  return problemReply({
    status: 500,
    title: 'Internal Server Error',
    detail: detail[log.language],
  });
}
