// <ecograph-view src="https://server/" question="Neighborhood?of=runc">fallback</ecograph-view>
//
// src: where the server is; question: a named operation with its variables, as below /q/.
// theme: auto, light or dark. lang: en or zh, as the page around it unless said. focus: an id.
// What stands inside is shown until the picture is there, and stays if it does not come; below it
// stands why.

import { isDark, langOf, watchHost } from "./host";
import { load, Refused, type Loaded } from "./load";
import { listen } from "./moves";
import { next, sentencesIn, thingsIn, type Sentence, type Thing } from "./nodes";
import { make, Stage } from "./stage";
import { ownSheet, sheetOf } from "./style";
import { say, type Lang } from "./texts";
import { Tip } from "./tip";

const GAP = 36;
const STEP = 1.25;
/** Widths that are asked for, so that caches may serve many pages. */
const WIDTHS = [320, 400, 520, 680, 840, 960];

class EcographView extends HTMLElement {
  static readonly observedAttributes = ["src", "question", "theme", "lang", "focus"];

  private readonly root = this.attachShadow({ mode: "open" });
  private readonly frame = document.createElement("div");
  private readonly stageBox = document.createElement("div");
  private readonly bar = document.createElement("div");
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("div");
  private readonly fallback = document.createElement("slot");
  private readonly fault = document.createElement("p");
  private readonly tip = new Tip(this.frame);
  private readonly styles: CSSStyleSheet[] = [ownSheet()];
  private stage: Stage | undefined;
  private things: Thing[] = [];
  private sentences: Sentence[] = [];
  private current: Thing | undefined;
  private asked: AbortController | undefined;
  private shown: string | undefined;
  private spoken: Lang = "en";
  private queued = false;
  private unwatch: (() => void) | undefined;
  private readonly resized = new ResizeObserver(() => this.refresh());

  constructor() {
    super();
    this.stageBox.className = "stage";
    this.stageBox.part.add("stage");
    this.bar.className = "bar";
    this.bar.part.add("bar");
    this.bar.setAttribute("role", "toolbar");
    this.list.className = "list unseen";
    this.list.part.add("list");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    this.fault.className = "fault";
    this.fault.part.add("fault");
    this.fault.setAttribute("role", "status");
    this.frame.append(this.fallback);
    this.root.append(this.frame);
    this.root.adoptedStyleSheets = this.styles;
  }

  connectedCallback(): void {
    this.unwatch = watchHost(() => this.refresh());
    this.resized.observe(this);
    this.refresh();
  }

  disconnectedCallback(): void {
    this.unwatch?.();
    this.resized.disconnect();
    this.asked?.abort();
    this.shown = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.refresh();
  }

  /** Looks at page and attributes anew, once for all that changed at a time. */
  private refresh(): void {
    if (this.queued) return;
    this.queued = true;
    queueMicrotask(() => {
      this.queued = false;
      if (this.isConnected) this.look();
    });
  }

  private look(): void {
    const question = this.getAttribute("question");
    this.spoken = langOf(this);
    this.dye();
    const url = question ? this.address(question).href : "";
    if (url === this.shown) return;
    this.shown = url;
    this.asked?.abort();
    if (!url) return this.fail();
    this.asked = new AbortController();
    const { signal } = this.asked;
    load(new URL(url), signal).then(
      (loaded) => signal.aborted || this.take(loaded, signal),
      (error: unknown) => signal.aborted || this.fail(error),
    );
  }

  /** Shows what stands inside, and below it what is wrong. */
  private fail(error?: unknown): void {
    this.frame.replaceChildren(this.fallback, this.fault);
    this.fault.replaceChildren(say(this.spoken, "fault"), this.reason(error));
    this.setAttribute("data-state", "fallback");
    const detail = { message: this.fault.lastChild?.textContent };
    this.dispatchEvent(new CustomEvent("ecograph-error", { bubbles: true, detail }));
  }

  /** What is wrong; the server says it in English. */
  private reason(error: unknown): HTMLElement {
    const { spoken: lang } = this;
    const said = error instanceof Refused;
    const text = error === undefined ? say(lang, "ask") : said ? error.message : say(lang, "none");
    return Object.assign(document.createElement("span"), { textContent: text, lang: said ? "en" : lang });
  }

  private get server(): URL {
    return new URL(this.getAttribute("src") || "./", document.baseURI);
  }

  private address(question: string): URL {
    const [name = "", tail = ""] = question.split("?");
    const url = new URL(`q/${encodeURIComponent(name)}.svg`, this.server);
    const given = new URLSearchParams(tail);
    given.set("lang", this.spoken);
    const focus = this.getAttribute("focus");
    if (focus) given.set("focus", focus);
    const width = this.clientWidth || 960;
    given.set("width", String(WIDTHS.findLast((one) => one <= width) ?? WIDTHS[0]));
    url.search = given.toString();
    return url;
  }

  /** Turns the picture dark or light, as its place is. */
  private dye(): void {
    const theme = this.getAttribute("theme");
    const dark = theme === "dark" || (theme !== "light" && isDark(this));
    this.frame.classList.toggle("dark", dark);
    for (const one of this.stageBox.querySelectorAll(".eg")) {
      one.setAttribute("data-theme", dark ? "dark" : "light");
    }
  }

  private take({ svg, css }: Loaded, signal: AbortSignal): void {
    const chosen = this.current?.id;
    this.stageBox.replaceChildren(svg);
    this.frame.replaceChildren(this.stageBox, this.bar, this.tip.element, this.list, this.status);
    this.tip.hide();
    this.root.adoptedStyleSheets = [...this.styles, sheetOf(css)];
    svg.setAttribute("role", "group");
    const stage = new Stage(svg);
    this.stage = stage;
    [this.things, this.sentences] = [[], []];
    this.list.replaceChildren();
    this.read(svg);
    this.current = this.things.find((one) => one.id === (chosen ?? this.getAttribute("focus"))) ?? this.things[0];
    this.current?.place.setAttribute("tabindex", "0");
    listen(stage, this.stageBox, signal);
    this.hear(signal);
    this.tools();
    this.dye();
    this.setAttribute("data-state", "ready");
    this.dispatchEvent(new CustomEvent("ecograph-ready", { bubbles: true }));
  }

