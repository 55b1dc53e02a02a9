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


def write_room(room: Path, source: str, template: str = "", **english: str) -> Path:
    fragments = room / "wording" / "english"
    fragments.mkdir(parents=True)
    body = "\n".join(f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in english.items())
    (fragments / "part.po").write_text(HEADER + body, encoding="utf-8")
    (room / "words.py").write_text(source, encoding="utf-8")
    (room / "page.html").write_text(template, encoding="utf-8")
    return room


def test_sentences_in_both_languages_are_fine(catalogues: dict[str, Any], tmp_path: Path) -> None:
    write_room(tmp_path, 'mark("計畫")', '{% translate "燈號" %}', 計畫="plan", 燈號="light")
    assert list(catalogues["list_problems"](tmp_path)) == []


def test_a_sentence_without_english_is_told(catalogues: dict[str, Any], tmp_path: Path) -> None:
    write_room(tmp_path, 'mark("計畫")', "{% blocktranslate %}共{{ n }}項{% endblocktranslate %}")
    assert list(catalogues["list_problems"](tmp_path)) == [
        "page.html: no English for '共%(n)s項'",
        "words.py: no English for '計畫'",
    ]


def test_english_without_use_and_unequal_fields_are_told(
    catalogues: dict[str, Any], tmp_path: Path
) -> None:
    write_room(tmp_path, 'say("讀為{x}")', "", **{"讀為{x}": "read as {y}", "廢": "old"})
    problems = list(catalogues["list_problems"](tmp_path))
    assert problems == ["words.py: other fields in the English of '讀為{x}'", "unused: '廢'"]


def test_the_compiled_catalogue_speaks(catalogues: dict[str, Any], tmp_path: Path) -> None:
    write_room(tmp_path, 'mark("計畫")', 計畫="plan")
    with catalogues["compile_all"](tmp_path).open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("計畫") == "plan"
