"""Settings: flags, then the environment, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.errors import SettingsError
from ecograph.settings import Settings, bundled, find_cache, read_settings


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


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/var/a"}, "/var/a/ecograph"),
        ({"XDG_CACHE_HOME": "/var/a", "ECOGRAPH_CACHE_DIR": "/srv/b"}, "/srv/b"),
        ({"XDG_CACHE_HOME": "/var/a", "ECOGRAPH_CACHE": "yes"}, "/var/a/ecograph"),
        ({"XDG_CACHE_HOME": "relative"}, None),
        ({"XDG_CACHE_HOME": "/var/a", "ECOGRAPH_CACHE": "no"}, None),
        ({}, None),
    ],
)
def test_the_cache_folder_is_the_one_that_is_said_or_the_users(
    environment: dict[str, str], folder: str | None
) -> None:
    assert find_cache(environment) == (None if folder is None else Path(folder))


def test_what_is_given_wins_over_the_environment_of_the_cache() -> None:
    environment = {"ECOGRAPH_CACHE": "no", "ECOGRAPH_CACHE_DIR": "/srv/b"}
    assert find_cache(environment, cache=True) == Path("/srv/b")
    assert find_cache(environment, cache=True, cache_dir=Path("/srv/c")) == Path("/srv/c")
    assert find_cache({"ECOGRAPH_CACHE_DIR": "/srv/b"}, cache=False) is None
    with pytest.raises(SettingsError) as caught:
        find_cache({"ECOGRAPH_CACHE": "maybe"})
    assert caught.value.message == "ECOGRAPH_CACHE: 'maybe' is neither true nor false"
