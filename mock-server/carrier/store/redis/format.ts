/** The version in which the keys of a Redis are written. A server of another version does not start on it. */
import { BilingualError } from '../../../../src/text/bilingual.js';
import type { Connection } from './connection.js';
import { formatKey, KEY_PREFIX } from './keys.js';

/** Raised by a change after which a server cannot read what an earlier build wrote. */
const FORMAT = '2';

/** Marks an empty Redis with the format of this build. Rejects with one sentence if it has another. */
export async function requireFormat(
  { client, shown }: Pick<Connection, 'client' | 'shown'>,
  keyPrefix = KEY_PREFIX,
): Promise<void> {
  const key = formatKey(keyPrefix);
  // A store that refuses writes is no reason not to start: the requests that need it report it.
  await client.set(key, FORMAT, 'NX').catch(() => undefined);
  const found = await client.get(key);
  if (found === null || found === FORMAT) return;
  client.disconnect();
  throw new BilingualError({
    en: `${shown} has state of another version of cmpassport-mock (format ${found}; this build writes format ${FORMAT}): use another database of this Redis, empty this one, or start the version that wrote it`,
    zh: `${shown} 里的状态是另一个版本的 cmpassport-mock 写的（格式 ${found}，当前版本的格式为 ${FORMAT}）：请换一个数据库编号，清空这个库，或改用写入它的版本`,
  });
}
