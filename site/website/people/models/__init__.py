"""Exemplary people, and the word they gave us."""

from website.people.models.consents import Consent, ConsentPurpose, ConsentText
from website.people.models.pages import PeopleIndexPage, PersonPage, RelatedPage

__all__ = ["Consent", "ConsentPurpose", "ConsentText", "PeopleIndexPage", "PersonPage", "RelatedPage"]
