"""``make bench``: time our pages against a trivial view of the same server in the same run; print the ratios.

A figure in milliseconds belongs to the machine it was taken on. The ratio to ``/healthz`` is what to compare.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from tests.e2e.server import ROOT, Server, environment
from tests.performance import city, rosters, sign_ups, unit_endings
from tests.performance.static import Nginx

ROUNDS = 40
WARM_UP = 3
BASELINE = "/healthz"
KEPT = "public pages kept"
PUBLIC_PAGES = (
    *("/", "/cases/", "/cases/market-table/", "/services/", "/services/service-01-01/", "/people/person-02/"),
    *("/figures/", "/methods/five-lines/", "/venues/", "/calendar/", "/notices/", "/feed/", "/nothing-here/"),
    "/search/?q=" + urllib.parse.quote("助餐"),
)
NOT_THERE = "/nothing-here/"
KEPT_PAGES = [path for path in PUBLIC_PAGES if path != NOT_THERE]
MEMBER_PAGES = ("/portal/", "/portal/activities/", "/portal/records/")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="baodao bench ") as name:
        folder = Path(name)
        build = [sys.executable, "manage.py", "demo", "--scale", "tiny", "--no-serve"]
        subprocess.run(build, cwd=ROOT, env=environment(folder), check=True)
        for title, seconds in (("pages made anew", "0"), (KEPT, "60")):
            server = Server(folder, PUBLIC_PAGES_KEPT_SECONDS=seconds)
            server.start()
            try:
                measure(server, title)
                if Nginx.is_here() and title == KEPT:
                    measure_files(server)
            finally:
                server.stop()
    sign_ups.main()
    runs = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/concurrency/test_sign_up.py"]
    on_sqlite = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    for where in (on_sqlite, dict(os.environ)) if "TEST_DATABASE_URL" in os.environ else (on_sqlite,):
        subprocess.run(runs, cwd=ROOT, env=where | {"SIGN_UP_RUNS": "20"}, check=True)
    city.main()
    rosters.main()
    unit_endings.main()


def measure(server: Server, title: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    cookie = log_in(connection)
    baseline, _ = timed(connection, BASELINE)
    show(title, "median ms", "ratio", "bytes")
    show(BASELINE, f"{baseline:.2f}", "1.0", "")
    for path, headers in [(p, {}) for p in PUBLIC_PAGES] + [(p, {"Cookie": cookie}) for p in MEMBER_PAGES]:
        median, size = timed(connection, path, headers)
        show(urllib.parse.unquote(path), f"{median:.2f}", f"{median / baseline:.1f}", str(size))


def measure_files(server: Server) -> None:
    """Time the kept pages against the same bytes as files behind nginx, one after the other in the same run."""
    ours = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    with tempfile.TemporaryDirectory(prefix="baodao-") as name:
        nginx = Nginx(Path(name) / "nginx")
        files = {path: nginx.keep(number, body_of(ours, path)) for number, path in enumerate(KEPT_PAGES)}
        nginx.start()
        try:
            theirs = http.client.HTTPConnection("127.0.0.1", nginx.port, timeout=30)
            show("kept page / nginx file", "ours ms", "nginx ms", "ratio")
            for path, file in files.items():
                (here, _), (there, _) = timed(ours, path), timed(theirs, file)
                show(urllib.parse.unquote(path), f"{here:.2f}", f"{there:.2f}", f"{here / there:.1f}")
        finally:
            nginx.stop()


def body_of(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()


def timed(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None = None
) -> tuple[float, int]:
    """Return the median of ``ROUNDS`` requests in milliseconds, and the size of the answer in bytes."""
    taken = []
    size = 0
    for _ in range(WARM_UP + ROUNDS):
        start = time.perf_counter()
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        size = len(response.read())
        taken.append((time.perf_counter() - start) * 1000)
        if response.status != (404 if path == NOT_THERE else 200):
            raise SystemExit(f"{path} answered {response.status}")
    return statistics.median(taken[WARM_UP:]), size


def log_in(connection: http.client.HTTPConnection) -> str:
    """Come in through the demo's page of roles; return the session's cookie."""
    connection.request("GET", "/demo/")
    response = connection.getresponse()
    page = response.read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    headers = {
        "Cookie": str(response.getheader("Set-Cookie")).split(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/demo/", f"role=member&csrfmiddlewaretoken={token}", headers)
    answer = connection.getresponse()
    answer.read()
    return "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")


def show(*columns: str) -> None:
    print(f"{columns[0]:<28}" + "".join(f"{column:>12}" for column in columns[1:]))  # noqa: T201 -- the report


if __name__ == "__main__":
    main()
