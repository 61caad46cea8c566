import type { CodegenConfig } from "@graphql-codegen/cli";

// Types of the answers that the browser reads, from the schema and the named operations.
const config: CodegenConfig = {
  schema: "../schema.graphql",
  documents: ["../queries/About.graphql"],
  generates: {
    "src/answers.ts": {
      plugins: [
        { add: { content: "// Made from schema.graphql and queries/ by `make web`." } },
        "typescript-operations",
      ],
      config: {
        skipTypename: true,
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { PartialDate: "string", Date: "string", PathExpression: "string" },
      },
    },
  },
};
export default config;
