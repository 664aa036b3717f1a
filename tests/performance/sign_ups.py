"""A shift everybody wants: the product's sign-ups a second, against a bare lock, count and write on the same server.

``TEST_DATABASE_URL`` names the PostgreSQL server; a database of the run's own is made there and dropped. Rounds of the
two take turns, so that whatever else the machine does falls on both. The bare view is asked through the same server,
the same middleware and the same logged-in sessions, so that what is compared is the work of a sign-up itself.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.databases import database_of_its_own
from tests.e2e.server import ROOT, Server, environment

ROUNDS = 3
MEMBERS = 200
CAPACITY = 50
CLIENTS = 12
LEAST = 0.5  # of the bare view's speed: what we promise ourselves
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.performance.sign_up_settings", "GUNICORN_CMD_ARGS": "--workers 2"}
TOKEN = "c" * 32
PATHS = {"bare": "/portal/bare/{}/", "ours": "/portal/activities/shifts/{}/sign-up/"}
# Makes the shifts, the people and their sessions in a process of its own; leaves this one without Django.
_PREPARE = """
import json, sys
from datetime import timedelta
import django
django.setup()
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from portal.members.models import User
from tests.factories.activities import ShiftFactory
from tests.performance.sign_up_urls import BareShift, BareSignUp
rounds, members, capacity = map(int, sys.argv[1:])
with connection.schema_editor() as editor:
    editor.create_model(BareShift)
    editor.create_model(BareSignUp)
call_command("createcachetable", verbosity=0)
people = User.objects.bulk_create(
    User(phone=f"+86137{n:08}", name=f"张{n}", phone_verified_at=timezone.now(), password="!") for n in range(members)
)
def session(person):
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]  # the one that knows people
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key
print(json.dumps({
    "cookie": settings.SESSION_COOKIE_NAME,
    "ours": [
        ShiftFactory(capacity=capacity, starts_at=timezone.now() + timedelta(weeks=n + 1)).pk for n in range(rounds)
    ],
    "bare": [BareShift.objects.create(capacity=capacity).pk for _ in range(rounds)],
    "sessions": [session(person) for person in people],
}))
"""
_COUNT = """
import json, sys
import django
django.setup()
from portal.activities.models import Shift, SignUp
from tests.performance.sign_up_urls import BareSignUp
print(json.dumps({
    "ours": [
        [shift.places_taken, shift.sign_ups.filter(state="confirmed").count(), shift.sign_ups.count()]
        for shift in Shift.objects.all()
    ],
    "bare": [[BareSignUp.objects.filter(has_place=True).count(), BareSignUp.objects.count()]],
}))
"""


def main() -> None:
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        print("sign-ups: not measured, TEST_DATABASE_URL names no PostgreSQL")  # noqa: T201 -- the report
        return
    with (
        database_of_its_own(server, f"bench_sign_ups_{os.getpid()}") as url,
        tempfile.TemporaryDirectory(prefix="baodao sign-ups ") as name,
    ):
        measure(Path(name), SETTINGS | {"DATABASE_URL": url, "DEMO": "0"})


def measure(folder: Path, settings: dict[str, str]) -> None:
    made = told(_PREPARE, folder, settings, str(ROUNDS + 1), str(MEMBERS), str(CAPACITY))
    server = Server(folder, workers=1, **settings)
    server.start()
    speeds: dict[str, list[float]] = {"bare": [], "ours": []}
    try:
        with ThreadPoolExecutor(CLIENTS) as clients:
            for number in range(ROUNDS + 1):
                for kind, path in PATHS.items():
                    speeds[kind].append(speed(clients, server.port, path.format(made[kind][number]), made))
    except SystemExit:
        print(server.log)  # noqa: T201 -- what the server said of it
        raise
    finally:
        server.stop()
    check(told(_COUNT, folder, settings))
    bare, ours = (statistics.median(speeds[kind][1:]) for kind in ("bare", "ours"))  # the first warms up
    show("a contended shift", "sign-ups/s", "ratio")
    show("bare lock and count", f"{bare:.1f}", "1.00")
    show("ours", f"{ours:.1f}", f"{ours / bare:.2f}")
    if ours < bare * LEAST:
        print(f"sign-ups: under {LEAST} of the bare view")  # noqa: T201 -- the report


def speed(clients: ThreadPoolExecutor, port: int, path: str, made: dict[str, Any]) -> float:
    """Let every member sign up at once; return how many a second were through."""
    shares = [made["sessions"][n::CLIENTS] for n in range(CLIENTS)]
    start = time.perf_counter()
    list(clients.map(lambda share: sign_up_all(port, path, made["cookie"], share), shares))
    return MEMBERS / (time.perf_counter() - start)


def sign_up_all(port: int, path: str, cookie: str, sessions: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for session in sessions:
        headers = {
            "Cookie": f"{cookie}={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", path, f"csrfmiddlewaretoken={TOKEN}", headers)
        response = connection.getresponse()
        response.read()
        if response.status != 302 or "login" in str(response.getheader("Location")):
            raise SystemExit(f"{path} answered {response.status} {response.getheader('Location')}")
    connection.close()


def check(counted: dict[str, Any]) -> None:
    """Stop where a count is wrong: no speed is worth an oversold shift."""
    if counted["ours"] != [[CAPACITY, CAPACITY, MEMBERS]] * (ROUNDS + 1):
        raise SystemExit(f"wrong counts: {counted}")
    if counted["bare"] != [[CAPACITY * (ROUNDS + 1), MEMBERS * (ROUNDS + 1)]]:
        raise SystemExit(f"wrong counts of the bare view: {counted}")


def told(script: str, folder: Path, settings: dict[str, str], *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder) | settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def show(*columns: str) -> None:
    print(f"{columns[0]:<28}" + "".join(f"{column:>12}" for column in columns[1:]), flush=True)  # noqa: T201 -- the report


if __name__ == "__main__":
    main()
