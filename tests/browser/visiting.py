"""How the tests visit the site: people, languages, sizes; what the pages asked for and complained of."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
PASSWORD = "hengtu-demo"
DESK, PHONE = 1280, 390
BUREAU = "/agencies/澄海市政府環境局/"
OFFICE = "/agencies/澄海市北汀區公所/"
LAND = "/agencies/澄海市海岸地政事務所/"
MAP_PLAN = f"{BUREAU}plans/114-116-map/"
# Answers that a page may give on purpose; chromium tells them on the console all the same.
EXPECTED = re.compile(r"Failed to load resource: .* status of (403|404|422) ")
ADDRESSES = {
    "front": "/",
    "agency": OFFICE,
    "import": f"{BUREAU}import/",
    "map": f"{MAP_PLAN}map/",
    "panel": f"{MAP_PLAN}map/?objective=AC1",
    "editing": f"{MAP_PLAN}map/?objective=AC1&edit=1",
    "list": f"{MAP_PLAN}map/?view=list",
    "goals": f"{LAND}plans/114-117-midterm/map/",
    "dashboard": f"{MAP_PLAN}dashboard/?month=114-09",
    "scorecard": f"{MAP_PLAN}scorecard/",
    "kpis": f"{MAP_PLAN}kpis/",
    "kpi": f"{MAP_PLAN}kpis/AP1.1/",
    "items": f"{MAP_PLAN}items/",
    "schedule": f"{OFFICE}plans/114-service/schedule/",
    "alignment": f"{MAP_PLAN}alignment/",
    "rulebooks": f"{BUREAU}rulebooks/?preview=grades-90-80-70",
    "weights": f"{MAP_PLAN}weights/",
    "activation": f"{MAP_PLAN}activation/",
    "checkup": f"{MAP_PLAN}check-up/",
    "whole": f"{MAP_PLAN}contents/",
    "formulas": f"/formulas/?sample=1&target=98&text={quote('（登記案件總數－更正登記案件數）÷登記案件總數×100%')}",
    "mistake": f"/formulas/?text={quote('登記案件總數÷÷更正登記案件數')}",
    "password": "/password/",
    "missing": "/agencies/nowhere/",
}
DOCUMENT_TABS = ("findings", "reading", "changes")
PAGES = ("sign-in", *ADDRESSES, *DOCUMENT_TABS)


@dataclass
class Site:
    """A running site, and the sessions that were opened on it."""

    origin: str
    sessions: dict[str, Any] = field(default_factory=dict)


class Visitor:
    """Opens pages as somebody and keeps what went wrong on any of them."""

    def __init__(self, browser: Browser, site: Site) -> None:
        """Keep the browser and the site."""
        self.browser = browser
        self.site = site
        self.problems: list[str] = []
        self.contexts: list[BrowserContext] = []

    def __enter__(self) -> "Visitor":
        """Begin with no page open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close every page."""
        for context in self.contexts:
            context.close()

    def open(
        self,
        who: str = "planner",
        *,
        lang: str = "zh-hant",
        width: int = DESK,
        theme: str = "light",
        **options: Any,
    ) -> Page:
        """Return an empty page of a person, signed in unless ``who`` is empty."""
        context = self.browser.new_context(
            base_url=self.site.origin,
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            locale="zh-TW",
            storage_state=self.session(who) if who else None,
            **options,
        )
        context.set_default_timeout(15_000)
        if lang != "zh-hant":
            cookie = {"name": "django_language", "value": lang, "url": self.site.origin}
            context.add_cookies([cookie])
        self.contexts.append(context)
        self.watch(context)
        return context.new_page()

    def session(self, who: str) -> Any:
        """Return the cookies of a person, who signs in the first time."""
        if who not in self.site.sessions:
            context = self.browser.new_context(base_url=self.site.origin)
            page = context.new_page()
            page.goto("/sign-in/")
            sign_in(page, who)
            self.site.sessions[who] = context.storage_state()
            context.close()
        return self.site.sessions[who]

    def watch(self, context: BrowserContext) -> None:
        """Collect requests to other origins, complaints on the console and errors of scripts."""
        context.on("request", self.see_request)
        context.on("console", self.see_message)
        context.on("weberror", self.see_error)

    def see_request(self, request: Request) -> None:
        """Keep a request that left the site."""
        if not request.url.startswith((f"{self.site.origin}/", "data:", "blob:")):
            self.problems.append(f"asked {request.url}")

    def see_message(self, message: ConsoleMessage) -> None:
        """Keep a warning or an error: a breach of the content policy is told here."""
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.problems.append(f"{message.page.url if message.page else ''}: {message.text}")

    def see_error(self, error: WebError) -> None:
        """Keep an error that no script caught."""
        self.problems.append(str(error.error))


def sign_in(page: Page, who: str) -> None:
    """Fill in the form and send it."""
    page.fill("#username", who)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_selector(".menu")


def visit(page: Page, name: str) -> None:
    """Go to one of the pages by its name."""
    if name in DOCUMENT_TABS:
        page.goto(ADDRESSES["import"])
        first = page.locator("table tbody th a").first
        page.goto(f"{first.get_attribute('href')}?show={name}")
    else:
        page.goto(ADDRESSES.get(name, "/sign-in/"))


def home_of(agency: str) -> str:
    """Return the address of an agency."""
    return f"/agencies/{quote(agency)}/"
