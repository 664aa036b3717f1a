"""Nothing but the one table of rights decides by a role."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SOURCES = ("portal", "site", "search")

TELLS = "whom to tell: the nearest holders, who get no right by it"

ALLOWED = {
    "portal/organisations/permissions.py": "the table itself",
    "portal/organisations/enums.py": "where the roles are named",
    "portal/organisations/models.py": "the field and its constraint",
    "portal/organisations/queries/reach.py": "finds who holds a role, told which by the caller",
    "portal/organisations/queries/posts.py": "lists who looks after a grid",
    "portal/organisations/actions/posts.py": "which place a role is held at; who may appoint is asked of the table",
    "portal/organisations/actions/mergers.py": "carries posts over to the place that goes on, as they were",
    "portal/organisations/forms/posts.py": "which roles a place has; who may appoint is asked of the table",
    "portal/organisations/management/commands/permissions_table.py": "prints the table",
    "portal/members/actions/contacts.py": TELLS,
    "portal/members/actions/moves.py": TELLS,
    "portal/members/management/commands/appoint_administrator.py": "appoints the first administrator from a shell",
    "portal/members/queries/security.py": "who must have a second factor: duties of more weight, no right",
    "portal/annual_reports/actions.py": TELLS,
    "portal/proxies/actions/joinings.py": TELLS,
    "portal/proxies/actions/objections.py": TELLS,
    "portal/records/queries/confirming.py": "finds whom to tell what waits, by the roles the table gives",
    "portal/records/queries/objections.py": TELLS,
    "portal/report_in/actions/rows.py": TELLS,
    "portal/report_in/actions/clocks.py": TELLS,
    "portal/report_in/actions/unit_report_ins.py": TELLS,
    "portal/report_in/actions/leaves.py": TELLS,
    "portal/dashboard/queries/duties.py": "which sections of the first page to show; each asks the table",
    "portal/teams/actions/rows.py": TELLS,
    "portal/teams/models.py": "the roles in a team, which no post gives",
    "site/config/demo/people.py": "invents the demo's posts",
    "site/config/demo/crowd.py": "invents the demo's posts",
}
"""Files that may name a role, each with the reason."""


def test_roles_are_named_only_where_it_was_reviewed() -> None:
    named = {str(path.relative_to(ROOT)) for path in _files() if _names_a_role(path)}

    assert not named - ALLOWED.keys(), "Ask organisations.permissions, or give the reason in ALLOWED."
    assert not ALLOWED.keys() - named, "These name no role any more: take them off the list."


def _files() -> Iterator[Path]:
    for source in SOURCES:
        yield from (path for path in (ROOT / source).rglob("*.py") if "migrations" not in path.parts)


def _names_a_role(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(_is_about_posts(node) for node in ast.walk(tree)) or str(path).endswith("organisations/enums.py")


def _is_about_posts(node: ast.AST) -> bool:
    """Tell whether ``node`` brings in the roles of posts, or asks the database about the roles of posts."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "portal.organisations.enums" and any(name.name == "Role" for name in node.names)
    if isinstance(node, ast.keyword):
        return node.arg is not None and node.arg.startswith(("posts__role", "post__role", "role__in"))
    return False
