"""The translation check finds what is missing."""

import gettext
import runpy
from pathlib import Path
from typing import Any

import pytest

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def catalogues(repo_root: Path) -> dict[str, Any]:
    return runpy.run_path(str(repo_root / "scripts" / "catalogues.py"))


def write_catalogue(locale: Path, language: str, **sentences: str) -> Path:
    po = locale / language / "LC_MESSAGES" / "hengtu.po"
    po.parent.mkdir(parents=True)
    body = "\n".join(f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in sentences.items())
    po.write_text(HEADER + body, encoding="utf-8")
    return po


def test_complete_catalogues_have_no_gaps(catalogues: dict[str, Any], tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh_Hant", plan="計畫")
    write_catalogue(tmp_path, "en", plan="plan")
    assert list(catalogues["list_gaps"](tmp_path)) == []


def test_a_sentence_of_one_language_only_is_told(
    catalogues: dict[str, Any], tmp_path: Path
) -> None:
    write_catalogue(tmp_path, "zh_Hant", plan="計畫", light="燈號")
    write_catalogue(tmp_path, "en", plan="")
    assert list(catalogues["list_gaps"](tmp_path)) == [
        "en: hengtu.po lacks 'light'",
        "en: hengtu.po does not translate 'plan'",
    ]


def test_a_missing_catalogue_is_told(catalogues: dict[str, Any], tmp_path: Path) -> None:
    assert len(list(catalogues["list_gaps"](tmp_path))) == 2


def test_a_compiled_catalogue_speaks(catalogues: dict[str, Any], tmp_path: Path) -> None:
    po = write_catalogue(tmp_path, "zh_Hant", plan="計畫")
    assert catalogues["compile_all"](tmp_path) == 1
    assert catalogues["compile_all"](tmp_path) == 0
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("plan") == "計畫"
