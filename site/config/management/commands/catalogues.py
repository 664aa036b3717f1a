import argparse
from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError

from config import catalogues


class Command(BaseCommand):
    help = (
        "Keep the translations: find what Wagtail does not say in Chinese, write traditional from simplified, compile. "
        "With --check only tell what is missing or stale (exit 1)."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self._update()
        if wrong := [*_untranslated(), *_stale()]:
            raise CommandError("\n".join(wrong))
        self.stdout.write("The catalogues are complete and compiled.")

    def _update(self) -> None:
        for domain in catalogues.DOMAINS:
            catalogues.gather_theirs(domain)
            catalogues.derive_theirs(domain)
            catalogues.derive_ours(domain)
        for path in catalogues.catalogues():
            path.with_suffix(".mo").write_bytes(catalogues.compiled(path))


def _untranslated() -> list[str]:
    return [
        f"{path}: {entry.msgid!r} has no translation"
        for path in catalogues.catalogues()
        for book in [polib.pofile(str(path))]
        for entry in book
        if not entry.obsolete and not catalogues.is_complete(entry, forms=catalogues.forms_of(book))
    ]


def _stale() -> list[str]:
    return [
        f"{path}: not compiled since it changed; run manage.py catalogues"
        for path in catalogues.catalogues()
        if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != catalogues.compiled(path)
    ]
