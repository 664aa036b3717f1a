"""Gateways at the edge of the house: away, slow to recover, and one that recognises repetitions."""

from portal.notices.errors import SmsNotSentError, SmsRefusedError

HERE = __name__


class AwaySender:
    """A gateway that is away."""

    def send(self, *, phone: str, text: str) -> None:
        raise SmsNotSentError


class RefusingSender:
    """A gateway that knows no such number."""

    def send(self, *, phone: str, text: str) -> None:
        raise SmsRefusedError


class KeepingSender:
    """A gateway that keeps what it sent; ``calls`` counts how often it was asked."""

    sent: dict[str, str] = {}
    calls: list[str] = []

    def send(self, *, phone: str, text: str) -> None:
        raise AssertionError("this gateway takes keys")

    def send_once(self, *, phone: str, text: str, key: str) -> None:
        self.calls.append(key)
        self.sent.setdefault(key, text)


class DyingSender(KeepingSender):
    """The gateway takes the message, and the worker is lost before it can say so."""

    def send_once(self, *, phone: str, text: str, key: str) -> None:
        super().send_once(phone=phone, text=text, key=key)
        raise SystemExit


def named(sender: type) -> str:
    return f"{sender.__module__}.{sender.__name__}"


class CountingSender:
    """A gateway that takes no keys and sends whatever it is given; ``calls`` are the numbers it sent to."""

    calls: list[str] = []

    def send(self, *, phone: str, text: str) -> None:
        self.calls.append(phone)
