"""The main job: from a plan document to a live map, scorecard and schedule, and on to its revision."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.filled_site import FRESH, OFFICER
from tests.browser.visiting import ADDRESSES, Visitor, home_of, sign_in

pytestmark = pytest.mark.browser

DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  return data;
}"""


def drop(page: Page, document: Path) -> None:
    """Drop a file on the drop zone, as a mouse would."""
    data = page.evaluate_handle(DROP, [document.name, document.read_text(encoding="utf-8")])
    zone = page.locator("[data-drop]")
    zone.dispatch_event("dragenter", {"dataTransfer": data})
    expect(zone).to_have_class(re.compile("over"))
    zone.dispatch_event("drop", {"dataTransfer": data})
    page.wait_for_url("**/import/*-*/**")


def choose(page: Page, document: Path) -> None:
    """Choose a file in the picker and send the form."""
    page.set_input_files("#file", document)
    page.get_by_role("button", name="讀取文件").click()
    page.wait_for_url("**/import/*-*/**")


def finding(page: Page, words: str) -> str:
    """Return the selector of the first finding with these words, which stays the same when decided."""
    found = page.locator(".finding", has_text=words).first
    return f"#{found.get_attribute('id')}"


def test_from_document_to_live_map(visitor: Visitor, repo_root: Path) -> None:
    page = visitor.open("")
    page.goto(home_of(FRESH[0]))
    expect(page).to_have_title(re.compile("登入"))
    sign_in(page, OFFICER)
    expect(page.get_by_role("heading", name=FRESH[0])).to_be_visible()
    page.get_by_role("link", name="匯入", exact=True).click()

    drop(page, repo_root / "examples/bureau/plan.txt")
    expect(page.locator(".source li").first).to_contain_text("澄海市政府環境局")
    expect(page.locator("main")).to_contain_text("24 項策略目標")
    expect(page.locator(".finding").first).to_be_visible()
    assert page.locator(".finding").count() > 5
    check_side_by_side(page)
    decide_findings(page)

    page.get_by_role("button", name="採用這份計畫").click()
    expect(page.get_by_role("status").first).to_contain_text("計畫已採用")
    check_map(page)
    check_scorecard(page)
    check_kpi(page)
    check_alignment(page)
    import_schedule(page, repo_root / "examples/office/service.txt")
    import_revision(page, repo_root / "examples/revision/plan.txt")
    leave(page)


def check_side_by_side(page: Page) -> None:
    """Source and findings stand side by side, and each lights up the other."""
    source, told = page.locator(".pane").first, page.locator(".pane").last
    left, right = source.bounding_box(), told.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    page.locator(".finding", has_text="「API」").hover()
    expect(page.locator(".source .lit")).to_contain_text("API")
    page.locator(".source .told").first.click()
    expect(page.locator(".finding.lit").first).to_be_visible()


def decide_findings(page: Page) -> None:
    """Accept one finding, edit one, overrule one with a reason and not without."""
    accepted = finding(page, "12,4 50")
    page.locator(accepted).get_by_role("button", name="接受讀法").click()
    expect(page.locator(accepted)).to_have_class(re.compile("decided"))
    expect(page.locator(accepted)).to_contain_text("接受")

    edited = finding(page, "API.1.1")
    page.locator(edited).get_by_text("修正", exact=True).click()
    page.locator(edited).get_by_label("正確的文字").fill("AP1.1.9")
    page.locator(edited).get_by_role("button", name="儲存修正").click()
    expect(page.locator(edited)).to_contain_text("改為「AP1.1.9」")

    overruled = finding(page, "8,0 00")
    page.locator(overruled).get_by_text("排除", exact=True).click()
    reason = page.locator(overruled).get_by_label("排除的理由")
    send = page.locator(overruled).get_by_role("button", name="排除這項發現")
    send.click()
    assert reason.evaluate("field => field.validity.valueMissing")
    reason.fill("　")
    send.click()
    expect(page.get_by_role("status")).to_contain_text("排除一項發現須填寫理由")
    page.locator(overruled).get_by_text("排除", exact=True).click()
    reason.fill("原稿即如此編列")
    send.click()
    expect(page.locator(overruled)).to_contain_text("理由：原稿即如此編列")
    expect(page.locator(".finding.decided")).to_have_count(3)


def check_map(page: Page) -> None:
    """The map shows every objective; a card opens its panel in place, and Back closes it."""
    page.get_by_role("link", name="策略地圖").click()
    expect(page.locator(".map-card")).to_have_count(24)
    before = page.url
    page.locator(".map-card[data-code=AP1]").click()
    panel = page.locator("#objective")
    expect(panel).to_contain_text("強化固定及移動污染源管制")
    expect(panel).to_contain_text("AP1.1 老舊機車汰換輛數")
    expect(panel).to_contain_text("AP1.1.9")
    page.reload()
    expect(panel).to_contain_text("AP1.1 老舊機車汰換輛數")
    page.go_back()
    expect(page).to_have_url(before)
    expect(panel).not_to_contain_text("AP1.1 老舊機車汰換輛數")
    page.get_by_role("link", name="清單").click()
    expect(page.locator("main table")).to_have_count(4)
    page.go_back()
    expect(page.locator(".map-card")).to_have_count(24)


