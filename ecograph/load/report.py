"""Faults as text for people, as JSON for programs, as annotations for a code review."""

from __future__ import annotations

import json
from io import StringIO
from itertools import groupby

from rich.console import Console
from rich.text import Text

from ecograph.errors import DataError, DataErrors


def report_text(errors: DataErrors, *, color: bool = False) -> str:
    """The faults grouped by file, one a line: `line:column  message; what would be right`."""
    out = StringIO()
    console = Console(
        file=out, force_terminal=color, no_color=not color, highlight=False, soft_wrap=True,
        legacy_windows=False, color_system="standard" if color else None,
    )  # fmt: skip
    for file, faults in groupby(errors.faults, key=lambda fault: fault.place.file):
        console.print(Text(file, style="bold"))
        for fault in faults:
            console.print(_line(fault))
        console.print()
    console.print(Text(errors.message, style="bold red"))
    return out.getvalue()


def _line(fault: DataError) -> Text:
    place = fault.place
    where = f"{place.line}:{place.column}" if place.line else "-"
    line = Text.assemble("  ", (f"{where:<8}", "cyan"), fault.message)
    if fault.hint:
        line.append(f"; {fault.hint}", style="green")
    return line.append(f"  [{fault.code}]", style="dim")


def report_json(errors: DataErrors) -> str:
    """The faults as one JSON object: `{"count": ..., "faults": [{"code": ..., ...}]}`."""
    faults = [
        {
            "code": fault.code,
            "message": fault.message,
            "hint": fault.hint,
            "file": fault.place.file,
            "line": fault.place.line,
            "column": fault.place.column,
        }
        for fault in errors.faults
    ]
    return json.dumps({"count": len(faults), "faults": faults}, ensure_ascii=False, indent=2)


def report_annotations(errors: DataErrors) -> str:
    """The faults as GitHub workflow commands, one a line: `::error file=..,line=..::message`."""
    return "".join(_annotation(fault) + "\n" for fault in errors.faults)


def _annotation(fault: DataError) -> str:
    place = fault.place
    fields = [f"file={_escape_field(place.file)}"]
    if place.line:
        fields += [f"line={place.line}", f"col={place.column}"]
    message = fault.message + (f"; {fault.hint}" if fault.hint else "")
    return f"::error {','.join(fields)}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_field(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
