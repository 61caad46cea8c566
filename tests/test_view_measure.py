"""How wide texts are taken to be, and where their lines break."""

from __future__ import annotations

import pytest

from ecograph.view.measure import cut, width_of, wrap


def test_chinese_takes_a_square_for_each_character() -> None:
    assert width_of("容器网络", 13) == 52
    assert width_of("（，）", 10) == 30


def test_latin_is_as_wide_as_the_widest_common_font() -> None:
    assert width_of("runc", 13) == pytest.approx(13 * (0.41 + 0.63 + 0.63 + 0.55))
    assert width_of("runc", 13, bold=True) > width_of("runc", 13)


def test_marks_that_combine_take_no_room() -> None:
    assert width_of("e\u0301", 10) == width_of("e", 10)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("runc", ("runc",)),
        ("Container Device Interface", ("Container", "Device Interface")),
        ("kubernetes-sigs/cluster-api", ("kubernetes-", "sigs/cluster-api")),
        ("容器运行时接口规范与实现", ("容器运行时接", "口规范与实现")),
        ("分布式（原 Docker Registry）", ("分布式（原 Docker", "Registry）")),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 13, 130) == lines


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("containerd shim API", 90), ("Confidential Containers", 150),
        ("OpenTelemetry Specification", 130), ("Docker authorization plugin API", 120),
    ],
)  # fmt: skip
def test_no_word_that_fits_is_broken_to_make_lines_even(text: str, room: float) -> None:
    assert " ".join(wrap(text, 13, room, 3)).split() == text.split()


def test_no_line_is_wider_than_its_room_however_long_a_word_is() -> None:
    for text in ("x" * 80, "容" * 40, "a-b/c_d.e " * 9, "Docker引擎" * 8, "…" * 50, "W " * 20):
        lines = wrap(text, 13, 120)
        assert len(lines) <= 2
        assert all(width_of(line, 13) <= 120 for line in lines), lines


def test_what_is_cut_off_ends_with_an_ellipsis() -> None:
    assert wrap("one two three four five six seven", 13, 90)[-1].endswith("…")
    assert cut("containerd", 13, 50) == "conta…"
    assert cut("runc", 13, 50) == "runc"
