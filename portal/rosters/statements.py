"""The set-based half of an import, in the SQL that SQLite and PostgreSQL share. Values are always parameters."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

Parameters = Mapping[str, Any]

_MET = "e.unit_id = s.unit AND e.phone = s.phone AND e.left_on IS NULL"
_DIFFERS = """(e.name <> s.name OR (s.employee_number IS NOT NULL AND s.employee_number <> e.employee_number)
    OR (s.branch IS NOT NULL AND s.branch <> e.branch) OR (s.note IS NOT NULL AND s.note <> e.note))"""
# The rows of the roster this file speaks of: one unit's, or those of a whole subtree.
# Whoever named themselves by an invitation is the contact's to confirm, in no file.
_IN_SCOPE = """e.left_on IS NULL AND e.is_confirmed
    AND e.unit_id IN (SELECT id FROM organisations_unit WHERE path BETWEEN %(from)s AND %(to)s)"""
_GONE = f"""FROM members_rosterentry e
    LEFT JOIN (SELECT e.id FROM rosters_stagedrow s JOIN members_rosterentry e ON {_MET} WHERE s.batch = %(batch)s) met
    ON met.id = e.id WHERE met.id IS NULL AND {_IN_SCOPE}"""  # noqa: S608 -- made of constants alone

# A file that still has the number somebody has given up means them: the same name in the same unit, the number nobody
# else's, and no row of the file with the new one.
FOLLOW = """UPDATE rosters_stagedrow AS s SET phone = e.phone FROM members_rosterentry e
    WHERE s.batch = %(batch)s AND e.former_phone > '' AND e.former_phone = s.phone AND e.unit_id = s.unit
    AND e.name = s.name AND e.left_on IS NULL
    AND NOT EXISTS (SELECT 1 FROM rosters_stagedrow t WHERE t.batch = s.batch AND t.unit = s.unit AND t.phone = e.phone)
    AND NOT EXISTS (SELECT 1 FROM members_rosterentry o
        WHERE o.unit_id = s.unit AND o.phone = s.phone AND o.left_on IS NULL)"""
COUNTED = f"""SELECT count(*), count(e.id), coalesce(sum(CASE WHEN {_DIFFERS} THEN 1 ELSE 0 END), 0)
    FROM rosters_stagedrow s LEFT JOIN members_rosterentry e ON {_MET} WHERE s.batch = %(batch)s"""  # noqa: S608 -- as above
GONE_COUNTED = f"SELECT count(*) {_GONE}"
GONE = f"SELECT e.id {_GONE} ORDER BY e.id"
GONE_SHOWN = f"SELECT e.name {_GONE} ORDER BY e.name, e.id LIMIT %(most)s"
ELSEWHERE = f"""SELECT s.number FROM rosters_stagedrow s LEFT JOIN members_rosterentry e ON {_MET}
    WHERE s.batch = %(batch)s AND e.id IS NULL AND s.phone IN
    (SELECT o.phone FROM members_rosterentry o WHERE o.left_on IS NULL) ORDER BY s.number LIMIT %(most)s"""  # noqa: S608 -- as above
ADD = f"""INSERT INTO members_rosterentry
    (unit_id, phone, name, employee_number, branch, note, added_at, is_confirmed, made_by_import, last_import)
    SELECT s.unit, s.phone, s.name, coalesce(s.employee_number, ''), coalesce(s.branch, ''), coalesce(s.note, ''),
        %(now)s, TRUE, s.batch, s.batch
    FROM rosters_stagedrow s LEFT JOIN members_rosterentry e ON {_MET}
    WHERE s.batch = %(batch)s AND e.id IS NULL ORDER BY s.unit, s.phone"""  # noqa: S608 -- as above
# Whose own name came from a row that this changes, or whose change is taken back: the row, and the name to come.
RENAMED = f"""SELECT e.id, s.name FROM rosters_stagedrow s JOIN members_rosterentry e ON {_MET}
    JOIN members_user u ON u.id = e.person_id AND u.name = e.name
    WHERE s.batch = %(batch)s AND e.name <> s.name ORDER BY u.id, e.id"""  # noqa: S608 -- as above
NAMED_BACK = """SELECT e.id, c.name FROM rosters_rosterchange c JOIN members_rosterentry e ON e.id = c.entry_id
    JOIN members_user u ON u.id = e.person_id AND u.name = e.name
    WHERE c.run_id = %(batch)s AND c.kind = 'changed' AND c.name <> e.name AND e.last_import = %(batch)s
    AND c.had_person AND e.left_on IS NULL ORDER BY u.id, e.id"""
REMEMBER = f"""INSERT INTO rosters_rosterchange
    (run_id, entry_id, kind, name, employee_number, branch, note, last_import, had_person)
    SELECT s.batch, e.id, 'changed', e.name, e.employee_number, e.branch, e.note, e.last_import, e.person_id IS NOT NULL
    FROM rosters_stagedrow s JOIN members_rosterentry e ON {_MET} WHERE s.batch = %(batch)s AND {_DIFFERS}"""  # noqa: S608 -- as above
CHANGE = f"""UPDATE members_rosterentry AS e SET name = s.name, last_import = s.batch,
    employee_number = coalesce(s.employee_number, e.employee_number), branch = coalesce(s.branch, e.branch),
    note = coalesce(s.note, e.note)
    FROM rosters_stagedrow s WHERE s.batch = %(batch)s AND {_MET} AND {_DIFFERS}"""  # noqa: S608 -- as above

_UNTOUCHED = "e.last_import = %(batch)s AND (e.person_id IS NULL OR c.had_person)"
TAKE_BACK_NEW = """DELETE FROM members_rosterentry WHERE made_by_import = %(batch)s AND last_import = %(batch)s
    AND person_id IS NULL AND left_on IS NULL"""
FORGET_ITS_CHANGES = """DELETE FROM rosters_rosterchange WHERE entry_id IN (SELECT id FROM members_rosterentry
    WHERE made_by_import = %(batch)s AND last_import = %(batch)s AND person_id IS NULL AND left_on IS NULL)"""
TAKE_BACK_CHANGED = f"""UPDATE members_rosterentry AS e SET name = c.name, employee_number = c.employee_number,
    branch = c.branch, note = c.note, last_import = c.last_import
    FROM rosters_rosterchange c WHERE c.run_id = %(batch)s AND c.kind = 'changed' AND c.entry_id = e.id AND {_UNTOUCHED}
    AND e.left_on IS NULL"""  # noqa: S608 -- as above
# Of what an import wrote: what somebody met, changed or took off the roster since.
TOUCHED = """SELECT e.id FROM members_rosterentry e WHERE e.made_by_import = %(batch)s
        AND NOT (coalesce(e.last_import, 0) = %(batch)s AND e.person_id IS NULL AND e.left_on IS NULL)
    UNION SELECT e.id FROM rosters_rosterchange c JOIN members_rosterentry e ON e.id = c.entry_id
        WHERE c.run_id = %(batch)s AND c.kind = 'changed'
        AND NOT (coalesce(e.last_import, 0) = %(batch)s AND (e.person_id IS NULL OR c.had_person)
            AND e.left_on IS NULL)"""


def run(statement: str, **parameters: Any) -> int:
    """Run a statement; return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows a question has."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
