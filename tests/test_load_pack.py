"""Packs: the graph of the text, sooner; and whatever is wrong with one only costs time."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings

import ecograph
from ecograph.errors import DataErrors
from ecograph.formats.faults import Faults
from ecograph.formats.pack import read_pack, write_pack
from ecograph.load import load, open_graph
from ecograph.load.files import read_folder
from ecograph.load.pack import KEPT, hash_files, is_private_folder
from ecograph.model.graph import Graph
from ecograph.service import open_service
from tests.data_cases.changed import SMALL, TOOLS, change_small
from tests.generate import graphs

ROOT = Path(__file__).parent.parent
LIE = "a pack that lies"


def plant(cache: Path, folder: Path = SMALL) -> Path:
    """A pack, sealed as it should be, that gives a folder's graph another title."""
    content = hash_files(read_folder(folder, Faults()))
    data = write_pack(replace(load(folder), title={"en": LIE}), ecograph.__version__, content)
    assert data is not None
    cache.mkdir(mode=0o700, exist_ok=True)
    path = cache / f"{content}.pack"
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def is_believed(cache: Path) -> bool:
    """Whether what is planted is taken for the small dataset, which is given otherwise."""
    graph = open_graph(SMALL, cache)
    if graph.title == {"en": LIE}:
        return True
    assert graph == load(SMALL)
    return False


def sealed(payload: bytes, content: str) -> bytes:
    digest = hashlib.sha256(payload).hexdigest()
    return f"ecograph-pack 2 {ecograph.__version__} {content} {digest}\n".encode() + payload


def spelled(graph: Graph) -> tuple[str, str, frozenset[str]]:
    """All of a graph with its order and its types, which == does not tell apart."""
    ontology = graph.ontology
    return repr(graph), ontology.model_dump_json(), frozenset(ontology.model_fields_set)


@pytest.mark.parametrize("folder", [SMALL, ROOT / "data"], ids=["small", "bundled"])
def test_a_pack_gives_the_graph_of_the_text_in_order_and_types(
    folder: Path, tmp_path: Path
) -> None:
    opened = [open_graph(folder, tmp_path / "cache") for _ in range(2)]
    assert opened == [load(folder)] * 2
    assert [spelled(graph) for graph in opened] == [spelled(load(folder))] * 2


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_any_graph_comes_back_from_its_pack(graph: Graph) -> None:
    data = write_pack(graph, "1.0", "ab")
    assert data is not None
    again = read_pack(data, "1.0", "ab")
    assert again == graph
    assert spelled(again) == spelled(graph)
    assert again.calendar.communities == graph.calendar.communities


def test_a_graph_that_would_come_back_changed_is_not_packed() -> None:
    graph = load(SMALL)
    assert write_pack(replace(graph, license=("CC0-1.0",)), "1.0", "ab") is None  # type: ignore[arg-type]
    assert write_pack(replace(graph, title={"en": "\ud800"}), "1.0", "ab") is None


def test_the_second_start_reads_the_pack(tmp_path: Path) -> None:
    plant(tmp_path / "cache")
    assert is_believed(tmp_path / "cache")


def test_the_second_start_needs_nothing_that_reads_yaml(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ecograph.load import open_graph;"
        f"open_graph(Path({str(SMALL)!r}), Path({str(tmp_path / 'cache')!r}));"
        "print('yaml' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    said = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
            for _ in range(2)]  # fmt: skip
    assert said == ["True\n", "False\n"]


def test_the_second_start_finds_no_communities_anew(tmp_path: Path) -> None:
    program = (
        "import sys; from ecograph.service import open_service; s = open_service(cache=True);"
        "s.warm_up(); told = s.query('{ facets(by: [COMMUNITY]) { values { count } } }');"
        "print(len(told['data']['facets'][0]['values']) > 9, 'networkx' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    said = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT,
                           env={**os.environ, "ECOGRAPH_CACHE_DIR": str(tmp_path)}).stdout
            for _ in range(2)]  # fmt: skip
    assert said == ["True True\n", "True False\n"]


