"""An elder the home community keeps an account for, and invitations that are out."""

from config.demo.city import City
from portal.proxies.actions import Mandate, invite_by_cards, invite_by_link, issue_forms, take_up
from portal.proxies.enums import ConsentKind, FormKind

ELDER = "陈桂兰"


def build_proxies(city: City) -> None:
    """Take up one elder without a phone, print a form, and invite to the home community and to the first unit."""
    organiser, contact = city.roles["organiser"], city.roles["unit-contact"]
    mandate = Mandate(by=organiser, area=city.home, consent=ConsentKind.PAPER)
    take_up(mandate=mandate, name=ELDER)
    issue_forms(kind=FormKind.REPORT_IN, area=city.home, by=organiser)
    invite_by_cards(place=city.home, by=organiser)
    invite_by_link(place=city.units[0], by=contact, max_uses=30)
