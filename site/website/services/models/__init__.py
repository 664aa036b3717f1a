from website.services.models.groups import ServiceAudience, ServiceCategory
from website.services.models.index import ServiceIndexPage
from website.services.models.places import ReviewReminder, ServicePlace
from website.services.models.service import ServicePage

__all__ = [
    "ReviewReminder",
    "ServiceAudience",
    "ServiceCategory",
    "ServiceIndexPage",
    "ServicePage",
    "ServicePlace",
]
