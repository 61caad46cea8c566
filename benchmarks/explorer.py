"""A picture in a real browser, grown by queries to 2,000 things: `python -m benchmarks.explorer`.

It needs chromium (Debian: apt install chromium), and fails beyond its limits. Milliseconds are of
the processor in the page's main thread, which other work on the machine disturbs little.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ecograph.service import open_service
from tests.browser import Browser
from tests.serving import serving

STEPS = (100, 500, 1000, 2000)
LIMITS = {"expand": 1000.0, "pan": 150.0, "zoom": 600.0, "point": 250.0}
"""Milliseconds at the last step: a query more with its drawing, a step of each with its frames."""
ACTS = 8
READY = "document.querySelector('ecograph-view')?.dataset.state === 'ready'"
HELD = "globalThis.root = document.querySelector('ecograph-view').shadowRoot; 0"
SIZE = "[root.querySelectorAll('.eg-node').length, root.querySelectorAll('*').length]"
GROW = """(async () => {
    globalThis.done ??= new Set();
    const taken = [];
    const nodes = () => root.querySelectorAll('.eg-node[data-id]');
    while (taken.length < 3) {
        const next = [...nodes()].find(one => !done.has(one.dataset.id) && one.closest('a'));
        if (!next) break;
        done.add(next.dataset.id);
        next.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
        const before = nodes().length;
        const began = performance.now();
        root.querySelector('[role=dialog] button').click();
        while (nodes().length === before && performance.now() - began < 20000)
            await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        taken.push(performance.now() - began);
    }
    return taken;
})()"""
FRAMES = f"""(async act => {{
    for (let n = 0; n < {ACTS}; n++) {{
        act(n);
        await new Promise(requestAnimationFrame);
    }}
    await new Promise(requestAnimationFrame);
}})(%s)"""
STAGE = "root.querySelector('.stage')"
PAN = f"""n => {{
    const box = {STAGE}.getBoundingClientRect();
    const at = {{bubbles: true, pointerId: 1, button: 0,
        clientX: box.x + 200, clientY: box.y + 200}};
    if (n === 0) {{
        {STAGE}.setPointerCapture = () => {{}};
        {STAGE}.dispatchEvent(new PointerEvent('pointerdown', at));
    }}
    const moved = {{...at, clientX: at.clientX + 9 * (n + 1), clientY: at.clientY + 5 * (n + 1)}};
    {STAGE}.dispatchEvent(new PointerEvent('pointermove', moved));
    if (n === {ACTS - 1}) for (const name of ['pointerup', 'click'])
        {STAGE}.dispatchEvent(new PointerEvent(name, moved));
}}"""
ZOOM = f"""n => {STAGE}.dispatchEvent(new WheelEvent('wheel', {{
    bubbles: true, cancelable: true, ctrlKey: true, deltaY: n % 2 ? 40 : -40,
    clientX: 400, clientY: 300}}))"""
POINT = """n => {
    const nodes = root.querySelectorAll('.eg-node[data-id]');
    nodes[(n * 37) % nodes.length].dispatchEvent(
        new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse'}));
}"""


def measure() -> Iterator[Mapping[str, float]]:
    """What a picture of so many things takes: milliseconds, things, elements."""
    service = open_service()
    with (
        serving(service) as server, TemporaryDirectory() as profile,
        Browser(Path(profile)) as browser,
    ):  # fmt: skip
        browser.resize(1280)
        browser.open(f"{server}/e/kubernetes?lang=en")
        browser.wait_until(READY)
        browser.evaluate(HELD)
        browser.call("Performance.enable", timeDomain="threadTicks")
        grown = expand = 0.0
        for wanted in STEPS:
            taken: list[float] = []
            things = 0
            while things < wanted:
                before = worked(browser)
                more = browser.evaluate(GROW)
                if not more:
                    break
                expand = (worked(browser) - before) / len(more)
                taken += more
                things, elements = browser.evaluate(SIZE)
            grown += sum(taken)
            browser.evaluate("root.querySelector('.bar button:nth-child(3)').click()")
            yield {
                "things": things,
                "elements": elements,
                "grown": grown,
                "expand": expand,
                "pan": _step(browser, PAN),
                "zoom": _step(browser, ZOOM),
                "point": _step(browser, POINT),
            }


def worked(browser: Browser) -> float:
    """Milliseconds of the processor that the page's main thread took so far."""
    told = browser.call("Performance.getMetrics")["metrics"]
    return 1000 * float(next(one["value"] for one in told if one["name"] == "TaskDuration"))


def _step(browser: Browser, act: str) -> float:
    before = worked(browser)
    browser.evaluate(FRAMES % act)
    return (worked(browser) - before) / ACTS


def main() -> int:
    """Print a line a step; 1 if the last is beyond a limit."""
    print("things  elements  grown in (clock)  a query more  step of a pan  of a zoom  pointing")
    for at in measure():
        print(
            f"{at['things']:6} {at['elements']:9} {at['grown'] / 1000:15.1f} s "
            f"{at['expand']:10.0f} ms {at['pan']:12.0f} ms {at['zoom']:7.0f} ms "
            f"{at['point']:6.0f} ms",
            flush=True,
        )
    beyond = [f"{name}: {at[name]:.0f} ms, not {most:.0f}" for name, most in LIMITS.items()
              if at[name] > most]  # fmt: skip
    if at["things"] < STEPS[-1]:
        beyond.append(f"grown to {at['things']:.0f} things, not {STEPS[-1]}")
    print("; ".join(beyond) or "within all limits", file=sys.stderr)
    return int(bool(beyond))


if __name__ == "__main__":
    sys.exit(main())
