"""What we look at before a page is published. Each check is a pure function from a reading to remarks."""

from collections.abc import Collection
from functools import partial

from website.editing.checks import completeness, pictures, privacy, structure, wording
from website.editing.checks.remarks import Check, Remark
from website.editing.enums import Weight
from website.editing.reading import Reading

__all__ = ["CHECKS", "Remark", "remarks_on"]

CHECKS: tuple[Check, ...] = (
    privacy.identity_numbers,
    privacy.mobile_numbers,
    privacy.home_addresses,
    wording.links,
    wording.two_writings,
    wording.lost_characters,
    wording.left_over,
    structure.headings,
    structure.long_without_heading,
    structure.summary,
    pictures.without_words,
    pictures.writing,
    completeness.case,
    completeness.sources,
    completeness.service,
    completeness.notice,
    completeness.venue,
)
_WEIGHTIEST_FIRST = list(Weight)


def remarks_on(reading: Reading, *, unconsented: Collection[str] = ()) -> list[Remark]:
    """Return what there is to say about ``reading``, the weightiest first, nothing twice."""
    every: tuple[Check, ...] = (*CHECKS, partial(privacy.named_without_consent, names=unconsented))
    found = dict.fromkeys(remark for check in every for remark in check(reading))
    return sorted(found, key=lambda remark: _WEIGHTIEST_FIRST.index(remark.weight))
