"""Hold the tree to the house's rules: what a linter cannot see."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "managers", "services"}
# ``website.services`` is the room of the public services (便民服务); as a module name it stays forbidden.
ALLOWED_PATHS = {"site/website/services", "tests/services.py", "tests/website/services"}
LONGEST_FILE = 300
SUPPRESSION = re.compile(r"#\s*(noqa(?!: [A-Z0-9, ]+ -- )|type: ignore(?!\[[a-z-, ]+\]  # ))")


class Command(BaseCommand):
    """Fails with a line for each rule broken."""

    help = "Check the tree against the rules of the house."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = [problem for path in _tracked_files() for problem in _problems_of(path)]
        if Path(settings.BASE_DIR, "site", "__init__.py").exists():
            problems.append("site/__init__.py: site/ is a source root, never a package")
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("layout: ok")


def _tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 -- git is found as everywhere
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name and Path(settings.BASE_DIR, name).exists()]


def _problems_of(name: str) -> Iterator[str]:
    if name.endswith(".py") and "/migrations/" not in name:
        yield from _python_problems(name, Path(settings.BASE_DIR, name).read_text(encoding="utf-8"))
    if name.startswith("templates/components/") and name.endswith(".html"):
        text = Path(settings.BASE_DIR, name).read_text(encoding="utf-8")
        if not text.lstrip().startswith("{% comment %}"):
            yield f"{name}: a component opens with a comment that lists its variables"


def _python_problems(name: str, text: str) -> Iterator[str]:
    path = Path(name)
    parts = {path.stem, *path.parent.parts}
    is_allowed = any(name.startswith(allowed) for allowed in ALLOWED_PATHS)
    if parts & FORBIDDEN_NAMES and not is_allowed:
        yield f"{name}: no drawer called {', '.join(sorted(parts & FORBIDDEN_NAMES))}"
    lines = text.splitlines()
    if len(lines) > LONGEST_FILE and "/settings/" not in name:
        yield f"{name}: {len(lines)} lines, more than {LONGEST_FILE}"
    for number, line in enumerate(lines, 1):
        if SUPPRESSION.search(line) and path.name != "check_layout.py":
            yield f"{name}:{number}: a suppression carries its code and reason"
