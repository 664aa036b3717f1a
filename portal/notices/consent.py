"""Whether people agreed to text messages. Consents live in a room above, which says here how they are asked for."""

from collections.abc import Callable, Collection

AskWho = Callable[[Collection[int]], set[int]]
_ask: list[AskWho] = []


def register_sms_consent(ask: AskWho) -> None:
    """Let ``ask`` say who of some people, given by key, agreed to text messages. The last one registered is asked."""
    _ask[:] = [ask]


def agreed_to_sms(people: Collection[int]) -> set[int]:
    """Return the keys of those of ``people`` who agreed to text messages: nobody, while nobody can be asked."""
    return _ask[0](people) if _ask and people else set()
