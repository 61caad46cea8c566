"""Partial dates: the first and the last day that they can mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.dates import BEGINNING, END, earliest, latest, span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-08", date(2019, 8, 1), date(2019, 8, 31)),
        ("2019-08-16", date(2019, 8, 16), date(2019, 8, 16)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_partial_date_means_every_day_in_it(text: str, first: date, last: date) -> None:
    assert span(text) == (first.toordinal(), last.toordinal())
    assert (earliest(text), latest(text)) == span(text)


@given(st.dates())
def test_months_and_years_hold_their_days(day: date) -> None:
    text = day.isoformat()
    assert span(text) == (day.toordinal(), day.toordinal())
    for part in (text[:4], text[:7]):
        assert earliest(part) <= day.toordinal() <= latest(part)
    assert BEGINNING < day.toordinal() < END


@pytest.mark.parametrize(
    "text",
    ["", "19", "2019-8", "2019-08-1", "2019/08", "2019-08-16T00:00", " 2019", "2019 ", "2019\n",
     "-2019", "２０１９"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_right_form(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2019, 2019-08 or 2019-08-16"):
        span(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2018-13-01", "there is no month 13"),
        ("2018-00", "there is no month 00"),
        ("2018-02-30", "2018-02 has no day 30"),
        ("0000-01-01", "there is no year 0"),
    ],
)
def test_what_of_a_date_is_not_there_is_told(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not in the calendar: {part}"):
        span(text)


@pytest.mark.parametrize("text", ["0000", "2019-00", "2019-13", "2019-02-29", "2019-04-31"])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not in the calendar"):
        span(text)
