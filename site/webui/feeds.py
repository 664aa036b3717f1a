"""Feeds that stand whatever editors paste: for one control character Django would refuse the whole feed."""

import re
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class PlainRss(Rss201rev2Feed):
    """RSS without control characters, such as the soft line breaks of a word processor."""

    def write(self, outfile: Any, encoding: str) -> None:
        self.feed, self.items = _plain(self.feed), _plain(self.items)
        super().write(outfile, encoding)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return CONTROL.sub(" ", value) if isinstance(value, str) else value
