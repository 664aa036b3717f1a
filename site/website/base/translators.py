"""The draft of a translation that a machine can write: simplified to traditional characters, and back.

Characters only: OpenCC's tables of words know computers better than communities (they make 社群 of 社区). Nothing
leaves the machine. A person reads it before it is published, as with any other change.
"""

from collections.abc import Iterable
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.utils.translation import gettext_lazy as _
from opencc import OpenCC
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

CONVERSIONS = {("zh-hans", "zh-hant"): "s2tw", ("zh-hant", "zh-hans"): "tw2s"}


class CharacterTranslator(BaseMachineTranslator):
    """Offered on the translation page between the two ways to write Chinese, and for no other pair of languages."""

    display_name = _("简繁转换")

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        return _pair(source_locale, target_locale) in CONVERSIONS

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        """Return each string in the other characters, its mark-up untouched."""
        conversion = CONVERSIONS[_pair(source_locale, target_locale)]
        return {string: StringValue(_converted(string.data, conversion)) for string in strings}


def _pair(source: Locale, target: Locale) -> tuple[str, str]:
    return source.language_code, target.language_code


@cache
def _converter(conversion: str) -> OpenCC:
    return OpenCC(conversion)


def _converted(html: str, conversion: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=True):
        text.replace_with(NavigableString(_converter(conversion).convert(str(text))))
    return str(soup)
