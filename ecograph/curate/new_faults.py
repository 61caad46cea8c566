"""What a change of files would bring that check refuses; what was wrong before is not told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ecograph.errors import DataError, DataErrors
from ecograph.formats.faults import Faults
from ecograph.load.collector import pause_collector
from ecograph.load.dataset import load_placed
from ecograph.load.files import TextFile


def find_faults(files: Sequence[TextFile]) -> Sequence[DataError]:
    """The faults of data folders' files."""
    try:
        with pause_collector():
            load_placed(files, Faults())
    except DataErrors as errors:
        return errors.faults
    return ()


def find_new_faults(after: Sequence[DataError], before: Sequence[DataError]) -> list[DataError]:
    """Those that were not there; lines move with a change, so that places are not compared."""
    known = Counter((fault.code, fault.message) for fault in before)
    new: list[DataError] = []
    for fault in after:
        if known[fault.code, fault.message] > 0:
            known[fault.code, fault.message] -= 1
        else:
            new.append(fault)
    return new