def test_changed_text_is_read_anew(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = open_graph(SMALL, cache)
    folder = change_small(tmp_path, (TOOLS, "runc", "runc"), ("dataset.yaml", "2026", "2027"))
    after = open_graph(folder, cache)
    assert (after, open_graph(folder, cache)) == (load(folder), load(folder))
    assert after.as_of != before.as_of
    assert len(list(cache.iterdir())) == 2


def test_a_renamed_file_and_a_split_one_have_hashes_of_their_own() -> None:
    files = read_folder(SMALL, Faults())
    last = files[-1]
    moved = [*files[:-1], replace(last, name=f"x{last.name}")]
    shifted = [*files[:-1], replace(last, name=last.name + last.text[0], text=last.text[1:])]
    assert len({hash_files(files), hash_files(moved), hash_files(shifted)}) == 3


def _with_payload(change: Callable[[list[object]], object]) -> Callable[[bytes, str], bytes]:
    def damage(data: bytes, content: str) -> bytes:
        rows = orjson.loads(data.partition(b"\n")[2])
        return sealed(orjson.dumps(change(rows)), content)

    return damage


DAMAGE: dict[str, Callable[[bytes, str], bytes]] = {
    "empty": lambda data, content: b"",
    "cut": lambda data, content: data[: len(data) // 2],
    "cut in its first line": lambda data, content: data[:40],
    "without its last byte": lambda data, content: data[:-1],
    "with a byte more": lambda data, content: data + b" ",
    "one bit of it changed": lambda data, content: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "a word of it changed": lambda data, content: data.replace(b"runc", b"rund"),
    "of another format": lambda data, content: data.replace(b"pack 2 ", b"pack 0 ", 1),
    "of another release": lambda data, content: data.replace(b" 2 0.", b" 2 9.", 1),
    "of other content": lambda data, content: data.replace(content.encode(), b"0" * 64, 1),
    "a pickle": lambda data, content: b"\x80\x04cos\nsystem\n(S'false'\ntR.",
    "sealed, and no JSON": lambda data, content: sealed(b"\x80\x04.", content),
    "sealed, and nothing": lambda data, content: sealed(b"", content),
    "sealed, and deep": lambda data, content: sealed(b"[" * 100_000, content),
    "sealed, and null": _with_payload(lambda rows: None),
    "sealed, and a record": _with_payload(lambda rows: {"graph": rows}),
    "sealed, and short": _with_payload(lambda rows: rows[:5]),
    "sealed, with another ontology": _with_payload(lambda rows: ["{}", *rows[1:]]),
    "sealed, with short rows": _with_payload(lambda rows: [*rows[:5], [[1, 2]]]),
    "sealed, with numbers of nothing": _with_payload(
        lambda rows: [*rows[:5], [[0, 999, 0, None, None, False, None, {}, []]]]
    ),
    "sealed, with texts for rows": _with_payload(lambda rows: [*rows[:4], "runc", rows[5]]),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_bad_pack_is_noticed_and_made_anew(name: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    graph = open_graph(SMALL, cache)
    [path] = cache.iterdir()
    good = path.read_bytes()
    bad = DAMAGE[name](good, path.stem)
    assert bad != good
    path.write_bytes(bad)
    assert open_graph(SMALL, cache) == graph
    assert path.read_bytes() == good
    assert list(cache.iterdir()) == [path]


def test_no_byte_of_a_pack_can_change_unnoticed() -> None:
    data = write_pack(load(SMALL), "1.0", "ab")
    assert data is not None
    for place in [*range(120), *range(120, len(data), 97)]:
        changed = bytearray(data)
        changed[place] ^= 0x20
        assert read_pack(bytes(changed), "1.0", "ab") is None


def test_only_the_user_may_read_a_pack(tmp_path: Path) -> None:
    open_graph(SMALL, tmp_path / "a" / "cache")
    [path] = (tmp_path / "a" / "cache").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o702])
def test_a_folder_that_others_may_write_is_not_used(mode: int, tmp_path: Path) -> None:
    path = plant(tmp_path / "cache")
    path.parent.chmod(mode)
    assert not is_believed(path.parent)
    path.unlink()
    assert not is_believed(path.parent)
    assert list(path.parent.iterdir()) == []


def test_a_folder_of_someone_else_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    if os.geteuid() == 0:
        plant(cache)
        os.chown(cache, 12345, 12345)
    else:
        cache = Path("/usr")
    assert not is_private_folder(cache)
    assert not is_believed(cache)


def test_a_link_to_a_folder_is_not_used(tmp_path: Path) -> None:
    plant(tmp_path / "cache")
    link = tmp_path / "link"
    link.symlink_to("cache")
    assert not is_believed(link)


def test_a_pack_that_others_may_write_is_not_believed(tmp_path: Path) -> None:
    path = plant(tmp_path / "cache")
    path.chmod(0o666)
    assert not is_believed(path.parent)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_to_a_pack_is_not_believed(tmp_path: Path) -> None:
    path = plant(tmp_path / "cache")
    elsewhere = path.rename(tmp_path / "elsewhere")
    path.symlink_to(elsewhere)
    assert not is_believed(path.parent)
    assert not path.is_symlink()


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    path = plant(tmp_path / "cache")
    path.unlink()
    os.mkfifo(path, 0o600)
    assert not is_believed(path.parent)
    path.unlink()
    path.mkdir()
    assert not is_believed(path.parent)
    assert list(path.parent.iterdir()) == [path]


def test_a_cache_folder_that_cannot_be_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for cache in (tmp_path / "file", tmp_path / "file" / "a" / "b", Path("/proc/ecograph")):
        assert open_graph(SMALL, cache) == load(SMALL)


def test_processes_that_start_at_once_leave_one_good_pack(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    program = (
        "from pathlib import Path; from ecograph.load import open_graph;"
        f"print(open_graph(Path({str(SMALL)!r}), Path({str(cache)!r})).version)"
    )
    command = [sys.executable, "-c", program]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
               for _ in range(4)]  # fmt: skip
    said = [process.communicate(timeout=60)[0] for process in started]
    assert said == [f"{load(SMALL).version}\n"] * 4
    [path] = cache.iterdir()
    assert read_pack(path.read_bytes(), ecograph.__version__, path.stem) == load(SMALL)


def test_faults_are_told_and_not_packed(tmp_path: Path) -> None:
    folder = change_small(tmp_path, (TOOLS, "kind: Tool", "kind: Tol"))
    for _ in range(2):
        with pytest.raises(DataErrors) as opened:
            open_graph(folder, tmp_path / "cache")
        with pytest.raises(DataErrors) as read:
            load(folder)
        assert str(opened.value) == str(read.value)
    (folder / "entities" / "tools.yml").write_text("")
    with pytest.raises(DataErrors, match=r"tools\.yml"):
        open_graph(folder, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_packs_that_were_not_used_for_long_go(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    for number in range(KEPT + 2):
        (cache / f"{number}.pack").write_text("")
        os.utime(cache / f"{number}.pack", (number, number))
    (cache / ".old.tmp").write_text("")
    os.utime(cache / ".old.tmp", (0, 0))
    (cache / ".young.tmp").write_text("")
    (cache / "notes.txt").write_text("")
    open_graph(SMALL, cache)
    names = {path.name for path in cache.iterdir()}
    assert len(names) == KEPT + 2
    assert not {"0.pack", "1.pack", "2.pack", ".old.tmp"} & names
    assert {"3.pack", ".young.tmp", "notes.txt"} <= names


def test_use_keeps_a_pack_young(tmp_path: Path) -> None:
    path = plant(tmp_path / "cache")
    os.utime(path, (0, 0))
    assert is_believed(path.parent)
    assert path.stat().st_mtime > 1e9


def test_check_reads_the_text(tmp_path: Path) -> None:
    plant(tmp_path / "cache")
    done = subprocess.run(
        [sys.executable, "-m", "ecograph", "check", str(SMALL)],
        env={**os.environ, "ECOGRAPH_CACHE_DIR": str(tmp_path / "cache")},
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert done.stdout.endswith(f"version {load(SMALL).version}\n")


def test_a_service_keeps_packs_where_it_is_told_or_nowhere(tmp_path: Path) -> None:
    open_service(SMALL, cache=False, cache_dir=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    for _ in range(2):
        service = open_service(SMALL, cache_dir=tmp_path / "cache", answer_cache=0)
        assert service.graph == load(SMALL)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".pack"]
