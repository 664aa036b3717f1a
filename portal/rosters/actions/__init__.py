"""Every change to a unit's roster: whole files, and one person at a time."""

from portal.rosters.actions.entries import add_entry, correct_entry, exempt_entry, mark_left
from portal.rosters.actions.files import import_file
from portal.rosters.actions.imports import begin, check_again, confirm, discard, forget_old, undo

__all__ = [
    "add_entry",
    "begin",
    "check_again",
    "confirm",
    "correct_entry",
    "discard",
    "exempt_entry",
    "forget_old",
    "import_file",
    "mark_left",
    "undo",
]
