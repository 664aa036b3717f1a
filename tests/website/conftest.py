import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_tree(db: None) -> None:
    """Forget the page tree another test may have left in the cache, which no transaction rolls back."""
    cache.clear()
