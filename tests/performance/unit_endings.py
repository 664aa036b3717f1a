"""A unit ends under its members: the one request, on PostgreSQL, for a thousand of them and for five thousand.

``TEST_DATABASE_URL`` names the server; a database of the run's own is made there and dropped. Each member has a line of
the roster and an e-mail address, so that two lines of the log, a message and a delivery are written for each.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.databases import database_of_its_own
from tests.e2e.server import ROOT, environment

MEMBERS = (1_000, 5_000, 5_000)
# Runs in a process of its own, which has the run's settings.
_CHILD = """
import sys, time
import django
django.setup()
from django.db import connection
from django.utils import timezone
from portal.members.models import HomeMembership, RosterEntry, User
from portal.organisations.actions import end_unit
from portal.organisations.models import Unit
for turn, members in enumerate(map(int, sys.argv[1:])):
    unit = Unit.add_root(code=f"END{turn}", name=f"END{turn}", kind="private")
    phones = [f"+8613{turn * 10_000 + number:09}" for number in range(members)]
    people = User.objects.bulk_create(
        User(phone=phone, name="王芳", email=f"{phone}@example.org", password="!") for phone in phones
    )
    today = timezone.localdate()
    HomeMembership.objects.bulk_create(HomeMembership(person=one, unit=unit, starts_on=today) for one in people)
    RosterEntry.objects.bulk_create(
        RosterEntry(person=one, unit=unit, phone=one.phone, name=one.name) for one in people
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    start = time.perf_counter()
    end_unit(unit=unit, by=None)
    print(members, f"{time.perf_counter() - start:.2f}")
"""


def main() -> None:
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        print("a unit's end: not measured, TEST_DATABASE_URL names no PostgreSQL")  # noqa: T201 -- the report
        return
    with (
        database_of_its_own(server, f"bench_unit_ends_{os.getpid()}") as url,
        tempfile.TemporaryDirectory(prefix="baodao unit ends ") as name,
    ):
        settings = environment(Path(name)) | {"DATABASE_URL": url}
        command = [sys.executable, "-c", _CHILD, *map(str, MEMBERS)]
        done = subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True)
        print("a unit's end: members, seconds")  # noqa: T201 -- the report
        print(done.stdout, end="")  # noqa: T201 -- the report


if __name__ == "__main__":
    main()
