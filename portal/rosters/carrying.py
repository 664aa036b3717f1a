"""The life of an import behind its page: its file is checked and staged, and then written, all of it or nothing."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from portal import states
from portal.members.actions import correct_name, leave_unit
from portal.members.models import HomeMembership, RosterEntry, User
from portal.members.queries import open_membership
from portal.organisations.models import Unit
from portal.rosters import statements
from portal.rosters.checking import Checker
from portal.rosters.enums import MOVES, ChangeKind, Field, ImportState
from portal.rosters.errors import HeadingsUnknownError
from portal.rosters.headings import Headings
from portal.rosters.models import RosterChange, RosterImport, StagedRow
from portal.rosters.reading import Numbered
from portal.rosters.staging import forget, look_over, scope_of, settle, stage
from portal.states import lock

SHOWN = 50  # of those who would leave, and of rows elsewhere
_AT_ONCE = 500


def check_rows(
    run: RosterImport,
    rows: Iterable[Numbered],
    headings: Headings | None,
    *,
    told: Callable[[int], None] = lambda number: None,
) -> Checker:
    """Check ``rows`` and stage those without errors for ``run``; return what was found.

    Raises:
        HeadingsUnknownError: it is not known which column holds names and which phones.
    """
    places = dict(headings.places) if headings else {}
    if headings is None or not {Field.NAME, Field.PHONE} <= places.keys():
        raise HeadingsUnknownError
    units = branches_of(run.unit) if Field.UNIT in places else {}
    checker = Checker(headings, run.unit_id, units)
    stage(run.pk, checker.ready(rows), told=told)
    settle(run.pk, checker)
    look_over(checker.rows)
    follow_phones(run)
    return checker


def follow_phones(run: RosterImport) -> None:
    """Let staged rows with a number somebody has given up mean that person."""
    statements.run(statements.FOLLOW, batch=run.pk)


def branches_of(unit: Unit) -> dict[str, int]:
    """Return the unit and its open branches by code, and by name where only one is called so."""
    found = list(Unit.get_tree(unit).filter(ends_on__isnull=True).values_list("code", "name", "pk"))
    named: dict[str, list[int]] = {}
    for _code, name, key in found:
        named.setdefault(name, []).append(key)
    return {name: keys[0] for name, keys in named.items() if len(keys) == 1} | {code: key for code, _name, key in found}


def counted(run: RosterImport) -> dict[str, int]:
    """Return what the staged rows of ``run`` would do now."""
    ((total, met, changed),) = statements.rows(statements.COUNTED, batch=run.pk)
    ((gone,),) = statements.rows(statements.GONE_COUNTED, batch=run.pk, **scope(run))
    return {"new": total - met, "changed": int(changed), "unchanged": met - int(changed), "leavers": gone}


def elsewhere(run: RosterImport) -> list[int]:
    """Return the first rows whose people stand on another unit's roster; that is allowed."""
    return [number for (number,) in statements.rows(statements.ELSEWHERE, batch=run.pk, most=SHOWN)]


def leavers(run: RosterImport) -> list[str]:
    """Return the names of the first who stand on the roster and not in the file."""
    return [name for (name,) in statements.rows(statements.GONE_SHOWN, batch=run.pk, most=SHOWN, **scope(run))]


def scope(run: RosterImport) -> dict[str, str]:
    return scope_of(run.unit, below=str(Field.UNIT) in run.columns)


def hold_units(run: RosterImport) -> None:
    """Let nobody else change the rosters this import speaks of until the transaction ends."""
    bounds = scope(run)
    units = Unit.objects.filter(path__range=(bounds["from"], bounds["to"])).order_by("pk")
    list(units.select_for_update(no_key=True).values_list("pk"))


def write_all(run: RosterImport, *, by: User | None) -> dict[str, int]:
    """Write the staged rows of ``run``; return what was done. Call it in a transaction that holds the units."""
    _give_room()
    done = counted(run)
    if run.is_complete and done["leavers"]:
        _let_go(run, by=by)
    if done["changed"]:
        rename(statements.RENAMED, run, by=by)
        statements.run(statements.REMEMBER, batch=run.pk)
        statements.run(statements.CHANGE, batch=run.pk)
    if done["new"]:
        statements.run(statements.ADD, batch=run.pk, now=_now())
    forget(run.pk)
    return done


def rename(question: str, run: RosterImport, *, by: User | None) -> None:
    """Let the names of people follow the rows that ``question`` gives, before the rows themselves change."""
    for key, name in statements.rows(question, batch=run.pk):
        entry = RosterEntry.objects.select_related("person", "unit").get(pk=key)
        correct_name(entry=entry, name=name, by=by)


def is_staged(run: RosterImport) -> bool:
    """Return whether the rows still wait: an unlogged table is empty after a fall of the server."""
    return StagedRow.objects.filter(batch=run.pk).count() == run.report.get("staged", 0)


def _let_go(run: RosterImport, *, by: User | None) -> None:
    """Mark who is not in the file as left. People first: who logs in just now locks in the same order."""
    keys = [key for (key,) in statements.rows(statements.GONE, batch=run.pk, **scope(run))]
    today = timezone.localdate()
    for at in range(0, len(keys), _AT_ONCE):
        entries = RosterEntry.objects.filter(pk__in=keys[at : at + _AT_ONCE]).select_related("person", "unit")
        changes = []
        for entry in entries.order_by("person_id", "pk"):
            change = _as_it_was(run, entry)
            if entry.person:
                change.membership = _end_home(entry, by=by)
            changes.append(change)
        RosterChange.objects.bulk_create(changes)
        entries.update(left_on=today, last_import=run.pk)


def _end_home(entry: RosterEntry, *, by: User | None) -> HomeMembership | None:
    home = open_membership(entry.person) if entry.person else None
    if home is None or home.unit_id != entry.unit_id:
        return None
    return leave_unit(membership=home, on=timezone.localdate(), by=by)


def _as_it_was(run: RosterImport, entry: RosterEntry) -> RosterChange:
    return RosterChange(
        run=run,
        entry=entry,
        kind=ChangeKind.LEFT,
        name=entry.name,
        employee_number=entry.employee_number,
        branch=entry.branch,
        note=entry.note,
        last_import=entry.last_import,
        had_person=entry.person_id is not None,
    )


def _give_room() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '128MB'")  # a city is joined and sorted in memory


def _now() -> Any:
    return connection.ops.adapt_datetimefield_value(timezone.now())


def locked(run: RosterImport) -> RosterImport:
    return lock(run, "unit", "started_by")


def move(run: RosterImport, to: ImportState, *, by: User | None, data: dict[str, Any] | None = None) -> None:
    """Move a locked import on."""
    run.moved_at = timezone.now()
    states.move(run, to=to, by=by, transitions=MOVES, data=data)
