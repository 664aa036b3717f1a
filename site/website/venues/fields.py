"""A few of a known list of choices, kept as a JSON list in the order of the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

Choices = type[models.TextChoices] | type[models.IntegerChoices]


class ChoiceListField(models.JSONField):
    """Some values of ``among``, an enumeration; ticked one by one in a form.

    ``among`` stays out of migrations: another choice is no change of the table.
    """

    def __init__(self, *args: Any, among: Choices | None = None, **kwargs: Any) -> None:
        self.among = among
        kwargs["default"] = list
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or any(each not in self._order for each in value):
            raise ValidationError(_("请从列表里选。"))

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        cleaned = super().clean(value, model_instance)
        return [known for known in self._order if known in cleaned]

    def formfield(self, **kwargs: Any) -> Any:
        among = self.among
        if among is None:  # only in the past a migration sees
            return super().formfield(**kwargs)
        given = {name: kwargs[name] for name in ("label", "required", "help_text") if name in kwargs}
        return forms.TypedMultipleChoiceField(
            **{"label": self.verbose_name, "required": not self.blank, "help_text": self.help_text, **given},
            choices=among.choices,
            coerce=type(among.values[0]),
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def _order(self) -> list[Any]:
        return list(self.among.values) if self.among else []
