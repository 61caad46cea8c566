// <ecograph-view src="https://server/" question="Neighborhood?of=runc">fallback</ecograph-view>
//
// src: where the server is; question: a named operation with its variables, as below /q/.
// theme: auto, light or dark. lang: en or zh, as the page around it unless said. focus: an id.
// What stands inside is shown until the picture is there, and stays if it does not come; below it
// stands why.

import { isDark, langOf, watchHost } from "./host";
import { load, Refused, type Loaded } from "./load";
import { listen } from "./moves";
import { middle, next, sentencesIn, thingsIn, type Sentence, type Thing } from "./nodes";
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
  /** What the picture was grown by: id -> the drawing of what is around it. */
  private readonly grown = new Map<string, Element>();
  private width = 0;
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
    this.grown.clear();
  }

  attributeChangedCallback(name: string): void {
    if (name === "focus") this.current = undefined;
    if (name !== "theme") this.grown.clear();
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
    const [question, { server }] = [this.getAttribute("question"), this];
    this.spoken = langOf(this);
    this.dye();
    const { spoken: lang } = this;
    const wrong = !question ? say(lang, "ask") : server ? "" : say(lang, "src", this.getAttribute("src") ?? "");
    const url = wrong || !question ? wrong : this.address(question).href;
    // What was drawn where nothing shows has no size until it does.
    if (url === this.shown) return this.stage?.measure();
    this.shown = url;
    this.asked?.abort();
    if (wrong) return this.fail(wrong);
    this.asked = new AbortController();
    const { signal } = this.asked;
    load(new URL(url), signal).then(
      (loaded) => signal.aborted || this.take(loaded, signal),
      (error: unknown) => signal.aborted || this.fail(error),
    );
  }

  /** Shows what stands inside, and below it what is wrong. */
  private fail(error: unknown): void {
    this.stage = undefined;
    this.grown.clear();
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
    const text = typeof error === "string" ? error : said ? error.message : say(lang, "none", this.server?.href ?? "");
    return Object.assign(document.createElement("span"), { textContent: text, lang: said ? "en" : lang });
  }

  /** Where the server is; undefined if `src` is no such address. */
  private get server(): URL | undefined {
    const src = this.getAttribute("src") || "./";
    const url = URL.canParse(src, document.baseURI) ? new URL(src, document.baseURI) : undefined;
    return url && /^https?:$/.test(url.protocol) ? url : undefined;
  }

  private address(question: string): URL {
    const [name = "", tail = ""] = question.split("?");
    const url = new URL(`q/${encodeURIComponent(name)}.svg`, this.server);
    const given = new URLSearchParams(tail);
    given.set("lang", this.spoken);
    const focus = this.getAttribute("focus");
    if (focus) given.set("focus", focus);
    // Asked for anew, a picture would lose what it was grown by.
    const width = this.clientWidth || 960;
    if (!this.grown.size) this.width = WIDTHS.findLast((one) => one <= width) ?? WIDTHS[0]!;
    given.set("width", String(this.width));
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
    const focused = this.root.activeElement;
    const pressed = focused ? [...this.bar.children].indexOf(focused) : -1;
    this.grown.clear();
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
    // What had the focus is gone.
    if (pressed >= 0) (this.bar.children[pressed] as HTMLElement).focus({ preventScroll: true });
    else if (focused) this.current?.place.focus({ preventScroll: true });
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
    document.addEventListener("pointerdown", (event) => {
      if (!event.composedPath().includes(this.tip.element)) this.tip.hide();
    }, options);
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const here = this.current;
    if (key === "+" || key === "=") this.stage?.zoom(STEP, here && middle(here.node));
    else if (key === "-") this.stage?.zoom(1 / STEP, here && middle(here.node));
    else if (key === "0") this.stage?.reset();
    else if (key === "Escape") (this.tip.hide(), this.unpoint());
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
    const { server } = this;
    if (!server) return;
    this.unpoint();
    this.enter(thing);
    this.tip.pin(thing, this.sentences, {
      lang: this.spoken,
      server,
      expand: (one) => void this.expand(one),
      closed: (one) => one.place.focus({ preventScroll: true }),
    });
  }

  /** Draws what is around a thing below the picture, as the server draws it, once. */
  private async expand(thing: Thing): Promise<void> {
    const { stage, asked, grown } = this;
    if (!stage || !asked) return;
    const there = grown.get(thing.id);
    if (there) return this.centre(thing, there);
    const [, tail = ""] = (this.getAttribute("question") ?? "").split("?");
    const day = new URLSearchParams(tail).get("asOf");
    const given = new URLSearchParams({ of: thing.id, ...(day ? { asOf: day } : {}) });
    try {
      const { svg } = await load(this.address(`Neighborhood?${given}`), asked.signal);
      const content = svg.querySelector(".eg-content");
      if (!content || this.stage !== stage || grown.has(thing.id)) return;
      const part = make("g");
      // The first picture's style is that of every other.
      part.setAttribute("class", "eg-grown");
      content.removeAttribute("transform");
      part.append(...svg.querySelectorAll("defs"), content);
      stage.grow(part, GAP);
      this.read(part);
      this.status.textContent = say(this.spoken, "expanded", thing.label);
      grown.set(thing.id, part);
      this.centre(thing, part);
    } catch (error) {
      if (!asked.signal.aborted) this.status.replaceChildren(this.reason(error));
    }
  }

  /** Goes to a thing in the drawing of what is around it. */
  private centre(thing: Thing, part: Element): void {
    (this.things.find((one) => one.id === thing.id && part.contains(one.node)) ?? thing).place.focus();
  }
}

function tool(sign: string, name: string, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: name });
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

if (!customElements.get("ecograph-view")) customElements.define("ecograph-view", EcographView);
