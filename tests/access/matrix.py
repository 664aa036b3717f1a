"""The expected answers: files for people to read and review, one line an address, one column a role.

A cell says what GET and POST are answered, ``get/post``, or one word where both are the same. The words are those of
``asking.word_of``; a ``+`` says that the request wrote something to the database.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.access.roles import Role

FOLDER = Path(__file__).parent / "expected"
GAP = "  "
HEAD = """\
# Who gets which answer: GET/POST, or one word for both. See tests/access/matrix.py, and "How access is held" in
# docs/architecture.md. Reviewed by hand: `python -m tests.access.propose` prints what is, and decides nothing.
"""

Row = Mapping[Role, str]


def expected() -> dict[str, Row]:
    """Return the reviewed answers by line."""
    rows: dict[str, Row] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for key, row in _read(path.read_text(encoding="utf-8")):
            if key in rows:
                raise ValueError(f"{path.name}: a second line for {key}")
            rows[key] = row
    return rows


def cell(get: str, post: str) -> str:
    return get if get == post else f"{get}/{post}"


def written(rows: Mapping[str, Row]) -> str:
    """Return ``rows`` as a file holds them."""
    widths = {role: max(len(role), *(len(row[role]) for row in rows.values())) for role in Role}
    first = max(len(key) for key in rows)
    lines = [_line("#".ljust(first), {role: str(role) for role in Role}, widths)]
    lines += [_line(key.ljust(first), row, widths) for key, row in rows.items()]
    return HEAD + "\n".join(lines) + "\n"


def _line(key: str, row: Row, widths: Mapping[Role, int]) -> str:
    return GAP.join([key, *(row[role].ljust(widths[role]) for role in Role)]).rstrip()


def _read(text: str) -> Iterable[tuple[str, Row]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, *cells = line.rsplit(None, len(Role))
            yield key.strip(), dict(zip(Role, cells, strict=True))
