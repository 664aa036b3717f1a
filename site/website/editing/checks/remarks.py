"""What a check has to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from website.editing.enums import Weight
from website.editing.reading import Reading


@dataclass(frozen=True)
class Remark:
    """One thing worth a look: what, where (Wagtail's content path), and how much it weighs."""

    code: str
    message: str
    path: str = ""
    weight: Weight = Weight.ASKS

    @property
    def refuses(self) -> bool:
        return self.weight == Weight.REFUSES


Check = Callable[[Reading], Iterable[Remark]]
