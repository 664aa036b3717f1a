"""The table of the registry holds every way from a row to a person, and the public text is written from it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from portal.members.models import User
from portal.personal_data import table
from portal.personal_data.enums import OnMerging
from portal.personal_data.merging import OFFICIAL, ON_MERGING, decision_on
from portal.personal_data.queries import columns_of
from portal.personal_data.registry import HOLDINGS

DOCUMENT = Path(settings.BASE_DIR, "docs", "personal-data.md")


def pointers():
    """Return every foreign key to a person, where it is declared: a page type inherits its owner from ``Page``."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is User
    }


def test_every_foreign_key_to_a_person_is_classed():
    classed = {holding.key for holding in HOLDINGS if holding.is_direct}

    assert pointers() - classed == set(), "say in portal/personal_data/registry.py what these are"
    assert classed - pointers() == set(), "the registry names what no model has"


def test_every_foreign_key_to_a_person_has_a_decision_for_two_accounts_of_one_person():
    asked_for = {holding.key for holding in HOLDINGS if holding.is_direct and holding.subject not in OFFICIAL}

    assert asked_for == set(ON_MERGING), "say in portal/personal_data/merging.py what becomes of these"
    assert {decision_on(holding) for holding in HOLDINGS} == set(OnMerging)


def test_nothing_is_classed_twice():
    keys = [holding.key for holding in HOLDINGS]

    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.key)
def test_what_the_registry_names_is_there(holding):
    names = {field.name for field in holding.model_class._meta.get_fields()}

    assert set(holding.blank) | set(holding.hidden) <= names
    assert columns_of(holding) is not None


def test_no_secret_is_given_away():
    given = {f"{holding.model}.{column.path}" for holding in HOLDINGS for column in columns_of(holding)}

    assert not {path for path in given if any(word in path for word in ("password", "secret", "key_hash", "token"))}


def test_the_document_says_what_the_registry_says():
    written = DOCUMENT.read_text(encoding="utf-8")
    expected = "\n".join(table.lines())

    assert expected in written, f"write this table into docs/personal-data.md:\n{expected}"
