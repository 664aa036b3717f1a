"""The part of the report whose questions depend on the document: headings, lost characters, removals, pictures."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from website.imports.drafts import Choices, Draft, Gap
from website.imports.lines import Kind
from website.imports.report import Removed
from website.imports.structure import Heading
from website.imports.wording import kinds

_LEVELS = [("2", _("大标题")), ("3", _("小标题")), ("0", _("不是标题"))]
_LONGEST_TYPED = 20
_PUT_BACK_ONE_BY_ONE = frozenset({"unseen", "picture", "note"})


@dataclass(frozen=True)
class Taken:
    """One kind of removal: how many, and each different piece with its box."""

    name: str
    count: int
    pieces: list[tuple[str, str, int, bool]]  # key, text, times, is ticked
    can_return: bool


class PassagesForm(forms.Form):
    """Asks about each passage by its key; whatever the form does not know, it passes over."""

    def __init__(self, *args: Any, draft: Draft, may_bring_pictures: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self._headings = [block for block in draft.blocks if isinstance(block, Heading)]
        for block in self._headings:
            self.fields[f"level-{block.key}"] = forms.ChoiceField(
                choices=_LEVELS, required=False, initial=str(block.level), label=block.text
            )
        for gap in draft.gaps:
            self.fields[f"lost-{gap.key}"] = forms.CharField(
                max_length=_LONGEST_TYPED, required=False, label=_("这里缺的字")
            )
        self._pictures = _pictures(draft) if may_bring_pictures else []
        for _key, number, alt in self._pictures:
            self.fields[f"picture-{number}"] = forms.BooleanField(required=False, label=draft.pictures[number].name)
            self.fields[f"alt-{number}"] = forms.CharField(
                max_length=255, required=False, initial=alt, label=_("图片说明（给看不见的人听）")
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for _key, number, _alt in self._pictures:
            if cleaned.get(f"picture-{number}") and not cleaned.get(f"alt-{number}"):
                self.add_error(f"alt-{number}", _("请用一句话说说图片里有什么。"))
        return cleaned

    def headings(self) -> Iterator[tuple[Heading, forms.BoundField]]:
        for block in self._headings:
            yield block, self[f"level-{block.key}"]

    def gaps(self) -> Iterator[tuple[Gap, forms.BoundField]]:
        for gap in self.draft.gaps:
            yield gap, self[f"lost-{gap.key}"]

    def pictures(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for _key, number, _alt in self._pictures:
            yield self[f"picture-{number}"], self[f"alt-{number}"]

    def chosen_pictures(self) -> Iterator[tuple[int, str, str]]:
        """Yield number, alternative text and place of each picture to bring in."""
        for key, number, _alt in self._pictures:
            if self.cleaned_data.get(f"picture-{number}"):
                yield number, self.cleaned_data[f"alt-{number}"], key


def choices_in(answers: Mapping[str, list[str]]) -> Choices:
    """Return what the editor decided, out of the fields as they were sent."""
    last = {name: values[-1] for name, values in answers.items() if values}
    return Choices(
        restored=frozenset(answers.get("restore", [])),
        levels={
            name.removeprefix("level-"): int(value)
            for name, value in last.items()
            if name.startswith("level-") and value in {"0", "2", "3"}
        },
        typed={
            name.removeprefix("lost-"): value.strip()[:_LONGEST_TYPED]
            for name, value in last.items()
            if name.startswith("lost-")
        },
    )


def taken(original: Draft, choices: Choices) -> list[Taken]:
    """Return what would be removed if nothing were put back, kind by kind, the same piece only once."""
    by_kind: dict[str, list[Removed]] = {}
    for piece in original.removed:
        by_kind.setdefault(piece.kind, []).append(piece)
    names = kinds()
    return [
        Taken(
            names.get(kind, kind),
            len(pieces),
            [
                (key, text, times, key in choices.restored)
                for (key, text), times in Counter((piece.key, piece.text) for piece in pieces).items()
            ],
            kind not in _PUT_BACK_ONE_BY_ONE,
        )
        for kind, pieces in by_kind.items()
    ]


def _pictures(draft: Draft) -> list[tuple[str, int, str]]:
    """Return place, number and alternative text of the pictures that came with the document."""
    shown = [(line.key, line.role.level) for line in draft.lines if line.role.kind is Kind.PICTURE]
    return [(key, number, draft.pictures[number].alt) for key, number in shown if draft.pictures[number].data]
