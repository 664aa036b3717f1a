"""Pictures of collections that not everybody may see.

Nginx hands out pictures by itself. For each file of a private picture there is an empty file of the same name under
``private/``: where nginx finds it, it hands the question to the application, which alone decides (``may_see``).
"""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from website.base.models import SiteImage, SiteRendition

FOLDERS = ("images", "original_images")
PRIVATE = "private"


def picture_of(name: str) -> SiteImage | None:
    """Return the picture whose file, original or made from it, is called ``name`` below the media folder."""
    if rendition := SiteRendition.objects.select_related("image__collection").filter(file=name).first():
        image: SiteImage = rendition.image
        return image
    return SiteImage.objects.select_related("collection").filter(file=name).first()


def may_see(request: HttpRequest, image: SiteImage) -> bool:
    """Tell whether whoever asks meets every restriction on the picture's collection and those around it.

    At the desk pictures are looked at and chosen by whoever may, as Wagtail's own lists let them.
    """
    restrictions = image.collection.get_view_restrictions()
    return all(each.accept_request(request) for each in restrictions) or _works_with(request, image)


def is_private(image: SiteImage) -> bool:
    return bool(image.collection.get_view_restrictions().exists())


def mark_private() -> int:
    """Bring the marks to what the database says, and return how many were set or taken away. Safe at any time.

    The marks are read before the database: a mark that another process sets meanwhile is not taken for an old one.
    """
    there = set(_marked())
    wanted = set(_private_names())
    for name in wanted - there:
        default_storage.save(_mark(name), ContentFile(b""))
    for name in there - wanted:
        default_storage.delete(_mark(name))
    return len(wanted ^ there)


def _works_with(request: HttpRequest, image: SiteImage) -> bool:
    user = request.user
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    return bool(
        policy_registry.get_by_type(SiteImage).user_has_any_permission_for_instance(user, ("choose", "change"), image)
    )


def _mark(name: str) -> str:
    return f"{PRIVATE}/{name}"


def _marked() -> Iterator[str]:
    for folder in FOLDERS:
        if default_storage.exists(f"{PRIVATE}/{folder}"):
            yield from (f"{folder}/{name}" for name in default_storage.listdir(f"{PRIVATE}/{folder}")[1])


def _private_names() -> Iterator[str]:
    paths = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    if not paths:
        return
    inside = Q()
    for path in paths:
        inside |= Q(collection__path__startswith=path)
    images = SiteImage.objects.filter(inside)
    yield from images.values_list("file", flat=True)
    yield from SiteRendition.objects.filter(image__in=images.values("pk")).values_list("file", flat=True)
