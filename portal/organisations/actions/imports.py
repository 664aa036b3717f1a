"""A table of areas or units is handed in, looked at, and written all or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from treebeard.mp_tree import MP_Node
from wagtail.models import ModelLogEntry

from portal.organisations.actions.areas import end_area
from portal.organisations.actions.units import end_unit
from portal.organisations.enums import IMPORT_TRANSITIONS, Action, ImportState, PlaceKind
from portal.organisations.errors import ImportChangedError, ImportHasErrorsError
from portal.organisations.models import Area, PlaceImport, Unit
from portal.organisations.permissions import reach_of
from portal.organisations.queries.differences import Change, Comparison, Differences, Reach
from portal.organisations.queries.tables import Line, read
from portal.states import lock, move, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

BATCH = 2000
Rows = Sequence[list[str]]


def compare(rows: Rows, *, kind: PlaceKind, by: "User | None") -> Differences:
    """Return what the table would do; write nothing. ``by`` is ``None`` for whoever runs the machine: no bounds.

    Raises:
        webui.sheets.SheetRefusedError: no row looks like its headings.
    """
    lines, problems = read(rows, kind)
    return Comparison(kind, _reach(by, kind)).of(lines, problems)


@transaction.atomic
def hand_in(*, rows: Rows, kind: PlaceKind, file_name: str, by: "User") -> PlaceImport:
    """Keep the table beside what it would do, for ``by`` to look at.

    Raises:
        webui.sheets.SheetRefusedError: no row looks like its headings.
    """
    differences = compare(rows, kind=kind, by=by)
    run = PlaceImport(
        kind=kind, file_name=file_name[-120:], rows=list(rows), differences=differences.as_json(), made_by=by
    )
    save(run, action="handed_in", by=by, data={"kind": kind})
    return run


@transaction.atomic
def confirm(*, run: PlaceImport, by: "User") -> PlaceImport:
    """Write what was looked at, all or nothing. Locks the import; confirming again changes nothing.

    Raises:
        ImportHasErrorsError: a row cannot be written.
        ImportChangedError: the site has changed since; the new differences are kept to be looked at.
    """
    run = lock(run)
    if run.state == ImportState.CONFIRMED:
        return run
    _move(run, to=ImportState.CONFIRMED, by=by)  # first: what was set aside has no rows to compare
    differences = compare(run.rows, kind=PlaceKind(run.kind), by=by)
    if differences.as_json() != run.differences:
        raise ImportChangedError
    write(differences, by=by)
    return run


@transaction.atomic
def look_again(*, run: PlaceImport, by: "User") -> PlaceImport:
    """Compare a waiting import with the site of today."""
    run = lock(run)
    if run.state == ImportState.WAITING:
        run.differences = compare(run.rows, kind=PlaceKind(run.kind), by=by).as_json()
        run.save(update_fields=["differences"])
    return run


@transaction.atomic
def drop(*, run: PlaceImport, by: "User") -> PlaceImport:
    """Set an import aside; nothing of it is written. Dropping again changes nothing."""
    run = lock(run)
    if run.state != ImportState.DROPPED:
        run.rows = []
        _move(run, to=ImportState.DROPPED, by=by)
    return run


@transaction.atomic
def write(differences: Differences, *, by: "User | None") -> None:
    """Write what ``differences`` say, in bulk: a city's 30,085 units are a few seconds. Each place gets its log line.

    Raises:
        ImportHasErrorsError: there are problems.
        ImportChangedError: somebody else wrote the same codes or places meanwhile.
    """
    if differences.problems:
        raise ImportHasErrorsError
    if not differences.does_something:
        return
    model = Area if differences.kind == PlaceKind.AREAS else Unit
    try:
        with transaction.atomic():
            planted = _plant(model, differences.new)
            changed = _change(model, differences.changed)
    except IntegrityError as error:
        raise ImportChangedError from error
    _log([*planted, *changed], by=by)
    _end(differences, model, by=by)


def _plant(model: type[MP_Node], lines: Sequence[Line]) -> list[Any]:
    """Insert new places with their paths reckoned here: treebeard's own way is three queries a place."""
    paths = dict(model.objects.values_list("code", "path"))
    last = _last_steps(model, paths.values())
    children: Counter[str] = Counter()
    areas = dict(Area.objects.values_list("code", "pk")) if model is Unit else {}
    area_of = dict(Unit.objects.values_list("code", "area_id")) if model is Unit else {}
    places: list[Any] = []
    for line in lines:
        above = paths.get(line.values.get("above", ""), "")
        last[above] += 1
        depth = len(above) // model.steplen + 1
        path = model._get_path(above, depth, last[above])
        paths[line.code] = path
        children[above] += 1
        place = model(path=path, depth=depth, **_facts(line.values))
        place.starts_on = place.starts_on or timezone.localdate()
        if isinstance(place, Unit):
            place.area_id = areas.get(line.values.get("area", ""), area_of.get(line.values.get("above", "")))
            area_of[line.code] = place.area_id
        places.append(place)
    for place in places:
        place.numchild = children.pop(place.path, 0)
        place.clean_fields(exclude={"area"})  # its key is one of those just read; to ask again is a query a place
    model.objects.bulk_create(places, batch_size=BATCH)
    _add_children(model, children)
    return places


