// Prints one JSON line an audit of GraphQL over HTTP: its id, its name, its status, and why.
// Source: https://github.com/graphql/graphql-http, serverAudits
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const { id, name, status, reason = "" } = await audit.fn();
  console.log(JSON.stringify({ id, name, status, reason }));
}
