// What the page around the component is like: its language and its colours.

import type { Lang } from "./texts";

export function langOf(element: Element): Lang {
  const said = element.closest("[lang]")?.getAttribute("lang") ?? "";
  return /^zh\b/i.test(said) ? "zh" : "en";
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const paper = matchMedia("print");

/** Whether it is dark where an element stands: the nearest background, or the page's canvas. */
export function isDark(element: Element): boolean {
  if (paper.matches) return false;
  for (let one: Element | null = element; one; one = parentOf(one)) {
    const parts = partsOf(getComputedStyle(one).backgroundColor);
    if (parts.length >= 3 && (parts[3] ?? 1) > 0.5) return brightness(parts) < 110;
  }
  // The component's style gives it the canvas as a colour that nothing shows.
  return brightness(partsOf(getComputedStyle(element).columnRuleColor)) < 110;
}

const partsOf = (color: string): number[] => color.match(/[\d.]+/g)?.map(Number) ?? [];

const brightness = ([red = 255, green = 255, blue = 255]: number[]): number =>
  red * 0.299 + green * 0.587 + blue * 0.114;

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Calls back when the page may have become dark, light, or another language. */
export function watchHost(changed: () => void): () => void {
  const seen = new MutationObserver(changed);
  for (const one of [document.documentElement, document.body]) {
    seen.observe(one, { attributes: true });
  }
  for (const one of [dark, paper]) one.addEventListener("change", changed);
  return () => {
    seen.disconnect();
    for (const one of [dark, paper]) one.removeEventListener("change", changed);
  };
}
