"""Start the demo on a free port with a home of its own, wait until it answers, stop it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PAGES = ("/healthz", "/")
PATIENCE_SECONDS = 60.0


def find_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch_status(url: str) -> int | None:
    """Return the HTTP status of a page, following redirects; None while nobody answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def wait_for(server: subprocess.Popen[bytes], url: str) -> int | None:
    """Poll a page until it answers 200 and return the last status seen."""
    status = None
    end = time.monotonic() + PATIENCE_SECONDS
    while status != 200 and time.monotonic() < end and server.poll() is None:
        status = fetch_status(url)
        if status != 200:
            time.sleep(0.1)
    return status


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server as Ctrl-C does, and by force when it does not listen."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def run_once(home: str, arguments: list[str]) -> int:
    """Serve from a home, ask every page once, and return the exit code."""
    port = find_port()
    command = [str(Path(sys.executable).parent / "hengtu"), "demo", "--port", str(port), *arguments]
    started = time.monotonic()
    server = subprocess.Popen(
        command, env={**os.environ, "HENGTU_HOME": home}, start_new_session=True
    )
    try:
        for page in PAGES:
            status = wait_for(server, f"http://127.0.0.1:{port}{page}")
            seconds = time.monotonic() - started
            if status != 200:
                reason = "no answer" if status is None else f"answered {status}"
                print(f"demo: {page} {reason} after {seconds:.1f} s", file=sys.stderr)
                return 1
            print(f"demo: {page} answered 200 after {seconds:.1f} s")
    finally:
        stop(server)
    return 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="hengtu-demo-") as folder:
        sys.exit(run_once(folder, sys.argv[1:]))
