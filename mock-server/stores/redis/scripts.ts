/**
 * What Redis does in one go, in Lua: each script runs to its end before anything else does. The one key that a script
 * is given is what the names of its world's keys begin with: they share a slot, and which of them it needs is its own affair.
 *
 * A world has, for each collection, a hash of "revision value" by id; where old ones are dropped, a sorted set of the
 * ids in the order of their coming. For each log a list, the newest first, of "label, bytes, appId" on a line each
 * and the record; and a hash of what was appended, what is kept and what was dropped.
 */

/**
 * ARGV: token, msgId, operation, each with a "=" in front or empty where none is asked for; the revision of the app
 * that the caller has. Returns app (false: none; "=": the same), clock, token, whether the msgId was seen, script,
 * counters as name, count, name, count …
 */
export const READ_WORLD = `
local world = KEYS[1]
local function get(collection, asked)
  if asked == '' then return false end
  return redis.call('HGET', world .. collection, string.sub(asked, 2))
end
local app = redis.call('HGET', world .. 'app', '')
local known = ARGV[4] .. ' '
if app and string.sub(app, 1, #known) == known then app = '=' end
local msgIdSeen = 0
if ARGV[2] ~= '' then msgIdSeen = redis.call('HEXISTS', world .. 'msgId', string.sub(ARGV[2], 2)) end
return {
  app,
  redis.call('HGET', world .. 'clock', ''),
  get('token', ARGV[1]),
  msgIdSeen,
  get('script', ARGV[3]),
  redis.call('HGETALL', world .. 'counters')
}`;

/** ARGV: token. The token, and the clock of its world. */
export const READ_TOKEN = `
return { redis.call('HGET', KEYS[1] .. 'token', ARGV[1]), redis.call('HGET', KEYS[1] .. 'clock', '') }`;

/** Functions that number and bound what is kept; `numbers` is how many of them a script may ask for. */
const KEEPING = `
local world = KEYS[1]
local numbers = 0
local number = 0

-- Numbers that no world of this name had before: a new one begins at the time in microseconds.
local function nextNumber()
  if number == 0 then
    local last = redis.call('INCRBY', world .. 'revision', numbers)
    if last == numbers then
      local now = redis.call('TIME')
      last = now[1] * 1000000 + now[2] + numbers
      redis.call('SET', world .. 'revision', string.format('%.0f', last))
    end
    number = last - numbers
  end
  number = number + 1
  return string.format('%.0f', number)
end

local function dropOldest(key, keep)
  local over = redis.call('ZCARD', key .. ':order') - keep
  if over <= 0 then return end
  local dropped = redis.call('ZPOPMIN', key .. ':order', over)
  for i = 1, #dropped, 2 do redis.call('HDEL', key, dropped[i]) end
end

local function count(counter, keep)
  local key = world .. 'counters'
  if redis.call('HINCRBY', key, counter, 1) > 1 then return end
  redis.call('ZADD', key .. ':order', nextNumber(), counter)
  dropOldest(key, tonumber(keep))
end
`;

/**
 * ARGV: the writes, one after another, each its kind and then
 * put: collection, id, expected revision, value, how many ids are kept or 0 for all;
 * count: counter, limit or "", how many counters are kept; uncount: counter; remove: collection, id;
 * append: log, label, bytes, appId, record, how many records are kept, how many bytes or 0 for any, the channel where it is told or "", what is told before it;
 * clear: the name of a key; forget: appId.
 * Returns how many journal records were dropped for it; false where a revision has moved on or a count is full, and then nothing is written.
 */
