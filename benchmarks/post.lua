-- Sends the bodies of a file in turn, one a line: wrk -s post.lua URL -- FILE PATH
local requests, last, threads = {}, 0, {}
refused = 0

function setup(thread)
   table.insert(threads, thread)
end

function init(arguments)
   for body in io.lines(arguments[1]) do
      requests[#requests + 1] = wrk.format(
         "POST", arguments[2], {["Content-Type"] = "application/json"}, body
      )
   end
end

function request()
   last = last % #requests + 1
   return requests[last]
end

function response(status)
   if status == 503 then
      refused = refused + 1
   end
end

function done(summary, latency)
   local wrong, busy = summary.errors, 0
   for _, thread in ipairs(threads) do
      busy = busy + thread:get("refused")
   end
   io.write(string.format(
      "\nRESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(99), busy,
      wrong.connect + wrong.read + wrong.write + wrong.status - busy + wrong.timeout
   ))
end
