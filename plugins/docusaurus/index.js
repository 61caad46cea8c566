// Fences with the language `ecograph` become figures when a site of Docusaurus is built.
//
// A remark plugin asks `ecograph fence --lines` for each; one process serves the whole build.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { createInterface } from "node:readline";
/** What a site needs, by its settings. */
export function ecograph(options = {}) {
    const drawer = new Drawer(options);
    const script = scriptOf(options);
    const attributes = { type: "module", src: script };
    return {
        plugin: () => ({
            name: "ecograph",
            injectHtmlTags: () => ({ headTags: script ? [{ tagName: "script", attributes }] : [] }),
        }),
        remark: () => (tree, file) => replaceFences(tree, file, drawer, options),
    };
}
const scriptOf = ({ server }) => (server ? `${server.replace(/\/+$/, "")}/ecograph-view.js` : "");
async function replaceFences(tree, file, drawer, options) {
    const said = file.data?.frontMatter?.lang ?? options.lang ?? process.env.DOCUSAURUS_CURRENT_LOCALE ?? "en";
    const lang = String(said).startsWith("zh") ? "zh" : "en";
    for (const [parent, place, fence] of fencesIn(tree)) {
        const answer = await drawer.draw(fence.value ?? "", lang);
        if (answer.html === undefined) {
            const told = `${await placeOf(file, fence, answer.line ?? 1)}: ${answer.message}`;
            if (options.strict ?? true)
                throw new Error(told);
            console.warn(`[WARNING] ${told}`);
        }
        // A fence may name a server of its own, whose script is on no other page.
        const own = answer.script && answer.script !== scriptOf(options) ? answer.script : "";
        const tag = own ? `<script type="module" src="${escape(own)}"></script>` : "";
        parent[place] = figure(answer.html === undefined ? `<p>${escape(answer.message ?? "")}</p>` : answer.html + tag);
    }
}
function fencesIn(node) {
    const children = node.children ?? [];
    return children.flatMap((child, place) => child.type === "code" && child.lang === "ecograph"
        ? [[children, place, child]]
        : fencesIn(child));
}
/** Where a line of a fence stands in its file; what is read lacks the front matter. */
async function placeOf(file, fence, line) {
    const path = file.path ?? "";
    const source = path ? await readFile(path, "utf8").catch(() => "") : "";
    const lines = source.split("\n").map((one) => one.trim());
    const wanted = (fence.value ?? "").split("\n").map((one) => one.trim());
    const at = lines.findIndex((one, n) => /^(`{3,}|~{3,})\s*ecograph/.test(one) && wanted.every((text, m) => lines[n + 1 + m] === text));
    const first = at >= 0 ? at + 1 : (fence.position?.start.line ?? 1);
    return `${relative(process.cwd(), path)}:${first + line}`;
}
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);
/** HTML as MDX takes it: an element whose content React leaves alone. */
function figure(html) {
    const key = { type: "Identifier", name: "__html" };
    const value = { type: "Literal", value: html, raw: JSON.stringify(html) };
    const property = { type: "Property", kind: "init", method: false, shorthand: false, computed: false, key, value };
    const expression = { type: "ObjectExpression", properties: [property] };
    const estree = {
        type: "Program",
        sourceType: "module",
        comments: [],
        body: [{ type: "ExpressionStatement", expression }],
    };
    const content = {
        type: "mdxJsxAttributeValueExpression",
        value: `{__html: ${JSON.stringify(html)}}`,
        data: { estree },
    };
    const made = {
        type: "mdxJsxFlowElement",
        name: "div",
        attributes: [{ type: "mdxJsxAttribute", name: "dangerouslySetInnerHTML", value: content }],
        children: [],
        // A div of the document's own would be replaced by the theme's.
        data: { _mdxExplicitJsx: true },
    };
    return made;
}
/** The process that draws, started with the first fence; it holds nobody up that is done. */
class Drawer {
    options;
    child;
    waiting = [];
    constructor(options) {
        this.options = options;
    }
    draw(text, lang) {
        const child = (this.child ??= this.start());
        return new Promise((resolve, reject) => {
            this.waiting.push({ resolve, reject });
            this.hold(child, true);
            child.stdin.write(`${JSON.stringify({ text, lang })}\n`);
        });
    }
    start() {
        const { server, theme, width, data = [], command = ["ecograph"] } = this.options;
        const [program = "ecograph", ...rest] = command;
        const said = { server, theme, width };
        const given = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
        const folders = data.flatMap((folder) => ["--data", folder]);
        const child = spawn(program, [...rest, "fence", "--lines", ...given, ...folders], {
            stdio: ["pipe", "pipe", "inherit"],
            env: { ...process.env, PYTHONUTF8: "1" },
        });
        createInterface({ input: child.stdout }).on("line", (line) => {
            this.waiting.shift()?.resolve(JSON.parse(line));
            if (this.waiting.length === 0)
                this.hold(child, false);
        });
        child.on("error", (error) => this.fail(`cannot run ${program}: ${error.message}; pip install ecograph`));
        child.on("exit", (code) => this.fail(`${command.join(" ")} ended with ${code}`));
        // What it is written after its end is told by its end.
        child.stdin.on("error", () => undefined);
        return child;
    }
    fail(told) {
        this.child = undefined;
        for (const one of this.waiting.splice(0))
            one.reject(new Error(told));
    }
    hold(child, held) {
        const handles = [child, child.stdin, child.stdout];
        for (const handle of handles)
            held ? handle.ref() : handle.unref();
    }
}
