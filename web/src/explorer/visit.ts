// Goes from page to page in place: the server writes every page, and its body is put in.
// Without script, or when this fails, links and forms go there as ever.

import { hold, keepHigh, listen as listenToPlace, mark, topBefore } from "./place";

const KEPT = ["", "path", "compare", "search", "ask", "gaps", "embed-builder"];

let asked: AbortController | undefined;
/** The page that is shown, without the place on it. */
let shown = bare(location.href);

interface How {
  /** Keep the place on the page and what has the focus. */
  stay?: boolean;
  replace?: boolean;
  /** Where on that page one was before. */
  back?: number;
}

/** The folder of the start page: the page that came from the server says where its style is. */
const HOME = new URL(".", document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")?.href ?? location.href);

/** An address within the explorer. */
export function within(name: string): URL {
  return new URL(name, HOME);
}

/** Whether an address is a page of the explorer. */
export function isPage(url: URL): boolean {
  if (url.origin !== HOME.origin || !url.pathname.startsWith(HOME.pathname)) return false;
  const rest = url.pathname.slice(HOME.pathname.length);
  return KEPT.includes(rest) || rest.startsWith("e/");
}

/** Another page in place of this one. */
export async function visit(url: URL, how: How = {}): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  document.documentElement.toggleAttribute("data-busy", true);
  try {
    const reply = await fetch(url, { signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (!page.querySelector("main")) throw new Error("no page");
    const there = new URL(reply.url);
    there.hash = url.hash;
    if (how.back === undefined) {
      mark();
      if (how.replace) history.replaceState({}, "", there);
      else history.pushState({}, "", there);
    }
    put(page, there, how);
  } catch {
    if (!signal.aborted) location.assign(url);
  } finally {
    if (!signal.aborted) document.documentElement.removeAttribute("data-busy");
  }
}

function put(page: Document, url: URL, how: How): void {
  const { activeElement: active, body: before } = document;
  const focused = active?.id;
  const caret = active instanceof HTMLInputElement && active.type !== "date" && active.type !== "range" ? active.selectionStart : null;
  const open = [...document.querySelectorAll("details[open][id]")].map((one) => one.id);
  const top = scrollY;
  const high = [...document.querySelectorAll<HTMLElement>("ecograph-view")].map((one) => one.offsetHeight);
  shown = bare(url.href);
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  head(page);
  document.body.replaceWith(document.adoptNode(page.body));
  document.dispatchEvent(new CustomEvent("page"));
  const again = focused ? document.getElementById(focused) : null;
  if (how.stay) {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (active !== before) (again ?? document.getElementById("main"))?.focus({ preventScroll: true });
    if (caret !== null && again instanceof HTMLInputElement) again.setSelectionRange(caret, caret);
    keepHigh(high);
    scrollTo({ top, behavior: "instant" });
    return mark();
  }
  const target = targetOf(url);
  // A heading takes the focus only if it is told to.
  if (target && target.tabIndex < 0) target.tabIndex = -1;
  (target ?? document.getElementById("main"))?.focus({ preventScroll: true });
  hold(how.back, target);
  mark();
}

/** What a page says of itself, in place of what the last one said. */
function head(page: Document): void {
  const said = "meta[name=description], meta[property], link[rel=alternate]";
  for (const old of document.head.querySelectorAll(said)) old.remove();
  for (const one of page.head.querySelectorAll(said)) document.head.append(document.adoptNode(one));
  fasten();
}

/** Links of the head lead from any address to where they lead from this one. A style set again would be read again. */
function fasten(): void {
  for (const link of document.head.querySelectorAll<HTMLLinkElement>("link:not([rel=stylesheet])")) link.href = link.href;
}

/** Takes over links and forms that lead to pages of the explorer. */
export function listen(): void {
  listenToPlace();
  fasten();
  if (topBefore() !== undefined || location.hash) hold(topBefore(), targetOf(new URL(location.href)));
  addEventListener("popstate", () => {
    const top = topBefore();
    if (bare(location.href) !== shown) return void visit(new URL(location.href), { back: top ?? 0 });
    asked?.abort();
    document.documentElement.removeAttribute("data-busy");
    if (top !== undefined) scrollTo({ top, behavior: "instant" });
  });
  for (const name of ["click", "auxclick"]) document.addEventListener(name, carry, { capture: true });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const path = event.composedPath().find((one) => one instanceof HTMLAnchorElement || one instanceof SVGAElement);
    const link = path instanceof HTMLAnchorElement ? path : undefined;
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (!isPage(url) || (url.hash && bare(url.href) === shown)) return;
    event.preventDefault();
    void visit(url, { stay: link.hasAttribute("data-stay") });
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return;
    const url = addressOf(event.target);
    if (!isPage(url)) return;
    event.preventDefault();
    void visit(url, { stay: event.target.hasAttribute("data-stay") });
  });
}

/** Has a link of a picture lead on in the language and on the day of the page that it is on. */
function carry(event: Event): void {
  const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement || one instanceof SVGAElement);
  if (!link || link.getRootNode() === document) return;
  const url = new URL(link.getAttribute("href") ?? "", location.href);
  if (!isPage(url)) return;
  const given = new URLSearchParams(location.search);
  for (const name of ["lang", "asof"]) {
    const value = given.get(name);
    if (value && !url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  link.setAttribute("href", url.href);
}

/** What the part of an address behind # names on this page. */
function targetOf(url: URL): HTMLElement | null {
  return document.getElementById(decodeURIComponent(url.hash.slice(1)));
}

function bare(address: string): string {
  return address.split("#", 1)[0] ?? "";
}

/** Where a form leads with what is in it. */
export function addressOf(form: HTMLFormElement): URL {
  const url = new URL(form.action);
  url.search = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString();
  return url;
}
