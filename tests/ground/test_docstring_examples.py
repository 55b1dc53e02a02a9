"""The examples in docstrings of the lower rooms run and are right."""

import doctest
import importlib
import pkgutil

import pytest

import hengtu.core
import hengtu.readers
import hengtu.wording
import hengtu.writers

ROOMS = (hengtu.core, hengtu.wording, hengtu.readers, hengtu.writers)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_examples_run(room: object) -> None:
    names = [m.name for m in pkgutil.walk_packages(room.__path__, room.__name__ + ".")]  # type: ignore[attr-defined]
    results = [(name, doctest.testmod(importlib.import_module(name))) for name in names]
    assert sum(result.attempted for _, result in results) > 0
    assert [name for name, result in results if result.failed] == []
