-- For wrk: posts the lines of a file, each once, in order. Arguments: the file, the path, the number of lines to skip, the
-- number of lines to prepare.
-- Prints one line of JSON at the end.

local thread

function setup(started)
  thread = started
end

function init(args)
  local file, path, skip, take = args[1], args[2], tonumber(args[3]), tonumber(args[4])
  requests = {}
  next_request = 0
  local line = 0
  for body in io.lines(file) do
    line = line + 1
    if line > skip + take then break end
    if line > skip then
      requests[#requests + 1] = wrk.format('POST', path, { ['Content-Type'] = 'application/json' }, body)
    end
  end
  -- All requests are prepared. The remaining garbage is small, so a collection would only cause a pause.
  collectgarbage('collect')
  collectgarbage('stop')
end

function request()
  next_request = next_request + 1
  -- After the last request, the first is sent again with a used token, which the number of successes reveals.
  return requests[(next_request - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"sent":%d,"p99":%d,"errors":%d}\n',
    summary.requests, summary.duration, thread:get('next_request'), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
