"""A document line by line, as it was and as it will be."""

from collections.abc import Mapping
from typing import NamedTuple

from website.imports.drafts import Draft
from website.imports.lines import Kind
from website.imports.reading import Reading
from website.imports.structure import Heading


class Row(NamedTuple):
    """One line: what the file had, what is left of it, and why, if nothing is."""

    before: str
    after: str
    removed_as: str = ""
    level: int = 0


def rows_of(reading: Reading, draft: Draft, *, names: Mapping[str, str]) -> list[Row]:
    """Return the lines that hold anything; ``names`` are what each kind of removal is called."""
    lines = reading.text.split("\n")
    gone = {piece.key: names.get(piece.kind, piece.kind) for piece in draft.removed if piece.key}
    levels = {block.key: block.level for block in draft.blocks if isinstance(block, Heading)}
    rows = []
    for line in draft.lines:
        is_around = line.role.kind is Kind.AROUND
        before = reading.navigation[int(line.key[1:])] if is_around else lines[int(line.key)]
        removed_as = gone.get(line.key, "")
        if before.strip():
            rows.append(Row(before.strip(), "" if removed_as else str(line), removed_as, levels.get(line.key, 0)))
    return rows
