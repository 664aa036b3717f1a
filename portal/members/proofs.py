"""Six digits sent to a phone or a mailbox, and typed back: what proves that it is the person's own.

The log-in has its own, in allauth. These are for what one does after: stepping up, another phone, another mailbox.
A proof lives in the session, five minutes, for three tries; the code itself is kept only as a keyed digest.
"""

import secrets
import time
from dataclasses import asdict, dataclass
from enum import StrEnum

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

KEY = "proofs"


class ProofOf(StrEnum):
    """What a code proves."""

    SELF = "self"
    PHONE = "phone"
    EMAIL = "email"
    HAND_OVER = "hand_over"


@dataclass
class Proof:
    """A code under way to ``sent_to``."""

    sent_to: str
    digest: str
    sent_at: float
    tries: int = 0

    @property
    def is_over(self) -> bool:
        too_late = time.time() - self.sent_at >= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
        return too_late or self.tries >= settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS


def begin(request: HttpRequest, what: ProofOf, *, sent_to: str) -> str:
    """Return the code to send to ``sent_to``; an earlier one no longer counts."""
    code = f"{secrets.randbelow(1_000_000):06}"
    _keep(request, what, Proof(sent_to, _digest(what, sent_to, code), time.time()))
    return code


def under_way(request: HttpRequest, what: ProofOf) -> Proof | None:
    """Return the proof that waits for its code, unless it is over."""
    kept = request.session.get(KEY, {}).get(what)
    proof = Proof(**kept) if kept else None
    return proof if proof and not proof.is_over else None


def accept(request: HttpRequest, what: ProofOf, code: str) -> str | None:
    """Return what the right ``code`` proves to be the person's own; a code works once. ``None`` for a wrong one."""
    proof = under_way(request, what)
    if proof is None or not may_try(request, sent_to=proof.sent_to, sent_at=proof.sent_at):
        return None
    if constant_time_compare(proof.digest, _digest(what, proof.sent_to, code)):
        forget(request, what)
        return proof.sent_to
    proof.tries += 1
    _keep(request, what, proof)
    return None


def may_try(request: HttpRequest, *, sent_to: str, sent_at: float) -> bool:
    """Count a try at the code sent to ``sent_to`` at ``sent_at``, for all processes; say whether there was one left."""
    return bool(ratelimit.consume(request, action="try_code", key=f"{sent_to}:{sent_at}"))


def forget(request: HttpRequest, what: ProofOf) -> None:
    request.session[KEY] = {name: proof for name, proof in request.session.get(KEY, {}).items() if name != what}


def put_back(request: HttpRequest, what: ProofOf, proof: Proof | None) -> None:
    """Let ``proof`` wait for its code again, as before the one begun since; ``None`` leaves nothing to wait for."""
    if proof:
        _keep(request, what, proof)
    else:
        forget(request, what)


def _keep(request: HttpRequest, what: ProofOf, proof: Proof) -> None:
    request.session[KEY] = {**request.session.get(KEY, {}), str(what): asdict(proof)}


def _digest(what: ProofOf, sent_to: str, code: str) -> str:
    return salted_hmac("members.proofs", f"{what}:{sent_to}:{code}", algorithm="sha256").hexdigest()
