"""A progress bar of our own: one line on a terminal, one line a stage in a file or pipe."""

import time
from collections.abc import Iterator, Sequence
from typing import TextIO, TypeVar

Item = TypeVar("Item")
WIDTH = 24


class Progress:
    """Says on ``stream`` which stage is running and how far it is."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_terminal = stream.isatty()
        self.label = ""
        self.total = self.done = self.shown = 0
        self.started = 0.0

    def start(self, label: str, total: int) -> None:
        """Begin a stage of ``total`` steps."""
        self.label, self.total = label, max(total, 1)
        self.done = self.shown = 0
        self.started = time.monotonic()
        self._draw()

    def advance(self, steps: int = 1) -> None:
        self.done = min(self.done + steps, self.total)
        if self.done * 100 // self.total > self.shown:
            self._draw()

    def finish(self) -> None:
        """End the stage; the line stays."""
        self.done = self.total
        self._draw()
        took = time.monotonic() - self.started
        self.stream.write(f"  {took:.1f} s\n" if self.is_terminal else f"  {self.label} … {took:.1f} s\n")
        self.stream.flush()

    def track(self, label: str, items: Sequence[Item]) -> Iterator[Item]:
        """Yield ``items`` as one stage."""
        self.start(label, len(items))
        for item in items:
            yield item
            self.advance()
        self.finish()

    def _draw(self) -> None:
        if not self.is_terminal:
            return
        self.shown = self.done * 100 // self.total
        bar = "█" * (self.done * WIDTH // self.total)
        self.stream.write(f"\r  {bar:·<{WIDTH}} {self.shown:3d} %  {self.label}")
        self.stream.flush()
