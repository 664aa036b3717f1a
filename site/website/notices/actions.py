"""What becomes of an objection. One door for each change; its words are never in a log."""

import secrets
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from website.notices import queries
from website.notices.enums import OBJECTION_MOVES, ObjectionState
from website.notices.errors import NoticeIsClosed, ObjectionIsClosed
from website.notices.models import NoticePage, Objection
from webui.providers import send_message

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
CODE_LENGTH = 12
REVIEWERS = "审核"


@transaction.atomic
def object_to(*, notice: NoticePage, text: str, name: str, contact: str, once: UUID) -> tuple[Objection, str]:
    """Take an objection to ``notice``; return it with the code that opens the answer.

    Idempotent for the same words in the same form: a second press gives the first one's number and code again. Other
    words are another objection, with a receipt of its own.

    Raises:
        website.notices.errors.NoticeIsClosed: nobody may object now.
    """
    notice = NoticePage.objects.select_for_update(of=("self",)).get(pk=notice.alias_of_id or notice.pk)
    words = {"text": text.strip(), "name": name.strip(), "contact": contact.strip()}
    key = _hash("\0".join((once.hex, *words.values())))
    code = _code_of(key)
    if known := Objection.objects.filter(once_hash=_hash(key)).first():
        return known, code
    if not notice.takes_objections:
        raise NoticeIsClosed
    objection = Objection.objects.create(
        notice=notice,
        number=_new_number(),
        code_hash=_hash(code),
        once_hash=_hash(key),
        **words,
    )
    log(objection, "public_notices.objection.received", user=None, data={"notice": notice.pk})
    transaction.on_commit(partial(_tell_reviewers, objection), robust=True)
    return objection, code


@transaction.atomic
def answer(*, objection: Objection, text: str, by: Any) -> Objection:
    """Answer an objection, which closes it.

    Raises:
        website.notices.errors.ObjectionIsClosed: it is answered or withdrawn already.
    """
    objection = _lock(objection)
    objection.answer, objection.answered_by = text, by
    return _move(objection, to=ObjectionState.ANSWERED, by=by)


@transaction.atomic
def take_back(*, objection: Objection) -> Objection:
    """Let whoever objected take it back; what they wrote is forgotten at once.

    Raises:
        website.notices.errors.ObjectionIsClosed: it is answered or withdrawn already.
    """
    return _erase(_move(_lock(objection), to=ObjectionState.WITHDRAWN, by=None))


def forget_closed(*, now: datetime) -> int:
    """Erase the words and personal data of objections over long enough, and return how many those were.

    Over is what is closed, and also what nobody answered though its notice has ended.
    """
    before = now - timedelta(days=settings.OBJECTION_DATA_KEPT_DAYS)
    due = list(queries.to_forget(over_before=before).values_list("pk", flat=True))
    return sum(_forget(pk, over_before=before) for pk in due)


def opened_by(*, number: str, code: str) -> Objection | None:
    """Return the objection that ``number`` and ``code`` open together."""
    found = queries.objection_numbered(number)
    given = _hash("".join(letter for letter in code.upper() if letter in LETTERS))
    is_right = constant_time_compare(given, found.code_hash if found else "")
    return found if is_right else None


@transaction.atomic
def _forget(pk: int, *, over_before: datetime) -> bool:
    _lock(Objection(pk=pk))
    objection = queries.to_forget(over_before=over_before).filter(pk=pk).first()  # or answered a moment ago
    return bool(objection and _erase(objection))


def _erase(objection: Objection) -> Objection:
    objection.text = objection.name = objection.contact = objection.answer = ""
    objection.erased_at = timezone.now()
    objection.save()
    log(objection, "public_notices.objection.erased", user=None)
    return objection


def _lock(objection: Objection) -> Objection:
    return Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)


def _move(objection: Objection, *, to: ObjectionState, by: Any) -> Objection:
    before = ObjectionState(objection.state)
    if to not in OBJECTION_MOVES[before] or objection.erased_at:
        raise ObjectionIsClosed
    objection.state, objection.closed_at = to, timezone.now()
    objection.save()
    log(objection, f"public_notices.objection.{to}", user=by, data={"from": before.value, "to": to.value})
    return objection


def _new_number() -> str:
    day = timezone.localdate()
    return f"YJ{day:%y%m%d}-{''.join(secrets.choice(LETTERS) for _letter in range(5))}"


def _code_of(key: str) -> str:
    """Return the code that belongs to one form as it was filled in: whoever sends it again learns it again.

    We keep neither the code nor the key.
    """
    digest = int.from_bytes(sha256(f"objection code {key}".encode()).digest())
    letters = []
    for _place in range(CODE_LENGTH):
        digest, rest = divmod(digest, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _tell_reviewers(objection: Objection) -> None:
    """Tell the reviewers that something waits, and where; not what it says."""
    title = _("公示收到新的意见（%(number)s）") % {"number": objection.number}
    body = _("《%(title)s》收到一条意见，请在公示结束前答复。") % {"title": objection.notice.title}
    url = reverse("wagtailsnippets_public_notices_objection:edit", args=[objection.pk])
    reviewers = get_user_model()._default_manager.filter(groups__name=REVIEWERS, is_active=True).distinct()
    for reviewer in reviewers:
        send_message(reviewer, title=title, body=body, url=url)
