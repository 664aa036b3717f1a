"""Writing what a list asks for, page by page through Wagtail's revisions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from website.service_lists.columns import PARENT, PLACE_KEYS, PLACES
from website.service_lists.differences import Differences, Step
from website.service_lists.enums import ChangeKind
from website.service_lists.errors import ListHasErrorsError, PageRefusedError
from website.service_lists.models import ImportChange, ImportRun
from website.service_lists.queries import Listed
from website.services.enums import Channel, ServiceStatus
from website.services.models import ServiceCategory, ServiceIndexPage, ServicePage, ServicePlace


class Importer:
    """Carries out differences for one run. Whoever makes it holds a transaction and the lock on the list."""

    def __init__(self, run: ImportRun, *, index: ServiceIndexPage, site: dict[str, Listed], by: Any) -> None:
        self.run, self.index, self.by = run, index, by
        self.pages: dict[str, ServicePage] = {code: listed.page for code, listed in site.items()}
        self.categories: dict[str, ServiceCategory] = {}

    def carry_out(self, differences: Differences) -> None:
        """Write everything, services before their parts."""
        if differences.problems:
            raise ListHasErrorsError
        for name in differences.new_categories:
            self.categories[name] = _new_category(name, by=self.by)
        steps = sorted([*differences.new, *differences.changed], key=lambda step: bool(step.values.get(PARENT)))
        for step in steps:
            self._carry_out(step)
        if self.run.closes_gone:
            for listed in differences.to_close:
                self._close(listed)

    def _carry_out(self, step: Step) -> None:
        try:
            # A page that an undone import left unpublished is new to readers, and there already.
            self._revise(step.listed.page, step) if step.listed else self._new(step)
        except ValidationError as error:
            raise PageRefusedError(code=step.code, reasons=error.messages) from error

    def _new(self, step: Step) -> None:
        page = ServicePage(code=step.code, live=False, has_unpublished_changes=True, locale=self.index.locale)
        page.owner = self.by
        parent = self._parent(step)
        self._fill(page, step)
        page.slug = find_available_slug(parent, slugify(f"service-{step.code}", allow_unicode=True) or "service")
        with disable_reference_index_auto_update():  # publishing does it once
            parent.add_child(instance=page)
        log(page, "wagtail.create", user=self.by)
        self.pages[step.code] = page
        self._publish(page, step.code, kind=ChangeKind.NEW, before=None, is_clean=True)

    def _revise(self, page: ServicePage, step: Step) -> None:
        before = _revision_to_return_to(page, by=self.by) if page.live else None
        parent_before = page.get_parent() if PARENT in step.values else None
        if PARENT in step.values and parent_before != self._parent(step):
            page.move(Page.objects.get(pk=self._parent(step).pk), pos="last-child", user=self.by)
            page = ServicePage.objects.get(pk=page.pk)
            self.pages[step.code] = page
        self._fill(page, step)
        self._publish(page, step.code, kind=step.kind, before=before, parent_before=parent_before)

    def _close(self, listed: Listed) -> None:
        before = _revision_to_return_to(listed.page, by=self.by)
        listed.page.status = ServiceStatus.CLOSED
        self._publish(listed.page, listed.code, kind=ChangeKind.CLOSED, before=before)

    def _parent(self, step: Step) -> Page:
        code = step.values.get(PARENT)
        return self.pages[code] if code else self.index

    def _fill(self, page: ServicePage, step: Step) -> None:
        values = dict(step.values)
        values.pop(PARENT, None)
        if (places := values.pop(PLACES, None)) is not None:
            _fill_places(page, places)
        if (channels := values.pop("channels", None)) is not None:
            for channel in Channel:
                setattr(page, channel.value, channel in channels)
        if isinstance(values.get("category"), str):
            values["category"] = self.categories[values["category"]]
        for name, value in values.items():
            setattr(page, name, value)

    def _publish(
        self,
        page: ServicePage,
        code: str,
        *,
        kind: ChangeKind,
        before: Any,
        parent_before: Page | None = None,
        is_clean: bool = False,
    ) -> None:
        if not is_clean:
            page.full_clean()
        with disable_reference_index_auto_update():
            revision = page.save_revision(user=self.by, log_action=False, clean=False)
        revision.publish(user=self.by)
        ImportChange.objects.create(
            run=self.run,
            page_id=page.pk,
            title=page.title,
            code=code,
            kind=kind,
            before=before,
            after=revision,
            parent_before=parent_before,
        )


def _fill_places(page: ServicePage, places: list[tuple[str, ...]]) -> None:
    """Put ``places`` in the place of those there are, which keep their keys and so their translations."""
    there = list(page.places.all())
    rows = []
    for order, values in enumerate(places):
        row = there[order] if order < len(there) else ServicePlace(locale=page.locale)
        for key, value in zip(PLACE_KEYS, values, strict=True):
            setattr(row, key, value)
        row.sort_order = order
        rows.append(row)
    page.places = rows


def _revision_to_return_to(page: ServicePage, *, by: Any) -> Any:
    """Return a revision of what is public now; a page that has none, or an older one, gets one."""
    if page.live_revision_id and page.live_revision_id == page.latest_revision_id:
        return page.live_revision
    return page.save_revision(user=by, changed=False, log_action=False, clean=False)


def _new_category(name: str, *, by: Any) -> ServiceCategory:
    locale = Locale.get_default()
    taken = set(ServiceCategory.objects.filter(locale=locale).values_list("slug", flat=True))
    wanted = slugify(name, allow_unicode=True)[:36] or "category"
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    last = ServiceCategory.objects.filter(locale=locale).order_by("-order").first()
    category = ServiceCategory.objects.create(name=name, slug=slug, order=last.order + 1 if last else 0, locale=locale)
    log(category, "wagtail.create", user=by)
    return category
