"""The life of an import: looked at, done all at once or not at all, undone."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from website.service_lists import queries
from website.service_lists.differences import Differences, compare
from website.service_lists.entries import read_listing
from website.service_lists.enums import MOVES, ChangeKind, RunState
from website.service_lists.errors import (
    IndexMissingError,
    ListChangedError,
    NothingToUndoError,
    RunFinishedError,
)
from website.service_lists.models import ImportChange, ImportRun
from website.service_lists.publishing import Importer
from website.services.models import ServiceIndexPage, ServicePage
from webui.sheets.reading import Sheet

# What nobody confirmed is forgotten; the file can be handed in again.
KEPT_UNCONFIRMED = timedelta(days=7)


@transaction.atomic
def begin(
    sheets: list[Sheet], *, file_name: str, by: Any, creates_categories: bool = False, closes_gone: bool = False
) -> tuple[ImportRun, Differences]:
    """Keep what a file says, and compare it with the site; nothing else is written."""
    run = ImportRun(
        file_name=file_name[:200],
        sheets=[sheet.as_json() for sheet in sheets],
        started_by=by,
        creates_categories=creates_categories,
        closes_gone=closes_gone,
    )
    differences = differences_of(run)
    _remember(run, differences)
    return run, differences


def forget_unconfirmed(*, now: datetime) -> int:
    """Forget the files nobody confirmed in time, and return how many those were."""
    old = ImportRun.objects.filter(state=RunState.PREVIEWED, started_at__lt=now - KEPT_UNCONFIRMED)
    number, _by_model = old.delete()
    return number


def differences_of(run: ImportRun) -> Differences:
    """Compare what ``run`` holds with the site as it is now."""
    index = queries.index_page()
    if index is None:
        raise IndexMissingError
    return _compared(run, queries.site_list(index=index))


@transaction.atomic
def check_again(run: ImportRun, *, creates_categories: bool, closes_gone: bool) -> None:
    """Compare anew with other wishes."""
    run = _locked(run)
    _refuse_unless(run, RunState.DONE)
    run.creates_categories, run.closes_gone = creates_categories, closes_gone
    _remember(run, differences_of(run))


def confirm(run: ImportRun, *, fingerprint: str, by: Any) -> ImportRun:
    """Do what was shown, if it is still what would be done; otherwise keep the new differences and say so.

    Confirmed twice, it is done once: the second time returns the run as the first left it.
    """
    with transaction.atomic():
        run = _locked(run)
        if run.state == RunState.DONE:
            return run
        _refuse_unless(run, RunState.DONE)
        index, site = _locked_list()
        differences = _compared(run, site)
        is_as_shown = differences.fingerprint() == fingerprint
        if is_as_shown:
            _carry_out(run, differences, index=index, site=site, by=by)
        else:
            _remember(run, differences)
    if not is_as_shown:
        raise ListChangedError
    return run


@transaction.atomic
def import_at_once(run: ImportRun, *, by: Any) -> Differences:
    """Do a new run without a look in between, as the command line does; return what was done."""
    index, site = _locked_list()
    differences = _compared(run, site)
    _carry_out(run, differences, index=index, site=site, by=by)
    return differences


@transaction.atomic
def discard(run: ImportRun) -> None:
    """Give up an import nobody confirmed; the cells of its file are forgotten."""
    run = _locked(run)
    _refuse_unless(run, RunState.DONE)
    run.delete()


@transaction.atomic
def undo(run: ImportRun, *, by: Any) -> list[ImportChange]:
    """Put the pages back as they were, and unpublish those that were new; return what was left alone.

    A page edited since is left alone: what somebody wrote there is worth more than the state before.
    """
    run = _locked(run)
    _refuse_unless(run, RunState.UNDONE)
    _locked_list()
    changes = list(run.changes.select_related("page", "before", "after", "parent_before"))
    left = [change for change in changes if not can_be_undone(change)]
    if changes and len(left) == len(changes):
        raise NothingToUndoError
    for change in reversed(changes):  # parts before the services they belong to
        if change not in left:
            _undo_one(change, by=by)
    run.undone_by, run.undone_at = by, timezone.now()
    _move(run, RunState.UNDONE)
    _log(run, "service_lists.undo", by=by)
    return left


def can_be_undone(change: ImportChange) -> bool:
    """Tell whether the page is still as the import left it, and what was before it is still known."""
    page = change.page
    if page is None or change.after_id is None or page.latest_revision_id != change.after_id or not page.live:
        return False
    if change.kind == ChangeKind.NEW:
        ours = ImportChange.objects.filter(run=change.run_id).values("page")
        return not page.get_children().live().exclude(pk__in=ours).exists()
    return change.before is not None


def _undo_one(change: ImportChange, *, by: Any) -> None:
    page = ServicePage.objects.get(pk=change.page_id)
    if change.kind == ChangeKind.NEW:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    elif change.before:
        if change.parent_before_id and page.get_parent().pk != change.parent_before_id:
            page.move(Page.objects.get(pk=change.parent_before_id), pos="last-child", user=by)
        former = change.before.as_object()
        revision = former.save_revision(user=by, previous_revision=change.before, log_action="wagtail.revert")
        revision.publish(user=by, previous_revision=change.before)
    change.is_undone = True
    change.save(update_fields=["is_undone"])


def _carry_out(
    run: ImportRun, differences: Differences, *, index: ServiceIndexPage, site: dict[str, Any], by: Any
) -> None:
    Importer(run, index=index, site=site, by=by).carry_out(differences)
    run.done_at = timezone.now()
    _remember(run, differences, save=False)
    run.sheets = []
    _move(run, RunState.DONE)
    _log(run, "service_lists.import", by=by)


def _compared(run: ImportRun, site: dict[str, Any]) -> Differences:
    listing = read_listing([Sheet(**sheet) for sheet in run.sheets])
    return compare(
        listing,
        site,
        queries.known(),
        creates_categories=run.creates_categories,
        reusable=queries.left_by_undone_imports(),
    )


def _remember(run: ImportRun, differences: Differences, *, save: bool = True) -> None:
    run.fingerprint = differences.fingerprint()
    run.report = differences.as_json() | {"titles": differences.titles, "new_categories": differences.new_categories}
    if save:
        run.save()


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update().get(pk=run.pk)


def _locked_list() -> tuple[ServiceIndexPage, dict[str, Any]]:
    """Return index and list, which nobody else changes until the transaction ends."""
    index = queries.index_page()
    if index is None:
        raise IndexMissingError
    list(Page.objects.select_for_update().filter(path__startswith=index.path).order_by("pk").values_list("pk"))
    return index, queries.site_list(index=index)


def _refuse_unless(run: ImportRun, state: RunState) -> None:
    if state not in MOVES[RunState(run.state)]:
        raise RunFinishedError


def _move(run: ImportRun, state: RunState) -> None:
    _refuse_unless(run, state)
    run.state = state
    run.save()


def _log(run: ImportRun, action: str, *, by: Any) -> None:
    index = queries.index_page()
    if index is not None:
        log(index, action, user=by, data={"run": run.pk, "file": run.file_name, **run.counts})
