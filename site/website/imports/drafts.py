"""From a file's text to a draft: cleaned, simplified, with its headings and figures found."""

from dataclasses import dataclass

from website.imports.characters import LOST, simplify
from website.imports.debris import sift
from website.imports.figures import figures_of
from website.imports.reading import Reading
from website.imports.repair import repair
from website.imports.report import FigureProposal, HeadingLine, Removed
from website.imports.structure import Block, Heading, blocks_of, plain_text
from website.imports.tidying import lines_of, tidy
from website.imports.titles import take_title


@dataclass(frozen=True)
class Draft:
    """A document as it would stand on the site."""

    title: str
    encoding: str
    blocks: list[Block]
    removed: list[Removed]
    figures: list[FigureProposal]

    @property
    def body(self) -> str:
        return plain_text(self.blocks)

    @property
    def headings(self) -> list[HeadingLine]:
        return [HeadingLine(block.level, block.text) for block in self.blocks if isinstance(block, Heading)]

    @property
    def lost_characters(self) -> int:
        return self.title.count(LOST) + self.body.count(LOST)

    @property
    def bylines(self) -> list[str]:
        return [piece.text for piece in self.removed if piece.kind == "byline"]


def compose(reading: Reading, *, file_name: str) -> Draft:
    """Clean a text and find out what it is made of."""
    repaired = repair(reading.text)
    lines = [tidy(line) for line in lines_of(simplify(repaired.text))]
    sifted = sift(lines)
    title, article = take_title(sifted.lines, file_name)
    blocks = blocks_of(article)
    removed = [
        *(Removed("navigation", line) for line in reading.navigation),
        *(Removed("pinyin", piece) for piece in repaired.removed),
        *sifted.removed,
    ]
    return Draft(title, reading.encoding, blocks, removed, figures_of(blocks))
