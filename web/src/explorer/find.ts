// Search as one types: a list below the field, of what the server's search page finds.
// Source of its keys: ARIA Authoring Practices, Combobox with list autocomplete.

import { visit, within } from "./visit";

const PAUSE = 90;

export function listen(field: HTMLInputElement): void {
  const list = document.createElement("ul");
  list.id = `${field.id}-found`;
  list.className = "found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent?.trim() || field.ariaLabel || "");
  field.after(list);
  const settings = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(settings)) field.setAttribute(name, value);
  let timer = 0;
  let asked: AbortController | undefined;
  let chosen = -1;

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const show = (shown: boolean): void => {
    list.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) mark(-1);
  };
  const mark = (number: number): void => {
    const all = options();
    chosen = all.length ? (number < -1 ? all.length - 1 : number >= all.length ? -1 : number) : -1;
    all.forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
    const one = all[chosen];
    if (one) {
      field.setAttribute("aria-activedescendant", one.id);
      one.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const take = (one: HTMLElement): void => {
    show(false);
    if (field.dataset["find"] === "go") {
      const link = one.querySelector("a");
      if (link) void visit(new URL(link.href));
      return;
    }
    field.value = one.dataset["id"] ?? "";
    if (field.form?.hasAttribute("data-stay")) field.form.requestSubmit();
  };
  const ask = async (): Promise<void> => {
    const text = field.value.trim();
    asked?.abort();
    if (!text) return show(false);
    asked = new AbortController();
    const url = within("search");
    const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    const day = new URLSearchParams(location.search).get("asof");
    url.search = new URLSearchParams({ text, few: "1", lang, ...(day ? { asof: day } : {}) }).toString();
    try {
      const reply = await fetch(url, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const explicit = new URLSearchParams(location.search).has("lang");
      list.replaceChildren(
        ...[...page.querySelectorAll<HTMLElement>("#results > li")].map((item, at) => {
          const one = document.adoptNode(item);
          one.id = `${list.id}-${at}`;
          one.setAttribute("role", "option");
          one.setAttribute("aria-selected", "false");
          one.querySelector("p")?.remove();
          const link = one.querySelector("a");
          if (link) {
            const there = new URL(link.getAttribute("href") ?? "", url);
            if (!explicit) there.searchParams.delete("lang");
            link.href = there.href;
            link.tabIndex = -1;
            link.setAttribute("role", "presentation");
          }
          return one;
        }),
      );
      mark(-1);
      if (document.activeElement === field) show(list.childElementCount > 0);
    } catch {
      // The next letter asks again; Enter goes to the page of the search.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const one = options()[chosen];
    if (event.key === "ArrowDown" && list.hidden) void ask();
    else if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp" && !list.hidden) mark(chosen - 1);
    else if (event.key === "Enter" && one && !list.hidden) take(one);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => show(false));
  // Before the field loses the focus.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const one = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    event.preventDefault();
    event.stopPropagation();
    if (one) take(one);
  });
}
