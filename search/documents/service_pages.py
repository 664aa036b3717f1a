from search.documents.base import Content, facets, joined
from search.enums import Kind
from website.services.enums import ServiceStatus
from website.services.facts import channels_of, facts_of, spots_of
from website.services.models import ServicePage


def service(page: ServicePage) -> Content:
    """Return a service with what holds for it from the item above, and with its places; what is not open says so."""
    facts, state = facts_of(page), page.state
    category = str(facts["category"] or "")
    audiences = [str(audience) for audience in page.audiences.all()]
    spots = spots_of(page)
    return Content(
        kind=Kind.SERVICE,
        body=joined(
            *((state.label, page.warning) if state != ServiceStatus.OPEN else ()),
            category,
            page.other_names,
            page.above.title if page.above else "",
            *audiences,
            facts["who_may"],
            page.conditions,
            page.documents,
            page.steps,
            page.result,
            page.on_behalf,
            facts["place"],
            facts["hours"],
            facts["phone"],
            facts["appointment"],
            page.fee,
            page.time_limit,
            facts["provider"],
            facts["accessibility"],
            page.basis,
            *(joined(spot.community, spot.place, spot.address) for spot in spots if spot.community_code),
        ),
        facets=facets(
            category=category,
            provider_kind=facts["provider_kind"],
            channels=[channel.value for channel in channels_of(page)],
            audiences=audiences,
            status=state.value if state != ServiceStatus.OPEN else "",
        ),
        date=page.checked_on,
    )
