"""Renew docs/images/strategy-map.png: the demo's map with its side panel, from a site of its own.

screenshot.py [LANGUAGE]   zh-Hant (the default) or en
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "strategy-map.png"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
ADDRESS = "/agencies/澄海市政府環境局/plans/114-116-map/map/?objective=AP1"
START_SECONDS = 60
LIMIT_BYTES = 300_000


@contextlib.contextmanager
def serve_demo() -> Iterator[str]:
    """Serve a fresh demo and yield its origin."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as home:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "hengtu.server.command", "demo", "--port", str(port)]
        process = subprocess.Popen(
            command, env={**os.environ, "HENGTU_HOME": home}, start_new_session=True
        )
        try:
            yield wait_for(f"http://127.0.0.1:{port}")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def wait_for(origin: str) -> str:
    """Return the origin once it answers."""
    for _ in range(START_SECONDS * 2):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{origin}/readyz", timeout=5):
            return origin
        time.sleep(0.5)
    raise SystemExit("screenshot.py: the demo does not answer")


def sign_in(page: Page) -> None:
    """Sign in with the first demo account."""
    page.goto("/sign-in/")
    page.locator(".account").first.click()
    page.wait_for_selector(".menu")


def main(lang: str) -> None:
    """Take the picture and keep it."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with serve_demo() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(
            base_url=origin,
            viewport={"width": 1280, "height": 720},
            locale=lang,
            color_scheme="light",
        )
        sign_in(page)
        page.goto(ADDRESS)
        page.screenshot(path=PICTURE)
        browser.close()
    if (taken := PICTURE.stat().st_size) > LIMIT_BYTES:
        raise SystemExit(f"screenshot.py: {taken} bytes are more than {LIMIT_BYTES}")


if __name__ == "__main__":
    main({"zh-Hant": "zh-TW", "en": "en"}[sys.argv[1] if len(sys.argv) > 1 else "zh-Hant"])
