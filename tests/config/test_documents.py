"""What the documents say is what the code does."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from portal.activities.enums import ACTIVITY_TRANSITIONS, ATTENDANCE_TRANSITIONS, SIGN_UP_TRANSITIONS
from portal.annual_reports.enums import REPORT_TRANSITIONS
from portal.records.enums import OBJECTION_TRANSITIONS, OWN_SERVICE_TRANSITIONS, RECORD_TRANSITIONS
from portal.report_in.enums import REPORT_IN_TRANSITIONS

ROOT = Path(settings.BASE_DIR)
START = "[*]"


def drawn(heading: str) -> set[tuple[str, str]]:
    """Return the moves in the state diagram under ``heading`` of docs/architecture.md."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    diagram = text.split(f"### {heading}\n")[1].split("```")[1]
    return set(re.findall(r"^\s+(\S+) --> (\w+)", diagram, re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("Report-in", REPORT_IN_TRANSITIONS),
        ("Activity", ACTIVITY_TRANSITIONS),
        ("Sign-up", SIGN_UP_TRANSITIONS),
        ("Attendance", ATTENDANCE_TRANSITIONS),
        ("Service record", RECORD_TRANSITIONS),
        ("Own service", OWN_SERVICE_TRANSITIONS),
        ("Objection to a record", OBJECTION_TRANSITIONS),
        ("Yearly report", REPORT_TRANSITIONS),
    ],
)
def test_state_diagram_is_the_transition_table(heading: str, table: Mapping[str, frozenset[str]]):
    moves = {(str(before), str(after)) for before, afters in table.items() if before for after in afters}

    assert {move for move in drawn(heading) if move[0] != START} == moves


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_names_commands_and_files_that_exist(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert set(re.findall(r"`manage\.py (\w+)", text)) <= set(get_commands())
    assert all((ROOT / path).exists() for path in re.findall(r"\]\(([\w./-]+)\)", text))


@pytest.mark.parametrize("module", ["base", "portal", "production"])
def test_every_setting_read_from_the_environment_is_documented(module: str):
    source = (ROOT / f"site/config/settings/{module}.py").read_text(encoding="utf-8")
    documented = (ROOT / "docs/running.md").read_text(encoding="utf-8")

    names = re.findall(r'env\.?\w*\(\s*"([A-Z_]+)"', source)

    assert [name for name in names if f"`{name}`" not in documented] == []
