"""The documents of ../shared and our samples, through the pages: every tab and every menu entry opens."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import AGENCY

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/*.txt"))


def walk(page: Client, file: Path, content: bytes) -> None:
    """Upload a document, look at it from every side, adopt it, open everything that the menu offers."""
    answer = page.post(f"{AGENCY}/import/", {"file": SimpleUploadedFile(file.name, content)})
    assert answer.status_code == 302
    for tab in ("findings", "reading", "changes"):
        assert page.get(f"{answer['Location']}?show={tab}").status_code == 200
    adopted = page.post(f"{answer['Location']}adopt/", follow=True).content.decode()
    menu = re.search(r'<nav class="rail".*?</nav>', adopted, re.S)
    assert menu
    links = re.findall(r'href="([^"]+)"', menu[0])
    assert len(links) >= 4
    for language in ("en", "zh-hant"):
        page.post("/language/", {"language": language, "next": "/"})
        for link in links:
            assert page.get(link).status_code == 200, link
    for link in re.findall(r'href="([^"]*\?objective=[^"]+)"', adopted)[:60]:
        assert page.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_samples_open_everywhere(file: Path, page: Client) -> None:
    walk(page, file, file.read_bytes())


@pytest.mark.documents
@pytest.mark.parametrize("number", range(5))
def test_shared_documents_open_everywhere(number: int, seeds: list[Path], page: Client) -> None:
    walk(page, seeds[number], seeds[number].read_bytes())


@pytest.mark.documents
@pytest.mark.parametrize("number", range(5))
def test_half_a_document_shows_itself_without_failing(
    number: int, seeds: list[Path], page: Client
) -> None:
    content = seeds[number].read_bytes()
    half = SimpleUploadedFile(seeds[number].name, content[: len(content) // 2])
    answer = page.post(f"{AGENCY}/import/", {"file": half})
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        for tab in ("findings", "reading"):
            assert page.get(f"{answer['Location']}?show={tab}").status_code == 200
        assert page.post(f"{answer['Location']}adopt/", follow=True).status_code == 200