export const COMMIT = `${KEEPING}
local sizes = { put = 6, count = 4, uncount = 2, remove = 3, append = 10, clear = 2, forget = 2 }

local at = 1
while ARGV[at] do
  local kind = ARGV[at]
  if kind == 'put' then
    numbers = numbers + 1
    local entry = redis.call('HGET', world .. ARGV[at + 1], ARGV[at + 2])
    local revision = entry and string.match(entry, '^%d+') or '0'
    if revision ~= ARGV[at + 3] then return false end
  elseif kind == 'count' then
    numbers = numbers + 1
    local limit = tonumber(ARGV[at + 2])
    if limit and tonumber(redis.call('HGET', world .. 'counters', ARGV[at + 1]) or 0) >= limit then return false end
  end
  at = at + sizes[kind]
end

local evicted = 0
local apply = {}

function apply.put(collection, id, expected, value, keep)
  local key = world .. collection
  local revision = nextNumber()
  redis.call('HSET', key, id, revision .. ' ' .. value)
  if keep == '0' or expected ~= '0' then return end
  -- NX: one that was put twice in one go keeps its place.
  redis.call('ZADD', key .. ':order', 'NX', revision, id)
  dropOldest(key, tonumber(keep))
end

function apply.count(counter, limit, keep)
  count(counter, keep)
end

function apply.uncount(counter)
  redis.call('HDEL', world .. 'counters', counter)
  redis.call('ZREM', world .. 'counters:order', counter)
end

function apply.remove(collection, id)
  redis.call('HDEL', world .. collection, id)
  redis.call('ZREM', world .. collection .. ':order', id)
end

local function headOf(entry)
  return string.match(entry, '^([^\\n]*)\\n(%d+)\\n([^\\n]*)\\n')
end

function apply.append(log, label, bytes, appId, record, recordsMax, bytesMax, channel, before)
  local key = world .. log
  local tally = key .. ':tally'
  recordsMax, bytesMax = tonumber(recordsMax), tonumber(bytesMax)
  local kept = redis.call('LPUSH', key, label .. '\\n' .. bytes .. '\\n' .. appId .. '\\n' .. record)
  redis.call('HINCRBY', tally, 'appended', 1)
  local weight = 0
  if bytesMax > 0 then weight = redis.call('HINCRBY', tally, 'bytes', bytes) end
  -- The newest record stays, however large.
  while kept > 1 and (kept > recordsMax or weight > bytesMax) do
    local droppedLabel, droppedBytes = headOf(redis.call('RPOP', key))
    redis.call('HINCRBY', tally, 'evicted:' .. droppedLabel, 1)
    if bytesMax > 0 then weight = redis.call('HINCRBY', tally, 'bytes', -droppedBytes) end
    kept = kept - 1
    if log == 'journal' then evicted = evicted + 1 end
  end
  if channel ~= '' then redis.call('PUBLISH', channel, before .. record) end
end

function apply.clear(part)
  redis.call('UNLINK', world .. part, world .. part .. ':order', world .. part .. ':tally')
end

function apply.forget(appId)
  local key = world .. 'journal'
  local kept, bytes, entries = {}, 0, redis.call('LRANGE', key, 0, -1)
  for _, entry in ipairs(entries) do
    local _, weight, owner = headOf(entry)
    if owner ~= appId then
      kept[#kept + 1] = entry
      bytes = bytes + weight
    end
  end
  if #kept == #entries then return end
  redis.call('DEL', key)
  for _, entry in ipairs(kept) do redis.call('RPUSH', key, entry) end
  redis.call('HSET', key .. ':tally', 'bytes', string.format('%.0f', bytes))
end

at = 1
while ARGV[at] do
  local kind = ARGV[at]
  apply[kind](unpack(ARGV, at + 1, at + sizes[kind] - 1))
  at = at + sizes[kind]
end
return evicted`;

/** ARGV: counter, limit, how many counters are kept. What was counted before; false, and nothing counted, at the limit. */
export const TAKE = `${KEEPING}
local taken = tonumber(redis.call('HGET', world .. 'counters', ARGV[1]) or 0)
if taken >= tonumber(ARGV[2]) then return false end
numbers = 1
count(ARGV[1], ARGV[3])
return taken`;
