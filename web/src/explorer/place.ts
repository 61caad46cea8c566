// Where on a page one is: kept with each entry of the history, and held until the pictures are there.

const PAUSE = 100;

let timer = 0;
let held: (() => void) | undefined;

/** Writes down the place, to come back to. */
export function mark(): void {
  clearTimeout(timer);
  history.replaceState({ ...history.state, top: scrollY }, "");
}

/** Goes to a place, or to a part of the page, and again while pictures above it come. */
export function hold(top: number | undefined, target: HTMLElement | null): void {
  held = () => {
    if (top === undefined && target) target.scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: top ?? 0, behavior: "instant" });
  };
  held();
  settle();
}

function settle(): void {
  const waiting = document.querySelector("ecograph-view:not([data-state])");
  if (!waiting && document.readyState === "complete") held = undefined;
}

/** Gives new pictures the room of the old ones until they are there, so that nothing below them jumps. */
export function keepHigh(heights: readonly number[]): void {
  document.querySelectorAll<HTMLElement>("ecograph-view").forEach((view, at) => {
    view.style.minHeight = `${heights[at] ?? 0}px`;
  });
}

export function listen(): void {
  history.scrollRestoration = "manual";
  const again = (event: Event): void => {
    if (event.target instanceof HTMLElement) event.target.style.minHeight = "";
    held?.();
    settle();
  };
  for (const name of ["ecograph-ready", "ecograph-error"]) document.addEventListener(name, again);
  addEventListener("load", again);
  // Who moves is not held.
  for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(name, () => (held = undefined), { capture: true, passive: true });
  }
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = window.setTimeout(mark, PAUSE);
  }, { passive: true });
  // What is written down next is the place on the entry that was gone to.
  addEventListener("popstate", () => clearTimeout(timer));
}

/** Where one was on the entry of the history that is shown. */
export function topBefore(): number | undefined {
  return (history.state as { top?: number } | null)?.top;
}
