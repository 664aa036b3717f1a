"""Whether what a sheet says can be: names that lead somewhere, two tiers, texts that fit, pages free to change."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from website.service_lists import forms_of_cells as forms
from website.service_lists import queries
from website.service_lists.columns import CODE, PARENT, PLACE_KEYS, PLACES, TITLE
from website.service_lists.entries import Entry, Listing, Place, Problem
from website.service_lists.queries import Known, Listed
from website.services.enums import Channel, ProviderKind, ServiceStatus
from website.services.models import ServiceCategory, ServicePage, ServicePlace
from webui.identity import has_identity_number

Values = dict[str, Any]
_NO_IDENTITY_NUMBERS = gettext_lazy("这里有身份证号。身份证号不能公开，请删掉。")
_DAYS = frozenset({"alert_until", "checked_on", "review_by"})
_CHOICES: dict[str, type[TextChoices]] = {"status": ServiceStatus, "provider_kind": ProviderKind}
_LONGEST_CATEGORY = ServiceCategory._meta.get_field("name").max_length


class Checker:
    """Checks the rows of one file against one state of the site, and keeps what is wrong."""

    def __init__(self, known: Known, listing: Listing, site: dict[str, Listed], *, creates_categories: bool) -> None:
        self.known = known
        self.site = site
        self.creates_categories = creates_categories
        self.problems: list[Problem] = []
        self.new_categories: list[str] = []
        self.entries = {entry.code: entry for entry in listing.entries if not entry.is_places_only}

    def problem(self, entry: Entry, key: str, message: str, *, is_offer: bool = False) -> None:
        self.problems.append(entry.problem(key, message, is_offer=is_offer))

    def checked(self, entry: Entry, values: dict[str, str], *, places: list[Place] | None, is_new: bool) -> Values:
        """Return what the fields get for ``values``; what cannot be is noted."""
        if not values.get(TITLE, "" if is_new else "there"):
            self.problem(entry, TITLE, _("服务名称不能空着。"))
        for key, text in values.items():
            if has_identity_number(text):
                self.problem(entry, key, str(_NO_IDENTITY_NUMBERS))
        found = {key: self._value(entry, key, text) for key, text in values.items()}
        if PARENT in values:
            self._check_tiers(entry, values[PARENT])
        self._check_fields(entry, found | ({CODE: entry.code} if is_new else {}))
        if places is not None:
            found[PLACES] = places
            self._check_places(entry, places)
        return found

    def refuse_unfinished(self, entry: Entry, listed: Listed) -> None:
        """Note where somebody is at work on the page: what they wrote must not be lost."""
        page = listed.page
        if page.has_unpublished_changes:
            when = page.latest_revision_created_at
            shown = date_format(localtime(when), "DATETIME_FORMAT") if when else ""
            words = _("《%(title)s》有还没发布的草稿（%(when)s）。请先发布或放弃草稿，再导入。")
            self.problem(entry, CODE, words % {"title": page.title, "when": shown})
        if page.locked:
            words = _("《%(title)s》被锁定了，现在不能改。请先解锁，再导入。")
            self.problem(entry, CODE, words % {"title": page.title})

    def placed(self, entry: Entry) -> list[Place] | None:
        """Return the places of ``entry`` with both code and name of each community, without rows that say nothing."""
        if entry.places is None:
            return None
        placed = [self._place(entry, number, place) for number, place in enumerate(entry.places)]
        return [place for place in placed if any(place)]

    def _place(self, entry: Entry, number: int, place: Place) -> Place:
        code, name, *rest = place
        communities = self.known.communities
        if code in communities:
            return (code, name or communities[code], *rest)
        if name and not code and communities:
            codes = [known for known, called in communities.items() if called == name]
            if len(codes) == 1:
                return (codes[0], name, *rest)
            words = _("有好几个“%(name)s”，请填社区编号。") if codes else _("没有“%(name)s”这个社区。")
            self._place_problem(entry, number, "community_name", words % {"name": name})
        elif code and communities and place not in self._places_of(entry.code):
            self._place_problem(entry, number, "community_code", _("没有编号为 %(code)s 的社区。") % {"code": code})
        return place

    def _places_of(self, code: str) -> list[Place]:
        return self.site[code].places if code in self.site else []

    def _place_problem(self, entry: Entry, number: int, key: str, message: str) -> None:
        row, sheet = entry.place_rows[number]
        self.problems.append(Problem(row, queries.PLACE_HEADINGS[key], message, sheet))

    def _value(self, entry: Entry, key: str, text: str) -> Any:
        """Return what the field ``key`` gets for ``text``."""
        if key in _DAYS:
            return date.fromisoformat(text) if text else None
        if key in _CHOICES:
            return next((choice.value for choice in _CHOICES[key] if str(choice.label) == text), "")
        lookups = {
            "visits": lambda: int(text) if text else None,
            "channels": lambda: [channel for channel in Channel if str(channel.label) in forms.parts(text)],
            "category": lambda: self._category(entry, text),
            "audiences": lambda: self._audiences(entry, text),
            "keeper": lambda: self._keeper(entry, text),
        }
        return lookups[key]() if key in lookups else text

    def _category(self, entry: Entry, name: str) -> ServiceCategory | str | None:
        """Return the category, or its name where it will be made."""
        if not name or name in self.known.categories:
            return self.known.categories.get(name)
        if not self.creates_categories:
            words = _("没有“%(name)s”这个类别。现有：%(known)s。要新建的话，请选“没有的类别自动新建”。")
            known = forms.BETWEEN.join(self.known.categories) or _("（还没有）")
            self.problem(entry, "category", words % {"name": name, "known": known}, is_offer=True)
        elif len(name) > (_LONGEST_CATEGORY or 0):
            self.problem(entry, "category", _("类别的名称最多 %(n)s 个字。") % {"n": _LONGEST_CATEGORY})
        elif name not in self.new_categories:
            self.new_categories.append(name)
        return name

    def _audiences(self, entry: Entry, text: str) -> list[Any]:
        wanted = list(forms.parts(text))
        for name in wanted:
            if name not in self.known.audiences:
                words = _("没有“%(name)s”这个人群。现有：%(known)s。")
                known = forms.BETWEEN.join(self.known.audiences) or _("（还没有）")
                self.problem(entry, "audiences", words % {"name": name, "known": known})
        return [self.known.audiences[name] for name in wanted if name in self.known.audiences]

    def _keeper(self, entry: Entry, name: str) -> Any:
        found = queries.keepers(name) if name else []
        if name and not found:
            self.problem(entry, "keeper", _("能进内容管理的人里没有“%(name)s”。") % {"name": name})
        if len(found) > 1:
            self.problem(entry, "keeper", _("有两位“%(name)s”，请在页面里选。") % {"name": name})
        return found[0] if len(found) == 1 else None

    def _parent_of(self, code: str) -> str:
        entry, listed = self.entries.get(code), self.site.get(code)
        if entry and PARENT in entry.values:
            return entry.values[PARENT]
        return listed.values[PARENT] if listed else ""

    def _check_tiers(self, entry: Entry, parent: str) -> None:
        above, listed = self.entries.get(parent), self.site.get(parent)
        if not parent:
            return
        if parent == entry.code:
            self.problem(entry, PARENT, _("上级不能是它自己。"))
        elif above is None and (listed is None or not listed.page.live):
            self.problem(entry, PARENT, _("没有编号为 %(code)s 的上级事项。") % {"code": parent})
        elif self._parent_of(parent):
            words = _("上级 %(code)s 自己也有上级。清单只有两层：事项和子项。")
            self.problem(entry, PARENT, words % {"code": parent})
        elif below := self._part_already_below(entry.code):
            words = _("它下面还有子项 %(code)s，不能再放到别的事项下面。清单只有两层。")
            self.problem(entry, PARENT, words % {"code": below})

    def _part_already_below(self, code: str) -> str | None:
        """Return a part of ``code`` that stays there; a part that is only now put there is named itself."""
        there = (part for part, listed in self.site.items() if listed.values[PARENT] == code)
        return next((part for part in there if self._parent_of(part) == code), None)

    def _check_fields(self, entry: Entry, values: Values) -> None:
        """Let Django say what does not fit: too long, no address."""
        plain = {key: value for key, value in values.items() if key in queries.PLAIN_KEYS}
        page = ServicePage(**{key: value for key, value in plain.items() if value is not None})
        others = {model_field.name for model_field in ServicePage._meta.fields} - plain.keys()
        try:
            page.clean_fields(exclude=others | ({TITLE} if not plain.get(TITLE) else set()))
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                self.problem(entry, key, " ".join(messages))

    def _check_places(self, entry: Entry, places: list[Place]) -> None:
        for number, values in enumerate(entry.places or []):
            if has_identity_number("\n".join(values)):
                self._place_problem(entry, number, "place", str(_NO_IDENTITY_NUMBERS))
            place = ServicePlace(**dict(zip(PLACE_KEYS, values, strict=True)))
            others = {model_field.name for model_field in ServicePlace._meta.fields} - set(PLACE_KEYS)
            try:
                place.clean_fields(exclude=others)
            except ValidationError as error:
                for key, messages in error.message_dict.items():
                    self._place_problem(entry, number, key, " ".join(messages))
