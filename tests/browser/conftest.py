"""One server for each worker, one browser for each module, and a watch over every page."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.visiting import CHROMIUM, FLAGS, Site, Visitor

BUILT = Path("src/hengtu/web/static/hengtu/vendor/bootstrap.min.css")
START_SECONDS = 120


@pytest.fixture(scope="session")
def site_server(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a filled site on a home and a database of its own."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    if not (repo_root / BUILT).exists():
        pytest.skip("the front end is not built: make setup")
    home = tmp_path_factory.mktemp("site")
    with own_database(os.environ.get("HENGTU_DATABASE_URL", "")) as database:
        process = start_server(repo_root, home, database, port := find_port())
        try:
            site = Site(f"http://127.0.0.1:{port}")
            wait_for(site.origin, process, home / "log")
            yield site
        finally:
            stop_server(process)


def start_server(root: Path, home: Path, database: str, port: int) -> "subprocess.Popen[bytes]":
    """Start the program that fills a site and serves it; its words go to ``log`` in the home."""
    environment = os.environ | {
        "HENGTU_HOME": str(home),
        "HENGTU_DATABASE_URL": database,
        "HENGTU_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "hengtu.server.settings",
    }
    command = [sys.executable, str(root / "tests" / "browser" / "filled_site.py"), str(port)]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )


def stop_server(process: "subprocess.Popen[bytes]") -> None:
    """End the program and its workers."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def find_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(origin: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the site answers; fail with its log when it ends before."""
    for _ in range(START_SECONDS * 5):
        assert process.poll() is None, log.read_text(errors="replace")
        try:
            with urllib.request.urlopen(f"{origin}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text(errors="replace"))


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """Make a database beside the one of a PostgreSQL address for one site; SQLite needs none."""
    if not address.startswith("postgres"):
        yield ""
        return
    name = f"hengtu_browser_{os.getpid()}"
    server = urlsplit(address)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


# Playwright's loop must have ended before a test of another module touches Django's database.
@pytest.fixture(scope="module")
def browser(site_server: Site) -> Iterator[Browser]:
    """Start chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser, site_server: Site) -> Iterator[Visitor]:
    """Open pages; afterwards no page may have asked another origin, nor complained on its console."""
    with Visitor(browser, site_server) as opened:
        yield opened
    assert opened.problems == []
