"""Structured logs: one JSON object a line, each carrying the request's id.

An address that opens something by itself is never written: whatever a line says, the secret in it is cut out.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET = re.compile(r"(/portal/calendars/feed/)[^/\s\"'?]+")


def hide_secrets(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut the secret out of each calendar address in ``line``."""
    for name, value in line.items():
        if isinstance(value, str) and "/calendars/feed/" in value:
            line[name] = SECRET.sub(r"\1…", value)
    return line


def logging_settings(*, level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``; configures structlog to write through it."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "level": level}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "propagate": False},
            "elastic_transport": {"level": "ERROR"},  # a line for every request, and search says itself when it is away
        },
    }
