/**
 * The Lua scripts, which Redis executes atomically. The one key that a script receives is the prefix of its partition's
 * keys, which share a slot. The script appends the rest.
 *
 * For each collection, a partition has a hash of "revision value" by id; collections with few ids share one hash. If old
 * entries are dropped, a sorted set has the ids in the order of creation. Each log is a list of records, newest first, and
 * the number of the dropped ones.
 *
 * The scripts are written for speed: an unnecessary call, a function created per run, or a concatenation of texts costs
 * more than the work of Redis itself.
 */

/**
 * ARGV: token and msgId, each prefixed with "=", or empty; the prefix of the app that the caller
 * has cached. Returns app (false: none; "=": the cached one), clock, token, whether the msgId was seen, and the
 * counters as name, count, name, count …
 */
export const READ_PARTITION = `
local partition, token, msgId, known = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local kept = redis.call('HMGET', partition .. 'kept', 'app', 'clock')
local app = kept[1]
if app and string.sub(app, 1, #known) == known then app = '=' end
return {
  app,
  kept[2],
  token ~= '' and redis.call('HGET', partition .. 'token', string.sub(token, 2)),
  msgId ~= '' and redis.call('HEXISTS', partition .. 'msgId', string.sub(msgId, 2)),
  redis.call('HGETALL', partition .. 'counters')
}`;

/** ARGV: token. Returns the token and the clock of its partition. */
export const READ_TOKEN = `
return { redis.call('HGET', KEYS[1] .. 'token', ARGV[1]), redis.call('HGET', KEYS[1] .. 'kept', 'clock') }`;

/** Returns the last of `count` new revisions. A new partition begins at the time in microseconds, so that it repeats none. */
const DRAW = `
local function draw(partition, count)
  local last = redis.call('INCRBY', partition .. 'revision', count)
  if last > count then return last end
  local now = redis.call('TIME')
  last = now[1] * 1000000 + now[2] + count
  redis.call('SET', partition .. 'revision', string.format('%.0f', last))
  return last
end`;

/**
 * Adds a new id as the newest one and drops the oldest ids above the limit. A replaced value moves before all others, in
 * the order of the replacements. Revisions are below this number until the year 2096.
 */
const ARRANGE = `
local BEFORE_ALL = 4000000000000000
local function arrange(key, id, number, keep)
  redis.call('ZADD', key .. ':order', 'NX', number, id)
  local over = redis.call('ZCARD', key .. ':order') - keep
  if over <= 0 then return end
  local dropped = redis.call('ZPOPMIN', key .. ':order', over)
  for i = 1, #dropped, 2 do redis.call('HDEL', key, dropped[i]) end
end`;

/**
 * ARGV: the writes, one after another. Each has its kind and these arguments:
 * put: hash, id, expected revision, value, maximum number of ids or 0;
 * count: counter, limit or "", maximum number of counters; uncount: counter; remove: hash, id;
 * append: log, record, maximum number of records, channel to publish to or "";
 * clear: the name of a key; requireApp: nothing.
 * Returns the number of dropped journal records. Returns false and writes nothing if a revision has changed, a counter
 * has reached its limit, or a required app does not exist.
 */
export const COMMIT = `${DRAW}${ARRANGE}
local partition, argc = KEYS[1], #ARGV
local sizes = { put = 6, count = 4, uncount = 2, remove = 3, append = 5, clear = 2, requireApp = 1 }

local numbers, at = 0, 1
while at <= argc do
  local kind = ARGV[at]
  if kind == 'put' then
    numbers = numbers + 1
    local entry = redis.call('HGET', partition .. ARGV[at + 1], ARGV[at + 2])
    if (entry and string.match(entry, '^%d+') or '0') ~= ARGV[at + 3] then return false end
  elseif kind == 'count' then
    numbers = numbers + 1
    local limit = tonumber(ARGV[at + 2])
    if limit and tonumber(redis.call('HGET', partition .. 'counters', ARGV[at + 1]) or 0) >= limit then return false end
  elseif kind == 'requireApp' then
    if redis.call('HEXISTS', partition .. 'kept', 'app') == 0 then return false end
  end
  at = at + sizes[kind]
end

local number = numbers > 0 and draw(partition, numbers) - numbers
local evicted = 0

at = 1
while at <= argc do
  local kind = ARGV[at]
  if kind == 'append' then
    local key, recordsMax = partition .. ARGV[at + 1], tonumber(ARGV[at + 3])
    local over = redis.call('LPUSH', key, ARGV[at + 2]) - recordsMax
    if over > 0 then
      redis.call('LTRIM', key, 0, recordsMax - 1)
      redis.call('INCRBY', key .. ':evicted', over)
      if ARGV[at + 1] == 'journal' then evicted = evicted + over end
    end
    if ARGV[at + 4] ~= '' then redis.call('PUBLISH', ARGV[at + 4], ARGV[at + 2]) end
  elseif kind == 'put' then
    number = number + 1
    local key, revision, keep = partition .. ARGV[at + 1], string.format('%.0f', number), ARGV[at + 5]
    redis.call('HSET', key, ARGV[at + 2], revision .. ' ' .. ARGV[at + 4])
    if keep ~= '0' then
      if ARGV[at + 3] == '0' then arrange(key, ARGV[at + 2], revision, tonumber(keep))
      else redis.call('ZADD', key .. ':order', 'XX', string.format('%.0f', number - BEFORE_ALL), ARGV[at + 2]) end
    end
  elseif kind == 'count' then
    number = number + 1
    if redis.call('HINCRBY', partition .. 'counters', ARGV[at + 1], 1) == 1 then
      arrange(partition .. 'counters', ARGV[at + 1], string.format('%.0f', number), tonumber(ARGV[at + 3]))
    end
  elseif kind == 'remove' or kind == 'uncount' then
    local key, id = partition .. ARGV[at + 1], ARGV[at + 2]
    if kind == 'uncount' then key, id = partition .. 'counters', ARGV[at + 1] end
    redis.call('HDEL', key, id)
    redis.call('ZREM', key .. ':order', id)
  elseif kind == 'clear' then
    local key = partition .. ARGV[at + 1]
    redis.call('UNLINK', key, key .. ':order', key .. ':evicted')
  end
  at = at + sizes[kind]
end
return evicted`;

/** ARGV: counter, limit, maximum number of counters. Returns the count before; at the limit, counts nothing and returns false. */
export const TAKE = `${DRAW}${ARRANGE}
local key = KEYS[1] .. 'counters'
local taken = tonumber(redis.call('HGET', key, ARGV[1]) or 0)
if taken >= tonumber(ARGV[2]) then return false end
redis.call('HINCRBY', key, ARGV[1], 1)
if taken == 0 then arrange(key, ARGV[1], string.format('%.0f', draw(KEYS[1], 1)), tonumber(ARGV[3])) end
return taken`;

/** ARGV: how many of a journal's newest records to keep. Returns the number of the dropped ones, which it does not read. */
export const TRIM_JOURNAL = `
local key, keep = KEYS[1] .. 'journal', tonumber(ARGV[1])
local over = redis.call('LLEN', key) - keep
if over <= 0 then return 0 end
redis.call('LTRIM', key, 0, keep - 1)
redis.call('INCRBY', key .. ':evicted', over)
return over`;

/** ARGV: a journal record, its replacement, the channel to publish to, the message. Does nothing without the record. */
export const REPLACE_RECORD = `
local key = KEYS[1] .. 'journal'
if redis.call('LINSERT', key, 'BEFORE', ARGV[1], ARGV[2]) < 1 then return false end
redis.call('LREM', key, 1, ARGV[1])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1`;
