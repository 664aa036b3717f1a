"""Phones read lazily say what the library says."""

import copy
import pickle
import random

import pytest
from django.core.exceptions import ValidationError
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber, to_python

from portal.members.models import User
from portal.phones import MOBILE, PhoneField, StoredPhone

NEITHER = ("", None, "13800138000", "+85291234567", "+8617911123456", "+86 138 0013 8000", "+8602088886666", "一二三")


def test_a_mobile_is_its_own_stored_form_whatever_its_digits() -> None:
    chance, library = random.Random(5), PhoneNumberField()
    for _round in range(300):
        text = f"+861{chance.randrange(3 * 10**9, 10**10)}"
        if MOBILE.fullmatch(text):
            assert (str(StoredPhone(text)), PhoneField().get_prep_value(text)) == (str(to_python(text)), text)
            assert library.get_prep_value(text) == text


@pytest.mark.parametrize("value", NEITHER)
def test_whatever_is_no_mobile_in_full_goes_the_librarys_way(value: str | None) -> None:
    field, library = PhoneField(), PhoneNumberField()
    assert not isinstance(field.to_python(value), StoredPhone)
    assert field.to_python(value) == library.to_python(value) or not value
    assert field.get_prep_value(value) == library.get_prep_value(value)


def test_a_stored_phone_is_the_librarys_in_every_part() -> None:
    stored, read = StoredPhone("+8613800138000"), to_python("+8613800138000")
    assert stored == read
    assert read == stored
    assert stored == StoredPhone("+8613800138000") == "+8613800138000" == stored
    assert stored == "138 0013 8000"
    assert stored not in {StoredPhone("+8613800138001"), "", None}
    assert hash(stored) == hash(read)
    assert stored < StoredPhone("+8613800138001")
    assert stored < to_python("+8613800138001")
    assert (stored.as_national, stored.national_number, stored.is_valid()) == (
        *(read.as_national, read.national_number),
        True,
    )
    assert repr(StoredPhone("+8613800138000")) == repr(read)
    for again in (copy.deepcopy(stored), pickle.loads(pickle.dumps(StoredPhone(str(stored))))):
        assert again == stored
        assert again.as_e164 == "+8613800138000"
    with pytest.raises(AttributeError):
        stored.nothing  # noqa: B018 -- asked for, not used


def test_a_person_has_a_phone_of_the_library() -> None:
    person = User(phone="13800138000")
    assert isinstance(person.phone, PhoneNumber)
    assert str(person.phone) == "+8613800138000"
    person.phone = "+8610000000000"  # a mobile by its looks, and none
    with pytest.raises(ValidationError) as refused:
        person.clean_fields(exclude=["password"])
    assert set(refused.value.error_dict) == {"phone"}
