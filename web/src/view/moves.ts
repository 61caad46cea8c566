// What pointer and wheel do on the stage. A page is scrolled as ever: only a wheel with Ctrl zooms.

import type { Stage } from "./stage";

export function listen(stage: Stage, frame: HTMLElement, signal: AbortSignal): void {
  const pointers = new Map<number, PointerEvent>();
  let moved = false;
  const options = { signal };

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, event);
    moved = false;
  }, options);
  frame.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    if (!moved) frame.setPointerCapture(event.pointerId);
    moved = true;
    const other = [...pointers.values()].find((one) => one.pointerId !== event.pointerId);
    if (other) {
      const far = (one: PointerEvent): number => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      stage.zoom(far(event) / Math.max(far(before), 1), { x: other.clientX, y: other.clientY });
    } else {
      stage.pan(dx, dy);
    }
    pointers.set(event.pointerId, event);
  }, options);
  for (const name of ["pointerup", "pointercancel"] as const) {
    frame.addEventListener(name, (event) => pointers.delete(event.pointerId), options);
  }
  // A drag that ends on a link does not follow it.
  frame.addEventListener("click", (event) => {
    if (!moved) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    moved = false;
  }, { signal, capture: true });
  frame.addEventListener("dragstart", (event) => event.preventDefault(), options);
  // A wheel turns faster than a large picture is laid out anew: what comes within a frame is one step.
  let turned = 0;
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    if (!turned) {
      requestAnimationFrame(() => {
        stage.zoom(Math.exp(-turned / 300), at);
        turned = 0;
      });
    }
    turned += event.deltaY;
  }, { signal, passive: false });
}
