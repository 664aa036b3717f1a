"""Turning a file into a draft page: at once on the command line, or looked through first at the editors' desk."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from website.case_studies.models import CaseStudyPage
from website.imports import queries
from website.imports.details import Details, details_of, topics_in
from website.imports.drafts import Draft, compose
from website.imports.duplicates import Library
from website.imports.errors import AlreadyImportedError, CaseIndexMissingError, DocumentRefusedError
from website.imports.pagemaking import Fields, figure_of, fits, page_for
from website.imports.reading import read
from website.imports.report import ImportReport, Status


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
def save_draft(draft: Draft, *, file_name: str) -> Page:
    """Put a draft case study under the case index, with its figures and a first revision; raise if there is none."""
    parent = queries.case_index()
    if parent is None:
        raise CaseIndexMissingError
    details = details_of_draft(draft)
    topics = queries.topics()
    named = topics_in(draft.body, [topic.name for topic in topics])
    fields = Fields(
        title=draft.title,
        summary=details.summary,
        city=details.city,
        district=details.district,
        year=details.year,
        level=details.level,
        topics=[topic for topic in topics if topic.name in named],
        sources="\n".join([*draft.sources, source_line(file_name)]),
    )
    figures = [figure_of(proposal, locale=parent.locale) for proposal in draft.figures if fits(proposal.number)]
    page: CaseStudyPage = parent.add_child(instance=page_for(parent, fields, blocks=draft.blocks, figures=figures))
    page.save_revision(log_action=False)
    return page


def details_of_draft(draft: Draft) -> Details:
    """Return what the document says of place, time and matter."""
    bylines = [piece.text for piece in draft.removed if piece.kind == "byline"]
    return details_of(title=draft.title, body=draft.body, bylines=bylines)


def source_line(file_name: str) -> str:
    """Return the line of the sources that names the file."""
    return _("导入自文件：%(name)s") % {"name": file_name}


def _describe(report: ImportReport, draft: Draft) -> None:
    report.title = draft.title
    report.encoding = draft.encoding
    report.headings = draft.headings
    report.body = draft.body
    report.lost_characters = draft.lost_characters
    report.removed = draft.removed
    report.figures = draft.figures
    report.sources = draft.sources
    report.pictures = [picture.name for picture in draft.pictures]
    report.details = details_of_draft(draft)._asdict()


def _refuse_copy(report: ImportReport) -> None:
    copy = next((near for near in report.near_duplicates if near.is_identical), None)
    if copy:
        raise AlreadyImportedError(title=copy.title, url=copy.url)
