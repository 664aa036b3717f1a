"""The form of a case: what its numbers must say before they are shown."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PartsByMethod(forms.models.ModelChoiceIterator):
    """The parts one may tick, under the name of their method."""

    def __iter__(self) -> Iterator[Any]:
        for method, parts in groupby(self.queryset, key=lambda part: part.page):
            yield method.title, [self.choice(part) for part in parts]


class CaseStudyPageForm(WagtailAdminPageForm):
    """Says at the right field what the page would refuse when it is published. A draft may wait for its proof."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_parts()

    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        if self.is_deferred_validation or "figures" not in self.formsets:
            return is_valid
        self._give_year_of_case()
        is_proven = [self._is_proven(form) for form in self._figure_forms()]
        return all([is_valid, self._knows_chosen_figures(), *is_proven])

    def _offer_parts(self) -> None:
        field = self.fields.get("parts")
        if field is None:
            return
        locale = self.instance.locale_id or self.parent_page.locale_id
        # A draft's parts are held in memory, where values_list() knows no "pk".
        chosen = [part.pk for part in self.instance.parts.all()] if self.instance.pk else []
        offered = field.queryset.filter(page__live=True, locale_id=locale) | field.queryset.filter(pk__in=chosen)
        field.iterator = PartsByMethod
        field.queryset = offered.distinct().select_related("page").order_by("page__path", "sort_order")

    def _figure_forms(self) -> Iterable[Any]:
        formset = self.formsets["figures"]
        return [
            form
            for form in formset.forms
            if not formset._should_delete_form(form) and (form.has_changed() or form.instance.pk)
        ]

    def _give_year_of_case(self) -> None:
        year = self.cleaned_data.get("year")
        for form in self._figure_forms():
            if year and not form.instance.year:
                form.instance.year = year

    def _is_proven(self, form: Any) -> bool:
        missing = form.instance.missing_proof()
        for field, message in missing.items():
            form.add_error(field, message)
        return not missing

    def _knows_chosen_figures(self) -> bool:
        known = {form.instance.label for form in self._figure_forms()}
        body = self.cleaned_data.get("body") or ()
        chosen = [label.strip() for block in body if block.block_type == "data" for label in block.value["chosen"]]
        unknown = [label for label in chosen if label not in known]
        if unknown:
            self.add_error("body", _("“数字”一栏里没有：%(labels)s。") % {"labels": "、".join(unknown)})
        return not unknown
