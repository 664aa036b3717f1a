"""Reads of the case library: the list with its facets, and one case with its proof."""

from website.case_studies.queries.cases import case_studies, library, rows_and_labels, shown_parts, similar
from website.case_studies.queries.proof import story

__all__ = ["case_studies", "library", "rows_and_labels", "shown_parts", "similar", "story"]
