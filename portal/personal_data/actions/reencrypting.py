"""Rewriting what rests encrypted with the newest key, so that an old key can be taken away."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.db import models, transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from encrypted_fields.fields import EncryptedFieldMixin, EncryptedTextField

from portal.rosters import kept
from portal.rosters.models import FilePart

BATCH = 500
PARTS_AT_ONCE = 4  # each is a file of 20,000 rows


@dataclass
class Outcome:
    """How many values of one column are new already, were (or would be) rewritten, or no known key can read."""

    key: str
    current: int = 0
    rewritten: int = 0
    unreadable: list[int] = field(default_factory=list)


def reencrypt(*, dry_run: bool = False, batch: int = BATCH) -> list[Outcome]:
    """Rewrite every encrypted value with the newest key, ``batch`` rows to a transaction; return what was found.

    That is every encrypted column, each piece of a roster file that waits, and the second factors. May be
    broken off and run again. What no known key reads is left as it is, and named by its row.
    """
    outcomes = [_column(model, name, dry_run, batch) for model, name in _encrypted_columns()]
    return [*outcomes, _kept_files(dry_run, min(batch, PARTS_AT_ONCE)), _second_factors(dry_run, batch)]


def _encrypted_columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, EncryptedFieldMixin):
                yield model, column.name


def _column(model: type[models.Model], name: str, dry_run: bool, batch: int) -> Outcome:
    outcome, old = Outcome(f"{model._meta.label}.{name}"), EncryptedTextField()
    newest = Fernet(old.keys[0])
    # What was empty before its column was encrypted is so still.
    rows = model._base_manager.annotate(stored=Cast(F(name), TextField())).filter(stored__gt="")
    for held in _batches(rows.only("pk"), batch):
        for row in held:
            stored: str = row.stored  # type: ignore[attr-defined]  # annotated above
            token = _renewed(stored.encode(), newest=newest, decrypt=old.f.decrypt, of=outcome, pk=row.pk)
            if token is not None and not dry_run:
                # As an expression, so that the field does not encrypt it once more.
                model._base_manager.filter(pk=row.pk).update(**{name: Value(token.decode(), TextField())})
    return outcome


def _renewed(stored: bytes, *, newest: Fernet, decrypt: Callable[[bytes], bytes], of: Outcome, pk: int) -> bytes | None:
    try:
        newest.decrypt(stored)
    except InvalidToken:
        pass
    else:
        of.current += 1
        return None
    try:
        words = decrypt(stored)
    except InvalidToken:
        of.unreadable.append(pk)
        return None
    of.rewritten += 1
    return newest.encrypt(words)


def _kept_files(dry_run: bool, batch: int) -> Outcome:
    outcome, newest, known = Outcome(FilePart._meta.label), kept.newest(), kept.cipher()
    for held in _batches(FilePart.objects.all(), batch):
        for part in held:
            stored = bytes(part.data)  # type: ignore[attr-defined]  # each is a FilePart
            token = _renewed(stored, newest=newest, decrypt=known.decrypt, of=outcome, pk=part.pk)
            if token is not None and not dry_run:
                FilePart.objects.filter(pk=part.pk).update(data=token)
    return outcome


def _second_factors(dry_run: bool, batch: int) -> Outcome:
    # The adapter always writes with the newest key; whether a secret is new already cannot be asked of it.
    outcome = Outcome(Authenticator._meta.label)
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for held in _batches(Authenticator.objects.filter(type__in=kinds), batch):
        for row in held:
            try:
                data = _with_new_secrets(row.data)  # type: ignore[attr-defined]  # each is an Authenticator
            except InvalidToken:
                outcome.unreadable.append(row.pk)
                continue
            outcome.rewritten += 1
            if not dry_run:
                Authenticator.objects.filter(pk=row.pk).update(data=data)
    return outcome


def _with_new_secrets(data: dict[str, object]) -> dict[str, object]:
    adapter = get_adapter()
    fresh = json.loads(json.dumps(data))
    for name in ("secret", "seed"):
        if name in fresh:
            fresh[name] = adapter.encrypt(adapter.decrypt(fresh[name]))
    if "migrated_codes" in fresh:
        fresh["migrated_codes"] = [adapter.encrypt(adapter.decrypt(code)) for code in fresh["migrated_codes"]]
    return fresh


def _batches(rows: "models.QuerySet[models.Model]", batch: int) -> "Iterator[list[models.Model]]":
    """Give ``rows`` by their keys, each batch held in a transaction of its own while it is looked at."""
    last = 0
    while True:
        with transaction.atomic():
            held = list(rows.filter(pk__gt=last).order_by("pk").select_for_update(no_key=True, of=("self",))[:batch])
            if not held:
                return
            yield held
        last = held[-1].pk
