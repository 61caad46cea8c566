"""Settings: flags, then the environment, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from ecograph.cli.app import app
from ecograph.errors import SettingsError
from ecograph.settings import (
    DEFAULTS,
    SECRETS,
    Settings,
    bundled,
    find_cache,
    read_settings,
    to_environment,
    variable_of,
)


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


def test_a_file_gives_way_to_the_environment_and_it_to_a_flag(tmp_path: Path) -> None:
    file = tmp_path / "ecograph.toml"
    file.write_text(
        'port = 1\nqueued = 2\nrunning = 3\ndeadline = 4\ndata = "mine"\nwatch = true\n'
    )
    environment = {"ECOGRAPH_CONFIG": str(file), "ECOGRAPH_QUEUED": "5", "ECOGRAPH_RUNNING": "6"}
    found = read_settings(environment, running=7)
    assert found == Settings(
        port=1, queued=5, running=7, deadline=4, data=(tmp_path / "mine",), watch=True
    )
    assert read_settings({}, config=file).queued == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", "unknown setting 'prot'; did you mean: port?"),
        ("zzzz = 1", "unknown setting 'zzzz'; docs/settings.md lists them"),
        ('port = "1"', "port: '1' is no whole number"),
        ("port = true", "port: True is no whole number"),
        ("data = [1]", "data: [1] is no path and no list of paths"),
        ("watch = 1", "watch: 1 is no true or false"),
        ("token = 12345678901234567890", "token: what is there is no text"),
    ],
)
def test_a_fault_of_a_file_is_named(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "ecograph.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_settings({}, config=file)
    assert caught.value.message == f"{file}: {message}"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("port = ")
    for name in ("x.toml", "y.toml"):
        with pytest.raises(SettingsError, match=name):
            read_settings({}, config=tmp_path / name)


def test_a_short_token_is_refused_and_not_told() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"ECOGRAPH_TOKEN": "mellon"})
    assert caught.value.message == "token: 6 characters are too few; write 16 or more"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("127.0.0.1:7687", "store: '127.0.0.1:7687' is no address of a database"),
        ("http://127.0.0.1", "store: 'http://127.0.0.1' is no address of a database"),
        ("neo4j://", "store: 'neo4j://' is no address of a database"),
        ("bolt://a:high", "store: 'bolt://a:high' is no address of a database"),
        ("neo4j://me:mellon@db", "store: write the user and the password not into the address"),
        ("x://me:mellon@db", "store: 'db' is no address of a database"),
    ],
)
def test_a_wrong_address_is_named_without_its_password(address: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({}, store=address)
    assert caught.value.message.startswith(message)
    assert "mellon" not in caught.value.message


def test_a_password_is_not_shown() -> None:
    settings = read_settings({"ECOGRAPH_STORE_PASSWORD": "mellon"}, store="neo4j+s://db:7687")
    assert settings.store_password == "mellon"
    assert "mellon" not in repr(settings)


def test_the_environment_of_workers_gives_the_same_settings() -> None:
    settings = Settings(
        data=(Path("/srv/data"), Path("mine")),
        token="a-token-of-the-tests",
        watch=True,
        cache=False,
        deadline=0.5,
        max_depth=3,
    )
    assert read_settings(to_environment(settings)) == settings
    assert to_environment(Settings()) == {}


def shown(default: object) -> str:
    if default in (None, "", ()):
        return "—"
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, float):
        return f"{default:g}"
    return f"`{default}`" if isinstance(default, str) else f"{default}"


def test_the_table_of_the_settings_is_the_settings() -> None:
    lines = (bundled("docs") / "settings.md").read_text("utf-8").splitlines()
    table = [[c.strip() for c in line.split(" | ")] for line in lines if "`ECOGRAPH_" in line]
    rows = [[row[0].removeprefix("| "), *row[1:4]] for row in table if len(row) == 5]
    assert [[name, default.replace(",", ""), env] for name, default, _, env in rows] == [
        [f"`{name}`", shown(default), f"`{variable_of(name)}`"]
        for name, default in DEFAULTS.items()
    ]
    flags = {
        option
        for parameter in get_command(app).commands["serve"].params  # type: ignore[attr-defined]
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    for name, _, flag, _ in rows:
        if name.strip("`") in SECRETS:
            assert flag == "—"
        elif name.startswith("`max_"):
            assert flag == f"`--limit {name[5:-1]}=N`"
        else:
            assert flag.strip("`") in flags
            assert flag.strip("`") in (f"--{name[1:-1]}".replace("_", "-"), f"--no-{name[1:-1]}")
    assert not flags & {"--token", "--store-password"}
