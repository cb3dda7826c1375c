-- For wrk: posts the lines of a file, each once, in order. Arguments: the file, the path, how many lines to pass over.
-- Prints one line of JSON in the end.

local thread

function setup(started)
  thread = started
end

function init(args)
  local file, path, skip = args[1], args[2], tonumber(args[3])
  requests = {}
  next_request = 0
  local line = 0
  for body in io.lines(file) do
    line = line + 1
    if line > skip then
      requests[#requests + 1] = wrk.format('POST', path, { ['Content-Type'] = 'application/json' }, body)
    end
  end
  -- All requests are made: what is garbage from here on is less than a pause would cost.
  collectgarbage('collect')
  collectgarbage('stop')
end

function request()
  next_request = next_request + 1
  -- Beyond the last one the first comes again, with a token used up: the share of successes will tell.
  return requests[(next_request - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"sent":%d,"p99":%d,"errors":%d}\n',
    summary.requests, summary.duration, thread:get('next_request'), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
