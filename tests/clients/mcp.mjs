// Calls a server of the Model Context Protocol by its TypeScript SDK, and prints what came back.
//
// node mcp.mjs URL | COMMAND ARGUMENT..., with the calls as JSON on standard input:
// [{"name": ..., "arguments": {...}}, ...]
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [first, ...rest] = process.argv.slice(2);
const transport = first.startsWith("http://")
  ? new StreamableHTTPClientTransport(new URL(first))
  : new StdioClientTransport({ command: first, args: rest, env: process.env });
const client = new Client({ name: "ecograph-tests", version: "1.0.0" });
await client.connect(transport);

async function attempt(ask) {
  try {
    return await ask();
  } catch (error) {
    return { code: error.code, message: error.message };
  }
}

const told = {
  server: client.getServerVersion(),
  tools: [],
  calls: [],
  resource: await attempt(() => client.readResource({ uri: "ecograph://entity/rkt" })),
};
for (let cursor; ; ) {
  const page = await client.listTools({ cursor });
  told.tools.push(...page.tools);
  cursor = page.nextCursor;
  if (!cursor) break;
}
for (const call of JSON.parse(readFileSync(0, "utf-8"))) {
  told.calls.push(await attempt(() => client.callTool(call)));
}
await client.close();
process.stdout.write(JSON.stringify(told));
