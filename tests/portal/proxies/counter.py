"""A hand-over finished at the counter, by whoever has an account of their own already."""

from portal.proxies.actions import finish_at_counter
from portal.proxies.models import HandOver

PHONE = "+8613700000001"


def agreed(hand_over: HandOver) -> HandOver:
    return finish_at_counter(hand_over=hand_over, proved=PHONE, by=hand_over.asked_by, agreed=True)
