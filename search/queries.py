"""What is found."""


def check_engine() -> None:
    """Raise when the engine in use cannot answer."""
