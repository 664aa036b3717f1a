"""What must not be deployed: settings under which the limits do not hold."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from portal.members.passwords import is_list_readable

PRIVATE_CACHES = ("locmem.LocMemCache", "dummy.DummyCache")


def register_all() -> None:
    """Make the checks known to ``manage.py check`` and to every command that runs it."""
    register(limits_hold_across_processes, Tags.caches)
    register(breach_list_is_there, Tags.security, deploy=True)


def limits_hold_across_processes(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a default cache that each process has for itself: log-in and message limits would multiply."""
    caches: dict[str, Any] = settings.CACHES
    if not caches["default"]["BACKEND"].endswith(PRIVATE_CACHES):
        return []
    return [
        Error("CACHES['default'] is not shared between processes, so the rate limits do not hold.", id="config.E001")
    ]


def breach_list_is_there(**kwargs: Any) -> list[CheckMessage]:
    """Warn when the breach list is named and cannot be read: passwords would be set unchecked."""
    path = settings.BREACHED_PASSWORDS_FILE
    if not path or is_list_readable(path):
        return []
    return [Warning(f"BREACHED_PASSWORDS_FILE is {path}, which cannot be read.", id="config.W001")]
