"""An upload on its way to a draft: kept for its owner, looked through, saved once, or forgotten."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from website.base.models import SiteImage
from website.case_studies.models import Figure
from website.imports import duplicates, queries
from website.imports.errors import ImportGoneError
from website.imports.kept import as_json
from website.imports.models import ImportDraft, ImportPicture
from website.imports.pagemaking import Fields, Placed, page_for
from website.imports.reading import Reading
from website.imports.structure import Block

logger = structlog.get_logger(__name__)

MOST_PICTURES = 30
Actor = AbstractBaseUser | AnonymousUser

_FORMATS = frozenset({"PNG", "JPEG", "GIF", "WEBP"})


@transaction.atomic
def keep_upload(reading: Reading, *, body: str, file_name: str, owner: Actor) -> ImportDraft:
    """Keep what was read until its owner has looked through it; name the pages it is like."""
    usable = {
        number: picture
        for number, picture in enumerate(reading.pictures[:MOST_PICTURES])
        if picture.data and _is_picture(picture.data)
    }
    pictures = [
        picture if number in usable else picture._replace(data=b"") for number, picture in enumerate(reading.pictures)
    ]
    near = duplicates.near(body, queries.known_texts())
    draft = ImportDraft.objects.create(
        owner_id=cast("int", owner.pk),  # nobody gets here without logging in
        file_name=file_name[-255:],
        expires_at=timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS),
        reading={
            **as_json(reading._replace(pictures=pictures)),
            "near": [[like.title, like.url, like.similarity, like.is_identical] for like in near],
        },
    )
    ImportPicture.objects.bulk_create(
        ImportPicture(draft=draft, number=number, name=picture.name, data=picture.data)
        for number, picture in usable.items()
    )
    return draft


def keep_answers(draft: ImportDraft, answers: Mapping[str, list[str]]) -> None:
    """Keep what the editor has typed so far, unless the page has been made meanwhile."""
    expires = timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS)
    ImportDraft.objects.filter(pk=draft.pk, page=None).update(answers=dict(answers), expires_at=expires)


def save_page(
    *,
    draft_id: UUID,
    by: Actor,
    parent: Page,
    fields: Fields,
    blocks: Sequence[Block],
    figures: Sequence[Figure],
    pictures: Iterable[tuple[int, str, str]] = (),
) -> Page:
    """Make the draft page, once: whoever asks again is given the page there is.

    What was kept of the document is erased with it. If anything fails nothing is left, no picture's file either.
    """
    written: list[SiteImage] = []
    try:
        with transaction.atomic():
            draft = _locked(draft_id, owner=by)
            if draft.page is not None:
                return draft.page
            brought = _bring_in(draft, pictures, by=by, written=written)
            placed = [Placed(image.pk, alt, key) for image, alt, key in brought]
            page: Page = page_for(parent, fields, blocks=blocks, figures=figures, pictures=placed)
            page.owner_id = by.pk
            parent.add_child(instance=page)
            page.save_revision(user=by, log_action=False)
            _forget_text(draft, page=page)
    except BaseException:
        for image in written:
            image.file.storage.delete(image.file.name)
        raise
    logger.info("imports.saved", page=page.pk)
    return page


def _locked(draft_id: UUID, *, owner: Actor) -> ImportDraft:
    """Return the upload, held until the transaction ends; raise if there is nothing left of it."""
    draft = ImportDraft.objects.select_for_update().filter(pk=draft_id, owner=owner.pk).first()
    if draft is None or (draft.page_id is None and not draft.reading):
        raise ImportGoneError
    return draft


def discard(draft: ImportDraft) -> None:
    """Forget an upload and its pictures."""
    draft.delete()


def erase_expired(*, now: datetime) -> int:
    """Erase uploads nobody finished in time, and the traces of those that were; return how many."""
    erased, _by_model = ImportDraft.objects.filter(expires_at__lt=now).delete()
    return erased


def _forget_text(draft: ImportDraft, *, page: Page) -> None:
    draft.page, draft.reading, draft.answers = page, {}, {}
    draft.save(update_fields=["page", "reading", "answers"])
    draft.pictures.all().delete()


def _bring_in(
    draft: ImportDraft, pictures: Iterable[tuple[int, str, str]], *, by: Actor, written: list[SiteImage]
) -> Iterable[tuple[SiteImage, str, str]]:
    collection = queries.picture_collection(by)
    kept = {picture.number: picture for picture in draft.pictures.all()}
    for number, alt, key in pictures:
        if collection is None or number not in kept:
            continue
        found = kept[number]
        content = ImageFile(io.BytesIO(bytes(found.data)), name=found.name)
        image = SiteImage(title=alt, description=alt, file=content, collection=collection, uploaded_by_user_id=by.pk)
        written.append(image)
        image.save()
        yield image, alt, key


def _is_picture(data: bytes) -> bool:
    """Tell whether these bytes are a picture the site can show, without unpacking it."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            known: Any = image.format
            image.verify()
    except Exception:
        return False
    return known in _FORMATS and 0 < width * height <= settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
