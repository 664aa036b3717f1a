"""Two hands that meet at one chosen moment: one stops in the middle of its work until the other is done, or waits."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

PAUSE = 1.5  # seconds: longer than the other needs, where nothing keeps it
PATIENCE = 30  # seconds


class Meeting:
    """The first stops where ``stops`` put it; the second begins there, and the first goes on when it is done.

    Where the second waits for what the first holds, the first goes on after ``PAUSE``.
    """

    def __init__(self) -> None:
        self._arrived, self._done = threading.Event(), threading.Event()

    def pause(self) -> None:
        self._arrived.set()
        self._done.wait(PAUSE)

    def second(self, act: Callable[[], Any]) -> Any:
        assert self._arrived.wait(PATIENCE)
        try:
            return act()
        finally:
            self._done.set()

    def stops(self, monkeypatch: pytest.MonkeyPatch, room: Any, name: str, *, after: bool = False) -> None:
        """Let the first stop before, or ``after``, it has called ``room.name``."""
        known = getattr(room, name)

        def stopping(*args: Any, **kwargs: Any) -> Any:
            if after:
                answer = known(*args, **kwargs)
                self.pause()
                return answer
            self.pause()
            return known(*args, **kwargs)

        monkeypatch.setattr(room, name, stopping)
