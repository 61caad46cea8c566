// Brings a picture from the server and makes it fit to stand in another page.

export interface Loaded {
  readonly svg: SVGSVGElement;
  readonly css: string;
}

/** The server gave no picture; the message says what is wrong, and what would be right. */
export class Refused extends Error {}

/** The picture at an address, without its style, which is adopted instead. Throws: Refused. */
export async function load(url: URL, signal: AbortSignal): Promise<Loaded> {
  const reply = await fetch(url, { signal });
  if (!reply.ok) throw new Refused(await reasonOf(reply));
  let css = "";
  // Taken out before it is read: a policy of the host's would complain of an inline style.
  const text = (await reply.text()).replace(/<style>([^<]*)<\/style>/g, (_, found: string) => {
    css += unescape(found);
    return "";
  });
  const root = new DOMParser().parseFromString(trust(text), "image/svg+xml").documentElement;
  if (!(root instanceof SVGSVGElement)) throw new Refused(`no picture at ${url.href}`);
  return { svg: clean(root, url), css };
}

/** Why the server refused, in its own words if it said so. */
async function reasonOf(reply: Response): Promise<string> {
  try {
    const { errors } = (await reply.json()) as { errors: { message: string }[] };
    return errors.map((one) => one.message).join(" ");
  } catch {
    return `${reply.status} ${reply.statusText}: ${reply.url}`;
  }
}

const unescape = (text: string): string =>
  text.replace(/&(lt|gt|quot|#x27|#39|amp);/g, (_, name: string) =>
    ({ lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" })[name] ?? "&");

interface Policy {
  createHTML(text: string): string;
}
let policy: Policy | undefined;

/** As a host wants it that has `require-trusted-types-for`; it names `ecograph-view` then. */
function trust(text: string): string {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  policy ??= types?.createPolicy("ecograph-view", { createHTML: (given) => given });
  return policy?.createHTML(text) ?? text;
}

/** The picture without anything that could run. */
function clean(root: SVGSVGElement, from: URL): SVGSVGElement {
  for (const one of root.querySelectorAll("style, script, foreignObject, iframe")) one.remove();
  for (const one of [root, ...root.querySelectorAll("*")]) {
    for (const { name } of [...one.attributes]) {
      if (/^on/i.test(name) || name === "style") one.removeAttribute(name);
    }
    const target = one.localName === "a" ? one.getAttribute("href") : null;
    if (target !== null) {
      // Its links are said from where it stood.
      const there = URL.canParse(target, from) ? new URL(target, from) : null;
      if (there && /^https?:$/.test(there.protocol)) one.setAttribute("href", there.href);
      else one.removeAttribute("href");
    }
  }
  return document.importNode(root, true);
}
