"""Being logged in as somebody who has just proved who they are."""

import time

from django.test import Client

from portal.members.models import User


def prove(client: Client, person: User, *, method: str = "password", ago: float = 0) -> None:
    """Log ``person`` in as if they had proved ``ago`` seconds before who they are."""
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
