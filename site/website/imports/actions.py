"""Turning a file into a draft case study."""

import json
from decimal import Decimal
from html import escape
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from website.case_studies.models import CaseStudyPage, Figure
from website.imports import queries
from website.imports.drafts import Draft, compose
from website.imports.duplicates import Library
from website.imports.errors import AlreadyImportedError, CaseIndexMissingError, DocumentRefusedError
from website.imports.reading import read
from website.imports.report import FigureProposal, ImportReport, Status
from website.imports.structure import Block, Heading, ItemList

_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 14
_LONGEST_SOURCE = Figure._meta.get_field("source").max_length
_LONGEST_HEADING = 120


def import_document(path: Path, *, library: Library, dry_run: bool = False) -> ImportReport:
    """Read one file and save it as a draft, or only report on it when ``dry_run``.

    The same text twice is refused, naming the page that has it. Whatever is saved is saved whole: a draft with its
    figures and its first revision, or nothing. ``library`` holds what there is already and learns this document.
    """
    report = ImportReport(file=str(path), status=Status.REFUSED)
    try:
        draft = compose(read(path), file_name=path.name)
        _describe(report, draft)
        report.near_duplicates = library.near(draft.body)
        _refuse_copy(report)
        if not dry_run:
            report.url = queries.edit_url(save_draft(draft, file_name=path.name))
        report.status = Status.READY if dry_run else Status.SAVED
    except DocumentRefusedError as refusal:
        report.reason = str(refusal.reason)
        return report
    library.add(title=draft.title, url=report.url or path.name, text=draft.body)
    return report


@transaction.atomic
def save_draft(draft: Draft, *, file_name: str) -> CaseStudyPage:
    """Put a draft case study under the case index, with its figures and a first revision; raise if there is none."""
    parent = queries.case_index()
    if parent is None:
        raise CaseIndexMissingError
    page = CaseStudyPage(
        title=draft.title,
        locale=parent.locale,
        live=False,
        has_unpublished_changes=True,
        body=json.dumps([_raw(block) for block in draft.blocks], ensure_ascii=False),
        sources="\n".join([*draft.bylines, _("导入自文件：%(name)s") % {"name": file_name}]),
        lost_characters=draft.lost_characters,
    )
    page.figures = [_figure(proposal, locale=parent.locale) for proposal in draft.figures if _fits(proposal.number)]
    parent.add_child(instance=page)
    page.save_revision(log_action=False)
    return page


def _describe(report: ImportReport, draft: Draft) -> None:
    report.title = draft.title
    report.encoding = draft.encoding
    report.headings = draft.headings
    report.body = draft.body
    report.lost_characters = draft.lost_characters
    report.removed = draft.removed
    report.figures = draft.figures


def _refuse_copy(report: ImportReport) -> None:
    copy = next((near for near in report.near_duplicates if near.is_identical), None)
    if copy:
        raise AlreadyImportedError(title=copy.title, url=copy.url)


def _raw(block: Block) -> dict[str, object]:
    """Return a block as the page's body stores it."""
    if isinstance(block, Heading):
        return {"type": "heading", "value": {"level": str(block.level), "text": block.text[:_LONGEST_HEADING]}}
    if isinstance(block, ItemList):
        return {"type": "list", "value": [{"type": "item", "value": item} for item in block.items]}
    return {"type": "paragraph", "value": f"<p>{escape(block.text)}</p>"}


def _figure(proposal: FigureProposal, *, locale: Locale) -> Figure:
    return Figure(
        number=proposal.number,
        unit=proposal.unit,
        label=proposal.label,
        source=_source(proposal),
        locale=locale,
    )


def _source(proposal: FigureProposal) -> str:
    """Return the sentence; of one too long for the field, the part around what is counted."""
    sentence = proposal.sentence
    if len(sentence) <= _LONGEST_SOURCE:
        return sentence
    start = max(0, sentence.find(proposal.label) - _LONGEST_SOURCE // 2)
    return f"…{sentence[start : start + _LONGEST_SOURCE - 2]}…"


def _fits(number: Decimal) -> bool:
    """Tell whether the database keeps ``number`` exactly; one that would be rounded is left to the text."""
    return number < _LARGEST and number == number.quantize(_CENT)
