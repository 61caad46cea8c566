"""What is kept: bounded in bytes, and not pushed out by what is asked for once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ecograph.api.kept import Kept, key_of
from ecograph.service import Service
from tests.world import world


def kept(limit: int = 8_000) -> Kept[str, bytes]:
    return Kept(limit, lambda key, value: len(value))


def test_what_is_asked_again_stays_however_much_is_asked_once() -> None:
    own = kept()
    own.put("often", b"x" * 500)
    assert own.get("often") == b"x" * 500
    for number in range(1_000):
        own.put(f"once {number}", b"x" * 500)
    assert own.get("often") == b"x" * 500
    assert own.get("once 0") is None
    assert own.get("once 999") == b"x" * 500


def test_what_is_asked_once_takes_an_eighth_of_the_room() -> None:
    own = kept()
    for number in range(1_000):
        own.put(f"once {number}", b"x" * 100)
    assert (len(own), own.size) == (10, 1_000)


def test_what_comes_a_second_time_has_the_whole_room() -> None:
    own = kept()
    for _ in range(2):
        for number in range(1_000):
            own.put(str(number), b"x" * 100)
    assert own.size == 8_000


def test_a_value_that_is_put_twice_counts_once() -> None:
    own = kept()
    for _ in range(50):
        own.put("a", b"x" * 500)
    assert (len(own), own.size) == (1, 500)


def test_a_value_that_grew_counts_as_it_is() -> None:
    own: Kept[str, list[int]] = Kept(1_000, lambda key, value: 10 * len(value))
    value = [1]
    own.put("a", value)
    value.append(2)
    own.weigh_again("a")
    own.weigh_again("b")
    assert own.size == 20
    own.clear()
    assert (len(own), own.size, own.get("a")) == (0, 0, None)


def test_a_value_over_a_tenth_of_the_room_is_not_kept() -> None:
    own = kept()
    own.put("a", b"x" * 801)
    assert own.get("a") is None


def test_the_key_of_an_answer_does_not_depend_on_the_order_of_variables() -> None:
    assert key_of("{a}", None, {"b": 1, "a": "é"}) == key_of("{a}", None, {"a": "é", "b": 1})
    assert key_of("{a}", None, {}) == key_of("{a}", None, None) != key_of("{a}", "A", None)
    assert key_of("{a}", None, {"a": object()}) is None


def test_documents_and_their_variants_are_bounded_in_bytes() -> None:
    own = Service(world(), answer_cache=0)
    document = "query ($of: [Kind!]) { " + "search(text: $t, kinds: $of) { totalCount } " + "}"
    for number in range(60):
        long = document.replace("$t", f'"{number}"') + "#" * 3_000
        own.query(long, {"of": ["TOOL"]})
        own.query(long, {"of": None})
    assert own.api._operations.size <= own.api._operations.limit == 16 * 2**20
    assert 0 < len(own.api._operations) < 40


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that take turns after every few steps."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty")
def test_what_several_threads_keep_is_counted_once() -> None:
    own = kept()

    def work(first: int) -> None:
        for number in range(2_000):
            key = f"{(first + number) % 40}"
            if own.get(key) is None:
                own.put(key, b"x" * 400)
            own.weigh_again(key)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    assert own.size == 400 * len(own) <= 8_000
