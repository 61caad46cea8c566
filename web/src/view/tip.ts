// What is told of one thing: lightly while one points at it, with its sources once it is chosen.

import type { AboutQuery } from "../answers";
import type { Sentence, Thing } from "./nodes";
import { say, type Lang } from "./texts";

const MOST = 6;

export interface Acts {
  readonly lang: Lang;
  /** Where the server is. */
  readonly server: URL;
  expand(thing: Thing): void;
  closed(thing: Thing): void;
}

export class Tip {
  readonly element = document.createElement("div");
  private thing: Thing | undefined;

  constructor(private readonly frame: HTMLElement) {
    this.element.className = "tip";
    this.element.part.add("tip");
    this.element.hidden = true;
  }

  get pinned(): boolean {
    return !this.element.hidden && !this.element.classList.contains("light");
  }

  point(thing: Thing, sentences: readonly Sentence[]): void {
    if (this.pinned) return;
    this.thing = thing;
    this.element.removeAttribute("role");
    this.element.classList.add("light");
    this.element.replaceChildren(strong(thing.label), listed(told(thing, sentences)));
    this.show(thing);
  }

  pin(thing: Thing, sentences: readonly Sentence[], acts: Acts): void {
    this.thing = thing;
    const { element } = this;
    element.classList.remove("light");
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", thing.label);
    const about = told(thing, sentences);
    const list = listed(about);
    const row = document.createElement("div");
    row.className = "acts";
    const href = thing.place.getAttribute("href");
    if (href) row.append(link(href, say(acts.lang, "open")));
    const close = (): void => {
      this.hide();
      acts.closed(thing);
    };
    row.append(
      button(say(acts.lang, "expand"), () => (this.hide(), acts.expand(thing))),
      button(say(acts.lang, "close"), close),
    );
    element.replaceChildren(strong(thing.label), list, row);
    element.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    };
    this.show(thing);
    (row.firstElementChild as HTMLElement).focus({ preventScroll: true });
    void this.cite(thing, about, list, acts);
  }

  hide(): void {
    this.element.hidden = true;
    this.thing = undefined;
  }

  /** Puts the sources, with where to read them, behind each sentence. */
  private async cite(thing: Thing, about: readonly Sentence[], list: HTMLElement, acts: Acts): Promise<void> {
    const url = new URL("q/About.json", acts.server);
    url.search = new URLSearchParams({ name: thing.id }).toString();
    try {
      const { data } = (await (await fetch(url)).json()) as { data: AboutQuery };
      const known = new Map(data.entity?.statements.nodes.map((one) => [one.id, one.evidence]));
      if (this.thing !== thing) return;
      list.replaceChildren(
        ...about.map((one) => {
          const evidence = known.get(one.statement);
          const item = document.createElement("li");
          item.append(evidence ? one.text.replace(/ \[[^[]*\]$/, "") : one.text);
          for (const { source, locator } of evidence ?? []) {
            item.append(document.createElement("br"), link(source.url, source.title), locator ? ` ${locator}` : "");
          }
          return item;
        }),
      );
      this.show(thing);
    } catch {
      // The sentences stand already, each with the titles of its sources.
    }
  }

  private show(thing: Thing): void {
    const { element, frame } = this;
    element.hidden = false;
    const [at, around] = [thing.node.getBoundingClientRect(), frame.getBoundingClientRect()];
    const left = Math.max(0, Math.min(at.left - around.left, around.width - element.offsetWidth));
    const under = at.bottom - around.top + 8;
    const above = at.top - around.top - element.offsetHeight - 8;
    const room = innerHeight - at.bottom > element.offsetHeight + 16;
    element.style.left = `${left}px`;
    element.style.top = `${room || above < 0 ? under : above}px`;
    // What one points at moves nothing; what one chose is shown whole.
    if (this.pinned) element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function told(thing: Thing, sentences: readonly Sentence[]): Sentence[] {
  return sentences.filter((one) => one.ends.includes(thing.id)).slice(0, MOST);
}

function listed(sentences: readonly Sentence[]): HTMLElement {
  const list = document.createElement("ul");
  list.hidden = sentences.length === 0;
  for (const { text } of sentences) {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  }
  return list;
}

function strong(text: string): HTMLElement {
  return Object.assign(document.createElement("strong"), { textContent: text });
}

function link(href: string, text: string): HTMLElement {
  const made = document.createElement("a");
  if (/^https?:/.test(href)) made.href = href;
  made.rel = "noreferrer";
  made.textContent = text;
  return made;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.addEventListener("click", act);
  return made;
}
