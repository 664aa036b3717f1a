"""Phones as the database keeps them: taken apart only once somebody asks for a part.

The library reads a phone in the time of a small query, and a list of people reads twenty. A mainland mobile in full is
its own stored form, valid or not, so that its text needs no reading; whatever looks otherwise goes the library's way.
"""

import re
from typing import TYPE_CHECKING, Any

import phonenumbers
from phonenumber_field.modelfields import PhoneNumberDescriptor, PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber, to_python

# 179… may be a carrier's code before a number, which the library takes off.
MOBILE = re.compile(r"\+861(?:[3-689][0-9]|7[0-8])[0-9]{8}")
PARTS = frozenset(vars(PhoneNumber()))


class StoredPhone(PhoneNumber):
    """A mainland mobile known by its text."""

    def __init__(self, text: str) -> None:
        # Not the library's: each part is read when it is first asked for.
        self.__dict__["text"] = text

    def __getattr__(self, name: str) -> Any:
        if name not in PARTS:
            raise AttributeError(name)
        self.__dict__.update(vars(self._read()))
        return self.__dict__[name]

    def __str__(self) -> str:
        return str(self.text)

    def __repr__(self) -> str:
        return repr(self._read())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, StoredPhone):
            return bool(self.text == other.text)
        if other == "" or not isinstance(other, (str, phonenumbers.PhoneNumber)):  # asked of every loaded row
            return False
        return bool(self.text == other or self._read() == other)

    def __lt__(self, other: Any) -> bool:
        return bool(self._read() < (other._read() if isinstance(other, StoredPhone) else other))

    __hash__ = PhoneNumber.__hash__

    def _read(self) -> PhoneNumber:
        return to_python(self.text)


class _Descriptor(PhoneNumberDescriptor):
    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.name] = self.field.to_python(value)


class PhoneField(PhoneNumberField):
    """The library's field, to migrations the very same, that reads no more of a phone than it must."""

    descriptor_class = _Descriptor

    if TYPE_CHECKING:  # the descriptor's, for whoever reads types

        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    def to_python(self, value: Any) -> Any:
        if isinstance(value, StoredPhone):
            return value
        return StoredPhone(value) if _is_mobile(value) else super().to_python(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        return str(value) if _is_mobile(value) or isinstance(value, StoredPhone) else super().get_prep_value(value)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"{PhoneNumberField.__module__}.{PhoneNumberField.__qualname__}", args, kwargs


def _is_mobile(value: Any) -> bool:
    return isinstance(value, str) and MOBILE.fullmatch(value) is not None
