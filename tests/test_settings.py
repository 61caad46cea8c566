"""Settings: flags, then the environment, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.errors import SettingsError
from ecograph.settings import Settings, bundled, read_settings


def test_a_flag_wins_over_the_environment_and_it_over_the_default() -> None:
    environment = {"ECOGRAPH_PORT": "9000", "ECOGRAPH_DEADLINE": "0.5"}
    found = read_settings(environment, port=9100, host=None)
    assert found == Settings(port=9100, deadline=0.5, host="127.0.0.1")


def test_an_empty_variable_counts_as_absent() -> None:
    assert read_settings({"ECOGRAPH_PORT": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "high", "ECOGRAPH_PORT: 'high' is not a number"),
        ("PORT", "-1", "port: -1 is no port; write 0 to 65535 (0: any free one)"),
        ("ANSWER_CACHE", "-5", "answer_cache: -5 is negative; write bytes, or 0"),
        ("DEADLINE", "0", "deadline: 0.0 is no time; write seconds, e.g. 2"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({f"ECOGRAPH_{name}": value})
    assert caught.value.message == message


def test_the_bundled_folders_are_there() -> None:
    assert (bundled("data") / "ontology.yaml").is_file()
    assert (bundled("queries") / "Implementers.graphql").is_file()
    assert isinstance(bundled("data"), Path)
