// Reads Markdown as Docusaurus does, and prints what the plugin makes of it as JSON.
import { ecograph } from "ecograph-docusaurus";
import remarkParse from "remark-parse";
import { unified } from "unified";

const [path, text, options] = process.argv.slice(2);
const views = ecograph(JSON.parse(options));
const tree = unified().use(remarkParse).parse(text);
let message = "";
try {
  await views.remark()(tree, { path, data: { frontMatter: { lang: "zh" } } });
} catch (error) {
  message = error.message;
}
console.log(JSON.stringify({ message, tree, tags: views.plugin().injectHtmlTags().headTags }));
