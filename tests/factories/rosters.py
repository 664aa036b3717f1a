"""Imports of rosters, as a contact began them."""

from io import BytesIO

from portal.members.models import User
from portal.organisations.models import Unit
from portal.rosters.actions import begin, confirm
from portal.rosters.models import RosterImport
from portal.rosters.tasks import check_file, counts_of, write_file


def import_begun(*, unit: Unit, by: User, content: bytes, name: str = "名册.csv") -> RosterImport:
    """Return an import whose file has been checked."""
    run = begin(unit=unit, file=BytesIO(content), size=len(content), file_name=name, by=by)
    check_file.call(run.pk)
    run.refresh_from_db()
    return run


def import_done(
    *, unit: Unit, by: User, content: bytes, is_complete: bool = False, skips_errors: bool = False
) -> RosterImport:
    """Return an import that has been written."""
    run = import_begun(unit=unit, by=by, content=content)
    confirm(run=run, shown=counts_of(run), is_complete=is_complete, skips_errors=skips_errors, by=by)
    write_file.call(run.pk, by.pk)
    run.refresh_from_db()
    return run
