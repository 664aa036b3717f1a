from search.documents.base import Content, facets, joined
from search.enums import Kind
from website.services.models import ServicePage


def service(page: ServicePage) -> Content:
    category = str(page.category or "")
    return Content(
        kind=Kind.SERVICE,
        body=joined(
            category,
            page.alert,
            page.who_may,
            page.conditions,
            page.documents,
            page.steps,
            page.place,
            page.hours,
            page.phone,
            page.fee,
            page.time_limit,
            page.provider,
            page.basis,
        ),
        facets=facets(
            category=category,
            provider_kind=page.provider_kind,
            channels=[channel.value for channel in page.channels],
        ),
        date=page.checked_on,
    )
