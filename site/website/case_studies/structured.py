"""A case in the words of schema.org."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from website.case_studies.models import CaseStudyPage

CITED = {"name": "name", "publisher": "publisher", "datePublished": "year", "url": "url"}


def article(case: CaseStudyPage) -> dict[str, Any]:
    """Return the case as an article: about what, where, when, and what it cites."""
    facts: dict[str, Any] = {
        "headline": case.title,
        "description": case.summary,
        "url": case.full_url,
        "inLanguage": get_language(),
        "about": [topic.name for topic in case.topic_list],
        "keywords": [part.name for part in case.part_list],
        "contentLocation": _place(case),
        "temporalCoverage": str(case.year or ""),
        "datePublished": case.first_published_at and case.first_published_at.isoformat(),
        "dateModified": case.last_published_at and case.last_published_at.isoformat(),
        "citation": [_citation(source) for source in case.cited],
    }
    known = {name: value for name, value in facts.items() if value}
    return {"@context": "https://schema.org", "@type": "Article", **known}


def _place(case: CaseStudyPage) -> dict[str, str] | None:
    name = f"{case.city}{case.district}"
    return {"@type": "Place", "name": name} if name else None


def _citation(source: Mapping[str, Any]) -> dict[str, Any]:
    facts = {name: source[own] for name, own in CITED.items()}
    return {"@type": "CreativeWork", **{name: value for name, value in facts.items() if value}}
