"""Where the data lie and how the database is spoken to."""

import os
import stat
from pathlib import Path

import pytest
from django.db import connection

from hengtu.server.database import DatabaseAddressError, describe_database
from hengtu.server.home import find_home, read_secret_key


def test_without_an_address_it_is_sqlite_in_the_home_folder(tmp_path: Path) -> None:
    described = describe_database("", tmp_path)
    assert described["NAME"] == str(tmp_path / "hengtu.sqlite3")
    assert described["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in described["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart() -> None:
    described = describe_database("postgresql://a%40b:s%2Fx@db:5433/plan?sslmode=require", Path())
    assert (described["USER"], described["PASSWORD"]) == ("a@b", "s/x")
    assert (described["HOST"], described["PORT"], described["NAME"]) == ("db", "5433", "plan")
    assert described["OPTIONS"]["sslmode"] == "require"
    assert described["OPTIONS"]["pool"]


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(DatabaseAddressError, match="mysql"):
        describe_database("mysql://x/y", Path())


def test_home_follows_the_environment(tmp_path: Path) -> None:
    assert find_home({"HENGTU_HOME": str(tmp_path)}) == tmp_path
    assert find_home({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path / "hengtu"


def test_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    key = read_secret_key({}, tmp_path / "home")
    assert read_secret_key({}, tmp_path / "home") == key
    mode = stat.S_IMODE(os.stat(tmp_path / "home" / "secret_key").st_mode)
    assert mode == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret_key"]


def test_key_of_the_environment_goes_first(tmp_path: Path) -> None:
    assert read_secret_key({"HENGTU_SECRET_KEY": "given"}, tmp_path) == "given"
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_sqlite_is_durable() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
