"""How it is said what stands for an argument of an address."""

from collections.abc import Callable
from typing import Any

from tests.access.world import World


class Cases(dict[str, Any]):
    """Several objects for one argument, by what the line in the expected answers calls them."""


Provider = Callable[[World], Any]
