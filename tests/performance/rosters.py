"""A city's roster: 544,000 rows as .xlsx and .csv, read, checked and written, against a bare COPY in the same run.

``TEST_DATABASE_URL`` names the server; a database of the run's own is made there and dropped. What is compared is the
whole import and one COPY of the same rows, ready made, into a table with the same columns and indexes.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from openpyxl import Workbook

from tests.databases import database_of_its_own
from tests.e2e.server import ROOT, environment

CITY = 544_000
MOST = 1_000_000
UNIT = "BENCH"
HEADER = ("姓名", "手机号", "工号", "党支部")
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉"
# Runs in a process of its own, so that its highest memory is the import's alone.
_CHILD = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from portal.organisations.models import Unit
from portal.rosters.actions import import_file
start = time.perf_counter()
outcome = import_file(path=Path(sys.argv[1]), unit=Unit.objects.get(code=sys.argv[2]))
seconds = time.perf_counter() - start
assert outcome.is_written
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "peak": peak, **{n: outcome.report[n] for n in ("new", "unchanged", "errors")}}))
"""


def main() -> None:
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        print("a roster: not measured, TEST_DATABASE_URL names no PostgreSQL")  # noqa: T201 -- the report
        return
    with (
        database_of_its_own(server, f"bench_rosters_{os.getpid()}") as url,
        tempfile.TemporaryDirectory(prefix="baodao roster ") as name,
    ):
        measure(Path(name), url)


def measure(folder: Path, url: str) -> None:
    settings = environment(folder) | {"DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    show("a roster", "rows", "seconds", "rows/s", "of COPY", "peak MB")
    for rows, kinds in ((CITY, ("csv", "xlsx")), (MOST, ("csv", "xlsx"))):
        for kind in kinds:
            path = written(folder, rows, kind)
            copied = copy(url, rows)
            show("bare COPY", str(rows), f"{copied:.1f}", f"{rows / copied:.0f}", "1.00", "")
            for title in (kind, f"{kind} again"):
                found = imported(path, settings)
                ratio = copied / found["seconds"]
                speed = f"{rows / found['seconds']:.0f}"
                show(title, str(rows), f"{found['seconds']:.1f}", speed, f"{ratio:.2f}", f"{found['peak']:.0f}")
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("TRUNCATE members_rosterentry, rosters_rosterimport, rosters_stagedrow CASCADE")


def copy(url: str, rows: int) -> float:
    """Return the seconds a bare COPY takes, of text made beforehand."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bare")
        connection.execute("CREATE TABLE bare (LIKE members_rosterentry INCLUDING ALL)")
        connection.execute(
            "INSERT INTO organisations_unit (path, depth, numchild, code, name, kind, phone)"
            " VALUES ('BNCH', 1, 0, %s, %s, 'private', '') ON CONFLICT DO NOTHING",
            (UNIT, UNIT),
        )
        ((unit,),) = connection.execute("SELECT id FROM organisations_unit WHERE code = %s", (UNIT,)).fetchall()
        now = "2026-11-28 08:00:00+00"
        text = [
            f"{unit}\t+86{phone}\t{name}\t{number}\t{branch}\t\t{now}\tt\t1\t1\n"
            for name, phone, number, branch in people(rows)
        ]
        blocks = ["".join(text[at : at + 20_000]) for at in range(0, rows, 20_000)]
        del text
        columns = (
            "unit_id, phone, name, employee_number, branch, note, added_at, is_confirmed, made_by_import, last_import"
        )
        start = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copying:
            for block in blocks:
                copying.write(block)
        taken = time.perf_counter() - start
        connection.execute("DROP TABLE bare")
    return taken


def imported(path: Path, settings: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-c", _CHILD, str(path), UNIT]
    done = subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def people(rows: int) -> Iterator[tuple[str, str, str, str]]:
    """Give the same people every time, in no order."""
    chance = random.Random(544)
    for place, number in enumerate(chance.sample(range(100_000_000), rows)):
        name = chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
        yield name, f"1{38 if number % 2 else 59}{number:08}", f"A{place:07}", f"第{number % 90 + 1}党支部"


def written(folder: Path, rows: int, kind: str) -> Path:
    path = folder / f"{rows}.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(people(rows))
        return path
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(HEADER)
    for name, phone, number, branch in people(rows):
        sheet.append((name, int(phone), number, branch))
    book.save(path)
    return path


def show(*columns: str) -> None:
    print(f"{columns[0]:<16}" + "".join(f"{column:>12}" for column in columns[1:]), flush=True)  # noqa: T201 -- the report


if __name__ == "__main__":
    main()