def check_scorecard(page: Page) -> None:
    """The scorecard shows every KPI, and filters keep their place in the address."""
    page.get_by_role("link", name="計分卡").click()
    expect(page.get_by_role("status")).to_contain_text("29 項指標，顯示 29 項")
    page.wait_for_load_state()  # a choice is sent by a module that runs once the page is there
    page.get_by_label("構面").select_option("財務")
    page.wait_for_url("**perspective=*")
    expect(page.get_by_role("status")).not_to_contain_text("顯示 29 項")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("顯示 29 項")


def check_kpi(page: Page) -> None:
    """A KPI shows its formula and its values."""
    page.get_by_role("link", name=re.compile("AC1.1 ")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("空氣品質良好日數比率")
    expect(page.locator(".formula").first).to_contain_text("有效監測站日數")
    expect(page.get_by_role("row", name=re.compile("^113年度 ")).first).to_contain_text("87.3")


def check_alignment(page: Page) -> None:
    """An objective can be tied to the one above, and parted again."""
    page.get_by_role("link", name="對齊").click()
    page.locator(".proposal").first.get_by_role("button", name="建立對齊").click()
    tied = page.locator(".serving a").first
    expect(tied).to_be_visible()
    page.get_by_role("button", name=re.compile("取消")).first.click()
    expect(page.locator(".serving a")).to_have_count(0)


def import_schedule(page: Page, document: Path) -> None:
    """A second document, a service plan, brings a work schedule."""
    page.get_by_role("link", name="匯入", exact=True).click()
    choose(page, document)
    page.get_by_role("button", name="採用這份計畫").click()
    page.get_by_role("link", name="工作時程").click()
    expect(page.get_by_role("status")).to_contain_text("25 個工作項目")
    page.wait_for_load_state()
    page.get_by_label("課室").select_option("秘書室")
    page.wait_for_url("**section=*")
    expect(page.get_by_role("status")).to_contain_text("顯示 4 個")
    assert page.locator(".month.planned").count() > 10


def import_revision(page: Page, document: Path) -> None:
    """A revised document shows what it changes before it is adopted, and only then changes it."""
    page.get_by_role("link", name="匯入", exact=True).click()
    choose(page, document)
    page.get_by_role("link", name=re.compile("與現行計畫的差異")).click()
    expect(page.locator(".changes .removed").first).to_contain_text("WP1.2")
    expect(page.locator(".changes .added").first).to_contain_text("GC1.2")
    page.get_by_role("button", name="採用並修訂現行計畫").click()
    page.get_by_role("link", name="指標", exact=True).click()
    expect(page.get_by_role("link", name="公共運輸綠點兌換人次")).to_be_visible()
    expect(page.get_by_role("link", name="事業廢水稽查家次")).to_have_count(0)


def leave(page: Page) -> None:
    """Signing out ends it: the pages ask for the password again."""
    page.locator(".menu summary").last.click()
    page.get_by_role("button", name="登出").click()
    page.goto(home_of(FRESH[0]))
    expect(page.get_by_label("密碼")).to_be_visible()


def test_picker_refuses_what_is_no_plan(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open(OFFICER)
    page.goto(f"{home_of(FRESH[1])}import/")
    noise = tmp_path / "照片.txt"
    noise.write_bytes(bytes(range(256)) * 40)
    page.set_input_files("#file", noise)
    page.get_by_role("button", name="讀取文件").click()
    expect(page.locator(".drop-state")).to_contain_text("照片.txt")
    expect(page.locator("progress")).to_be_hidden()
    expect(page.get_by_text("還沒有匯入過文件")).to_be_visible()


def test_wrong_password_is_told(visitor: Visitor) -> None:
    page = visitor.open("")
    page.goto("/sign-in/")
    page.fill("#username", "auditor")
    page.fill("#password", "not-the-password")
    page.press("#password", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("帳號或密碼不正確")
    expect(page.locator("#username")).to_have_value("auditor")


@pytest.mark.parametrize(("who", "may"), [("planner", True), ("auditor", False)])
def test_only_planners_may_decide(visitor: Visitor, who: str, may: bool) -> None:
    page = visitor.open(who)
    page.goto(ADDRESSES["import"])
    expect(page.locator("[data-drop]")).to_have_count(int(may))
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("button", name=re.compile("採用"))).to_have_count(int(may))
