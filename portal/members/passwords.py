"""Passwords that stand on a list of known ones are refused. The list is a file here; nobody is asked abroad."""

import hashlib
import logging
import os
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGEST_LENGTH = 40

logger = logging.getLogger(__name__)


class NotBreachedValidator:
    """Refuses a password whose SHA-1 stands in the file ``BREACHED_PASSWORDS_FILE`` names, if it names one."""

    def validate(self, password: str, user: Any = None) -> None:
        if settings.BREACHED_PASSWORDS_FILE and is_breached(password, Path(settings.BREACHED_PASSWORDS_FILE)):
            raise ValidationError(_("这个密码已经在别处泄露过，请换一个。"), code="password_breached")

    def get_help_text(self) -> str:
        return _("不要用在别处泄露过的密码。")


def is_breached(password: str, path: Path) -> bool:
    """Return whether ``password`` is in the sorted list of ``DIGEST:COUNT`` lines at ``path``.

    Reads some forty lines of it, however long it is. A list that cannot be read refuses nobody, and says so in the log.
    """
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with path.open("rb") as lines:
            return _find(lines, digest)
    except OSError:
        logger.exception("The list of breached passwords cannot be read.")
        return False


def is_list_readable(path: str) -> bool:
    return Path(path).is_file() and os.access(path, os.R_OK)


def _find(lines: BinaryIO, digest: bytes) -> bool:
    """Halve the file until the first line at or after ``digest`` is known."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        if _line_after(lines, middle)[:DIGEST_LENGTH].upper() < digest:
            low = middle + 1
        else:
            high = middle
    return _line_after(lines, low)[:DIGEST_LENGTH].upper() == digest


def _line_after(lines: BinaryIO, offset: int) -> bytes:
    """Return the first line that begins at or after ``offset``; past the end, something that sorts last."""
    lines.seek(max(0, offset - 1))
    if offset:
        lines.readline()
    return lines.readline() or b"~"