def _last_steps(model: type[MP_Node], paths: Iterable[str]) -> Counter[str]:
    last: Counter[str] = Counter()
    for path in paths:
        above = path[: -model.steplen]
        last[above] = max(last[above], model._str2int(path[-model.steplen :]))
    return last


def _add_children(model: type[MP_Node], children: Mapping[str, int]) -> None:
    parents = list(model.objects.select_for_update(no_key=True).filter(path__in=[path for path in children if path]))
    for parent in parents:
        parent.numchild += children[parent.path]
    model.objects.bulk_update(parents, ["numchild"], batch_size=BATCH)


def _change(model: type[MP_Node], changes: Sequence[Change]) -> list[Any]:
    areas = dict(Area.objects.values_list("code", "pk")) if model is Unit else {}
    by_pk = {change.pk: change for change in changes}
    places = list(model.objects.select_for_update(no_key=True).filter(pk__in=by_pk)) if changes else []
    names: set[str] = set()
    for place in places:
        facts = _facts({name: after for name, (_before, after) in by_pk[place.pk].fields.items() if name != "ends_on"})
        if area := by_pk[place.pk].fields.get("area"):
            facts["area_id"] = areas[area[1]]
        for name, value in facts.items():
            setattr(place, name, value)
        place.clean_fields(exclude={"area"})
        names |= {name.removesuffix("_id") for name in facts}
    if names:
        model.objects.bulk_update(places, sorted(names), batch_size=BATCH)
    return places


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    facts = {name: value for name, value in values.items() if name not in {"above", "area"}}
    for name in ("starts_on", "ends_on"):
        if facts.get(name):
            facts[name] = date.fromisoformat(facts[name])
    return facts


def _end(differences: Differences, model: type[MP_Node], *, by: "User | None") -> None:
    """End through the one door, the deepest first: posts end too, and whoever still needs the place may refuse."""
    ends = {change.pk: change.fields["ends_on"][1] for change in differences.changed if "ends_on" in change.fields}
    for place in model.objects.filter(pk__in=ends).order_by("-depth", "path"):
        on = date.fromisoformat(ends[place.pk])
        if isinstance(place, Area):
            end_area(area=place, by=by, on=on)
        else:
            end_unit(unit=place, by=by, on=on)


def _log(places: Sequence[Any], *, by: "User | None") -> None:
    if not places:
        return
    meta = places[0]._meta
    content_type = ContentType.objects.get_for_model(places[0])
    now = timezone.now()
    entries = [
        ModelLogEntry(
            content_type=content_type,
            object_id=str(place.pk),
            label=str(place),
            action=f"{meta.app_label}.{meta.model_name}.imported",
            timestamp=now,
            user=by,
            data={"code": place.code},
        )
        for place in places
    ]
    ModelLogEntry.objects.bulk_create(entries, batch_size=BATCH)


def _move(run: PlaceImport, *, to: ImportState, by: "User") -> None:
    move(run, to=to, by=by, transitions=IMPORT_TRANSITIONS)


def _reach(by: "User | None", kind: PlaceKind) -> Reach | None:
    if by is None:
        return None
    action = Action.MANAGE_AREAS if kind == PlaceKind.AREAS else Action.MANAGE_UNITS
    return Reach(*reach_of(by, action))
