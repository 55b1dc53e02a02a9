"""Every kind of finding has its words in both languages, and a sentence that fits any finding."""

from __future__ import annotations

import pytest

from hengtu.core.issues import KINDS, LEVELS, make_finding
from hengtu.core.source import Source
from hengtu.wording.catalogue import LANGUAGES, Language, say
from hengtu.wording.findings import LEVEL_NAMES, SENTENCES, TITLES, finding_message, shorten


def test_every_kind_has_title_and_sentence() -> None:
    assert set(TITLES) == set(KINDS)
    assert set(SENTENCES) == set(KINDS)
    assert set(LEVEL_NAMES) == set(LEVELS)


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_filled(code: str, lang: Language) -> None:
    finding = make_finding(code, Source(line=1, raw="印的字"), subject="AC1", reading="讀的字")
    sentence = finding_message(finding, lang)
    assert "{" not in sentence
    assert sentence == sentence.strip()


@pytest.mark.parametrize("code", KINDS)
def test_english_is_another_language(code: str) -> None:
    assert say(TITLES[code], "en") != TITLES[code]
    assert say(SENTENCES[code], "en") != SENTENCES[code]


def test_braces_in_printed_words_do_no_harm() -> None:
    finding = make_finding("R004", Source(line=1, raw="{subject} {0} {"))
    assert "{subject} {0} {" in finding_message(finding)


def test_long_words_are_cut_with_an_ellipsis() -> None:
    assert shorten("甲" * 100).endswith("…")
    assert len(shorten("甲" * 100)) == 60


def test_long_numbers_are_grouped_by_thousands() -> None:
    finding = make_finding("R141", Source(line=1, raw="12,4 50"), reading="12450000")
    assert "12,450,000" in finding_message(finding)
    assert "12450000" not in finding_message(finding, "en")
