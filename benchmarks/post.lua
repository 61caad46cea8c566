-- Sends the bodies of a file in turn, one a line: wrk -s post.lua URL -- FILE PATH
local requests, last = {}, 0

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

function done(summary, latency)
   local wrong = summary.errors
   io.write(string.format(
      "\nRESULT %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(99),
      wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout
   ))
end
