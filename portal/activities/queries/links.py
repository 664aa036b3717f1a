"""A link that answers one offer, for the one it was made to, while it stands."""

from django.core import signing

from portal.activities.models import SignUp

SALT = "portal.activities.offers"


def offer_token(sign_up: SignUp) -> str:
    """Return what stands for the offer ``sign_up`` has now; a later offer has another."""
    return signing.dumps(_parts(sign_up), salt=SALT)


def offer_of(token: str) -> SignUp | None:
    """Return the sign-up ``token`` was made for, or ``None`` where it was never made or its offer is another by now."""
    try:
        pk, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = SignUp.objects.select_related("shift__activity__area", "position", "member").filter(pk=pk).first()
    return found if found and _parts(found) == [pk, until] else None


def _parts(sign_up: SignUp) -> list[object]:
    return [sign_up.pk, sign_up.offered_until.timestamp() if sign_up.offered_until else None]
