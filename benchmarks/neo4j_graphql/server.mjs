// @neo4j/graphql over the database of the benchmark: node server.mjs yoga|apollo PORT
// The address and the password are read from NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const [, , name, port] = process.argv;
const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
  maxConnectionPoolSize: 16,
});
const typeDefs = readFileSync(new URL("schema.graphql", import.meta.url), "utf-8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();

if (name === "apollo") {
  const server = new ApolloServer({ schema, introspection: false });
  const context = async () => ({ sessionConfig: { database: "neo4j" } });
  await startStandaloneServer(server, { context, listen: { host: "127.0.0.1", port: Number(port) } });
} else {
  const context = () => ({ sessionConfig: { database: "neo4j" } });
  const yoga = createYoga({ schema, context, logging: false, graphiql: false, maskedErrors: false });
  createServer(yoga).listen(Number(port), "127.0.0.1");
}
