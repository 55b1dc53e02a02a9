"""The same job where scripts are off: forms and links do it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.filled_site import FRESH, OFFICER
from tests.browser.visiting import Visitor, home_of, sign_in

pytestmark = pytest.mark.browser


def test_import_adopt_map_scorecard(visitor: Visitor, repo_root: Path) -> None:
    page = visitor.open("", java_script_enabled=False)
    page.goto(f"{home_of(FRESH[3])}import/")
    sign_in(page, OFFICER)
    page.set_input_files("#file", repo_root / "examples/bureau/plan.txt")
    page.get_by_role("button", name="讀取文件").click()
    expect(page.locator(".finding").first).to_be_visible()
    assert page.locator(".finding").count() > 5

    page.get_by_role("button", name="接受讀法").first.click()
    expect(page.locator(".finding.decided")).to_have_count(1)
    page.get_by_role("button", name="其餘全部接受").first.click()
    page.get_by_role("button", name="採用這份計畫").click()

    page.get_by_role("link", name="策略地圖").click()
    page.locator("a:has([data-code=AP1])").click()
    expect(page.locator("#objective")).to_contain_text("AP1.1 老舊機車汰換輛數")
    page.get_by_role("link", name="計分卡").click()
    page.get_by_label("構面").select_option("財務")
    page.get_by_role("button", name="套用").click()
    expect(page).to_have_url(re.compile("perspective="))
    expect(page.get_by_role("status")).to_contain_text("29 項指標，顯示")