  /** Adds the things of a drawing, and what it says that was not yet said. */
  private read(drawing: SVGElement): void {
    const known = new Set(this.sentences.map((one) => one.key));
    const things = thingsIn(drawing);
    const told = sentencesIn(drawing).filter((one) => !known.has(one.key));
    this.things.push(...things);
    this.sentences.push(...told);
    const spoken = new Set(this.sentences.flatMap((one) => one.ends));
    const texts = [
      ...told.map((one) => one.text),
      ...things.filter((one) => !spoken.has(one.id)).map((one) => one.label),
    ];
    this.list.append(
      ...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
  }

  private tools(): void {
    const { spoken: lang, stage } = this;
    const list = tool("☰", say(lang, "list"), () => {
      const hidden = this.list.classList.toggle("unseen");
      list.setAttribute("aria-pressed", String(!hidden));
    });
    list.setAttribute("aria-pressed", String(!this.list.classList.contains("unseen")));
    this.bar.setAttribute("aria-label", say(lang, "tools"));
    this.bar.replaceChildren(
      tool("−", say(lang, "zoomOut"), () => stage?.zoom(1 / STEP)),
      tool("+", say(lang, "zoomIn"), () => stage?.zoom(STEP)),
      tool("⤢", say(lang, "fit"), () => stage?.reset()),
      list,
    );
    this.bar.title = say(lang, "keys");
  }

  private hear(signal: AbortSignal): void {
    const box = this.stageBox;
    const at = (event: Event): Thing | undefined => {
      const target = event.target instanceof Element ? event.target : null;
      return this.things.find((one) => one.place === target || one.node.contains(target) || one.place.contains(target));
    };
    const options = { signal };
    box.addEventListener("pointerover", (event) => {
      const thing = at(event);
      if (thing && event.pointerType === "mouse") this.point(thing);
      else this.unpoint();
    }, options);
    box.addEventListener("pointerleave", () => this.unpoint(), options);
    box.addEventListener("focusin", (event) => {
      const thing = at(event);
      if (!thing) return;
      this.enter(thing);
      this.point(thing);
    }, options);
    box.addEventListener("focusout", () => this.unpoint(), options);
    box.addEventListener("click", (event) => {
      const thing = at(event);
      if (!thing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.choose(thing);
    }, options);
    box.addEventListener("keydown", (event) => this.press(event), options);
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const here = this.current;
    if (key === "+" || key === "=") this.stage?.zoom(STEP);
    else if (key === "-") this.stage?.zoom(1 / STEP);
    else if (key === "0") this.stage?.reset();
    else if (key === "Escape") this.unpoint();
    else if (here && (key === "Enter" || key === " ")) this.choose(here);
    else if (here && /^(Arrow|Home$|End$)/.test(key)) next(this.things, here, key)?.place.focus({ preventScroll: false });
    else return;
    event.preventDefault();
  }

  private enter(thing: Thing): void {
    this.current?.place.setAttribute("tabindex", "-1");
    this.current = thing;
    thing.place.setAttribute("tabindex", "0");
    this.stage?.reveal(thing.node);
  }

  private point(thing: Thing): void {
    const near = new Set(this.sentences.filter((one) => one.ends.includes(thing.id)).flatMap((one) => one.ends));
    // The other drawings stay as they are: a picture may have been grown to thousands of things.
    for (const one of this.things) {
      one.node.classList.toggle("eg-dim", one.drawing === thing.drawing && near.size > 0 && !near.has(one.id));
    }
    this.tip.point(thing, this.sentences);
  }

  private unpoint(): void {
    for (const one of this.things) one.node.classList.remove("eg-dim");
    if (!this.tip.pinned) this.tip.hide();
  }

  private choose(thing: Thing): void {
    this.unpoint();
    this.enter(thing);
    this.tip.pin(thing, this.sentences, {
      lang: this.spoken,
      server: this.server,
      expand: (one) => void this.expand(one),
      closed: (one) => one.place.focus({ preventScroll: true }),
    });
  }

  /** Draws what is around a thing below the picture, as the server draws it. */
  private async expand(thing: Thing): Promise<void> {
    const { stage, asked } = this;
    if (!stage || !asked) return;
    const [, tail = ""] = (this.getAttribute("question") ?? "").split("?");
    const day = new URLSearchParams(tail).get("asOf");
    const given = new URLSearchParams({ of: thing.id, ...(day ? { asOf: day } : {}) });
    try {
      const { svg } = await load(this.address(`Neighborhood?${given}`), asked.signal);
      const content = svg.querySelector(".eg-content");
      if (!content || this.stage !== stage) return;
      const part = make("g");
      // The first picture's style is that of every other.
      part.setAttribute("class", "eg-grown");
      content.removeAttribute("transform");
      part.append(...svg.querySelectorAll("defs"), content);
      stage.grow(part, GAP);
      this.read(part);
      this.status.textContent = say(this.spoken, "expanded", thing.label);
      const [centre] = this.things.filter((one) => one.id === thing.id && part.contains(one.node));
      (centre ?? thing).place.focus();
    } catch (error) {
      this.status.replaceChildren(this.reason(error));
    }
  }
}

function tool(sign: string, name: string, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: name });
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

if (!customElements.get("ecograph-view")) customElements.define("ecograph-view", EcographView);
