"""A real browser, driven through a pair of pipes by the Chrome DevTools Protocol.

Source: https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

SECONDS = 30
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync
    --disable-dev-shm-usage --remote-debugging-pipe""".split()
# The browser reads commands from descriptor 3 and writes to descriptor 4.
LAUNCH = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execvp(sys.argv[3], sys.argv[3:])"""


def find_browser() -> str | None:
    """The browser's command; None if the machine has none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((name for name in names if shutil.which(name)), None)


class Browser:
    """One page of a browser; what it asked for and what it complained about is kept."""

    def __init__(self, profile: Path) -> None:
        command = find_browser()
        assert command, "there is no browser; on Debian: apt install chromium"
        ours, theirs = _pipes(), _pipes()
        self._out, self._in = ours[1], theirs[0]
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(ours[0]), str(theirs[1]), command, *FLAGS,
             f"--user-data-dir={profile}"],
            pass_fds=(ours[0], theirs[1]), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(ours[0])
        os.close(theirs[1])
        self._read = b""
        self._calls = 0
        self._session = self._context = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.start_anew()

    def start_anew(self) -> None:
        """A new page that remembers nothing of the one before."""
        self._session = ""
        self.requests.clear()
        self.complaints.clear()
        if self._context:
            self.call("Target.disposeBrowserContext", browserContextId=self._context)
        self._context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=self._context)
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of one command."""
        self._calls += 1
        message: dict[str, Any] = {"id": self._calls, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (told := self._next()).get("id") != self._calls:
            self._keep(told)
        assert "error" not in told, told["error"]
        result: dict[str, Any] = told["result"]
        return result

    def open(self, url: str) -> None:
        """Go to an address, and wait until it has loaded."""
        # The mark goes with the old document.
        self.evaluate("window.left = true")
        self.call("Page.navigate", url=url)
        self.wait_until("!window.left && document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, or of its promise."""
        told = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def press(self, key: str) -> None:
        """Press and let go of a key, as a person would."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowLeft": 37,
                 "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}  # fmt: skip
        told = {"key": key, "windowsVirtualKeyCode": codes.get(key, 0)}
        text = "\r" if key == "Enter" else key if len(key) == 1 else ""
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **told)
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def type(self, text: str) -> None:
        """Put text into what has the focus."""
        self.call("Input.insertText", text=text)

    def resize(self, width: int, height: int = 900) -> None:
        """Make the window so wide and high, in pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)  # fmt: skip

    def prefer(self, scheme: str) -> None:
        """Say that the reader prefers `dark` or `light`."""
        wanted = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=wanted)

    def wait_until(self, condition: str) -> None:
        """Wait for a condition of the page; fail if it does not come true."""
        deadline = time.monotonic() + SECONDS
        while not self.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < deadline, f"never true: {condition}; {self.complaints}"
            time.sleep(0.02)

    def _keep(self, told: dict[str, Any]) -> None:
        if told.get("sessionId", self._session) != self._session:
            return  # A page that was left still speaks.
        parameters = told.get("params", {})
        if told.get("method") == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif told.get("method") == "Log.entryAdded":
            entry = parameters["entry"]
            self.complaints.append(f"{entry['text']} {entry.get('url', '')}".rstrip())
        elif told.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(parameters["exceptionDetails"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._in], [], [], SECONDS)
            assert ready, "the browser does not answer"
            more = os.read(self._in, 1 << 16)
            assert more, "the browser ended"
            self._read += more
        first, _, self._read = self._read.partition(b"\0")
        told: dict[str, Any] = json.loads(first)
        return told


def _pipes() -> tuple[int, int]:
    """A pipe whose descriptors are above those that the browser wants."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]
