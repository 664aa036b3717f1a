import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_rates_from_before(db):
    cache.clear()
