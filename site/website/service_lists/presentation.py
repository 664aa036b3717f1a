"""The differences as the pages of the desk show them."""

from collections.abc import Iterable
from typing import Any

from website.service_lists.columns import in_words
from website.service_lists.differences import Differences
from website.service_lists.models import ImportRun


def shown(differences: Differences) -> dict[str, Any]:
    """Return what an import would do, service by service."""
    return _shown(differences.as_json(), differences.titles) | {
        "problems": differences.problems,
        "new_categories": differences.new_categories,
        "fingerprint": differences.fingerprint(),
    }


def shown_of_run(run: ImportRun) -> dict[str, Any]:
    """Return what an import did."""
    report = run.report
    return _shown(report, report.get("titles", {})) | {"new_categories": report.get("new_categories", [])}


def _shown(report: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    changed: dict[str, list[dict[str, str]]] = {}
    for change in report.get("changed", []):
        line = {"field": in_words(change["field"]), "before": change["from"], "after": change["to"]}
        changed.setdefault(change["code"], []).append(line)
    return {
        "new": _named(report.get("new", []), titles),
        "changed": [{"code": code, "title": titles.get(code, ""), "changes": lines} for code, lines in changed.items()],
        "gone": _named(report.get("gone", []), titles),
        "unchanged": report.get("unchanged", 0),
    }


def _named(codes: Iterable[str], titles: dict[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "title": titles.get(code, "")} for code in codes]
