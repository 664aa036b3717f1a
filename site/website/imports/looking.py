"""All that the report page shows of one upload, from the document and what was typed so far."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from website.imports import queries
from website.imports.actions import details_of_draft, source_line
from website.imports.characters import LOST
from website.imports.comparison import rows_of
from website.imports.details import topics_in
from website.imports.drafts import Choices, Draft, compose
from website.imports.forms import DetailsForm, FigureFormSet
from website.imports.kept import from_json
from website.imports.models import ImportDraft
from website.imports.pagemaking import fits, short_source
from website.imports.passages import PassagesForm, choices_in, taken
from website.imports.report import FigureProposal, NearDuplicate, plain_number
from website.imports.wording import kinds

_LONGEST_LABEL = 80


class Look:
    """One upload as its owner sees it. The forms are bound once something was typed."""

    def __init__(
        self,
        draft: ImportDraft,
        *,
        user: AbstractBaseUser | AnonymousUser,
        places: list[Page],
        answers: QueryDict | None,
    ) -> None:
        self.draft = draft
        self.reading = from_json(draft.reading)
        self.answers = answers
        self.choices = choices_in(dict(answers.lists())) if answers else Choices()
        topics = queries.topics()
        self.details = DetailsForm(answers, initial=self._initial(topics), places=places, topics=topics)
        self.passages = PassagesForm(
            answers, draft=self.untitled, may_bring_pictures=queries.picture_collection(user) is not None
        )
        initial = [_initial_figure(figure) for figure in self.original.figures]
        self.figures = FigureFormSet(answers, prefix="figures", initial=initial)

    @cached_property
    def original(self) -> Draft:
        """The document as the importer would have it."""
        return compose(self.reading, file_name=self.draft.file_name)

    @cached_property
    def untitled(self) -> Draft:
        """The document with its removals and lost characters settled; its headings are still proposals."""
        if not self.answers:
            return self.original
        choices = Choices(restored=self.choices.restored, typed=self.choices.typed)
        return compose(self.reading, file_name=self.draft.file_name, choices=choices)

    @cached_property
    def final(self) -> Draft:
        """The document as it will be saved."""
        if not self.choices.levels:
            return self.untitled
        return compose(self.reading, file_name=self.draft.file_name, choices=self.choices)

    def is_valid(self) -> bool:
        return all([self.details.is_valid(), self.passages.is_valid(), self.figures.is_valid()])

    def context(self) -> Mapping[str, Any]:
        return {
            "draft": self.draft,
            "encoding": self.reading.encoding,
            "details": self.details,
            "passages": self.passages,
            "figures": self.figures,
            "original": self.original,
            "gaps": list(self.passages.gaps()),
            "headings": list(self.passages.headings()),
            "pictures": list(self.passages.pictures()),
            "pictures_named": [picture.name for picture in self.reading.pictures if not picture.data],
            "taken": taken(self.original, self.choices),
            "taken_count": len(self.original.removed),
            "still_lost": self.final.body.count(LOST),
            "near": [NearDuplicate(*like) for like in self.draft.reading.get("near", [])],
            "rows": rows_of(self.reading, self.final, names=kinds()),
            "letters": len(self.final.body),
        }

    def _initial(self, topics: list[Any]) -> dict[str, Any]:
        draft = self.original
        details = details_of_draft(draft)
        named = topics_in(draft.body, [topic.name for topic in topics])
        return {
            **details._asdict(),
            "title": draft.title,
            "topics": [topic.pk for topic in topics if topic.name in named],
            "sources": "\n".join([*draft.sources, source_line(self.draft.file_name)]),
        }


def _initial_figure(figure: FigureProposal) -> dict[str, Any]:
    label = _("%(label)s（约）") % {"label": figure.label} if figure.is_approximate else figure.label
    return {
        "keep": fits(figure.number),
        "number": f"{plain_number(figure.number):,}",
        "unit": figure.unit,
        "label": label[:_LONGEST_LABEL],
        "year": figure.year,
        "source": short_source(figure),
        "is_year_guessed": figure.is_year_guessed,
    }
