-- Sends the requests of a file in turn, for wrk. A line of the file is
--   path TAB body            one request; an empty body is a GET
--   path TAB body TAB body2  a POST, then body2 to the address it redirects to, plus «finish/»
-- ~KEY~ in a body becomes a fresh UUID: the run's prefix and a counter.
local requests, n, count, threads = {}, 0, 0, 0
local headers, prefix, follow, place = {}, "", nil, nil

function setup(thread)
  thread:set("number", threads) -- a global of the thread's own Lua
  threads = threads + 1
end

function init(args)
  headers["Cookie"] = args[2]
  prefix = args[3]
  for line in io.lines(args[1]) do
    local path, body, second = line:match("^([^\t]*)\t([^\t]*)\t?([^\t]*)$")
    table.insert(requests, { path = path, body = body, second = second })
  end
  n = number * 37
end

local function post(path, body)
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  count = count + 1
  local key = string.format("%s-%04x-%012x", prefix, number, count)
  local head, tail = body:match("^(.*)~KEY~(.*)$")
  return wrk.format("POST", path, headers, head and (head .. key .. tail) or body)
end

function request()
  if follow and place then
    local path, body = place .. "finish/", follow
    follow, place = nil, nil
    return post(path, body)
  end
  n = n % #requests + 1
  local one = requests[n]
  if one.body == "" then return wrk.format("GET", one.path, headers) end
  follow = one.second ~= "" and one.second or nil
  return post(one.path, one.body)
end

-- Reading answers in Lua costs time, so it is done only where the address of the answer is needed.
if os.getenv("LOAD_FOLLOW") == "1" then
  function response(status, answer, body)
    if follow then place = answer["Location"] end
  end
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "seconds": %.6f, "errors": %d, "p50": %.3f, "p99": %.3f}\n',
    summary.requests, summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
