"""An engine that did not answer is left in peace for a while, so that not every reader waits for it in turn.

Each process learns by itself; nothing is shared, so nothing else can be away.
"""

from time import monotonic

SECONDS = 15.0

_until = 0.0


def is_resting() -> bool:
    return monotonic() < _until


def begin() -> None:
    global _until  # noqa: PLW0603 -- one moment in time per process is all there is to keep
    _until = monotonic() + SECONDS


def end() -> None:
    global _until  # noqa: PLW0603 -- as above
    _until = 0.0
