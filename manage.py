#!/usr/bin/env python
"""Put ``site/`` and the project's root on the path, then run Django's commands."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- needs the path above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
