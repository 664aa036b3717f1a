"""Where the halves meet: the public site shows portal facts through what is registered here."""


def register() -> None:
    """Hand the public half its sources of portal facts."""
