"""Print what every address answers now, for review: ``python -m tests.access.propose FOLDER``.

Nothing is accepted: the proposals are written to FOLDER (``var/access``), beside what is expected. Compare, think, and
copy by hand the lines that are right. More arguments go to pytest: ``-k portal/reports``.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.access import matrix
from tests.access.roles import Role


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.tsv"), *folder.glob("*.txt")):
        old.unlink()
    os.environ["ACCESS_PROPOSALS"] = str(folder)
    failed = pytest.main(["tests/access/test_matrix.py", "-p", "no:randomly", "-n", "0", "-q", *sys.argv[2:]])
    for raw in sorted(folder.glob("*.tsv")):
        rows = {}
        for line in raw.read_text(encoding="utf-8").splitlines():
            key, *cells = line.split("\t")
            rows[key] = dict(zip(Role, cells, strict=True))
        raw.with_suffix(".txt").write_text(matrix.written(rows), encoding="utf-8")
        raw.unlink()
    sys.stdout.write(f"Proposals for review: {folder}. Compare: diff -r {folder} {matrix.FOLDER}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/access")))
