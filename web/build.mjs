// Bundles the component and the explorer; `--to FOLDER` writes elsewhere, to be compared.
import { build } from "esbuild";

const at = process.argv.indexOf("--to");
await build({
  entryPoints: { "ecograph-view": "src/view/main.ts", explorer: "src/explorer/main.ts" },
  outdir: at > 0 ? process.argv[at + 1] : "../ecograph/web/static",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
});
