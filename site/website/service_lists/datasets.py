"""The services as open data, in the words of the Human Services Data Specification (HSDS 3)."""

from collections.abc import Callable, Iterator
from urllib.parse import quote, urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from website.base.queries import listed
from website.open_data.datasets import Column, Dataset, Record
from website.services.enums import ServiceStatus
from website.services.models import ServiceIndexPage, ServicePage, ServicePlace

# HSDS knows three of our four: what has changed is open all the same, and ``alert`` says how.
_STATUSES = {
    ServiceStatus.OPEN: "active",
    ServiceStatus.CHANGED: "active",
    ServiceStatus.PAUSED: "temporarily closed",
    ServiceStatus.CLOSED: "defunct",
}
_PLACE_FIELDS = ("community_code", "community_name", "place", "address", "hours", "phone", "provider")


def services() -> Iterator[Record]:
    """Give every public service in the reader's language."""
    pages = _pages().select_related("category").prefetch_related("places", "audiences")
    codes = dict(listed(ServicePage, locale_id=Locale.get_active().pk).values_list("path", "code"))
    address = _address()
    for page in pages:
        yield _service(page, parent=codes.get(page.path[: -Page.steplen], ""), url=address(page))


def places() -> Iterator[Record]:
    """Give every place of a public service, community by community."""
    rows = ServicePlace.objects.filter(page__in=_pages().order_by()).select_related("page")
    for row in rows.order_by("page__code", "page_id", "sort_order", "pk"):
        yield {"service_id": row.page.code, **{key: getattr(row, key) for key in _PLACE_FIELDS}}


def _pages():  # type: ignore[no-untyped-def]  # a page queryset, which Wagtail leaves untyped
    return listed(ServicePage, locale_id=Locale.get_active().pk).order_by("code", "pk")


def _address() -> Callable[[ServicePage], str]:
    """Return what tells the address of a service: all stand below one page, which is asked for its own once."""
    index = ServiceIndexPage.objects.live().filter(locale=Locale.get_active()).first()
    if index is None or not index.url:
        return lambda page: ""
    start, above = urljoin(settings.BASE_URL, index.url), index.url_path
    return lambda page: start + quote(page.url_path.removeprefix(above))


def _service(page: ServicePage, *, parent: str, url: str) -> Record:
    has_alert = page.alert_until is None or page.alert_until >= timezone.localdate()
    return {
        "id": page.code,
        "parent_id": parent,
        "name": page.title,
        "alternate_name": page.other_names.splitlines(),
        "description": page.summary,
        "url": url,
        "taxonomy": page.category.name if page.category else "",
        "audience": sorted(audience.name for audience in page.audiences.all()),
        "status": _STATUSES[ServiceStatus(page.status)],
        "alert": page.alert if has_alert else "",
        "eligibility_description": page.who_may,
        "conditions": page.conditions.splitlines(),
        "required_documents": page.documents.splitlines(),
        "application_process": page.steps.splitlines(),
        "result": page.result,
        "on_behalf": page.on_behalf,
        "legal_basis": page.basis.splitlines(),
        "time_limit": page.time_limit,
        "fees_description": page.fee,
        "visits": page.visits,
        "channels": [str(channel.label) for channel in page.channels],
        "location": page.place,
        "schedule": page.hours,
        "phone": page.phone,
        "accessibility": page.accessibility,
        "online_url": page.online_url,
        "appointment": page.appointment,
        "organization": page.provider,
        "organization_kind": page.get_provider_kind_display(),
        "complaint_phone": page.complaint_phone,
        "assured_date": page.checked_on,
        "assurer": page.checked_by,
        "review_by": page.review_by,
        "last_modified": page.last_published_at,
        "service_at_locations": [{key: getattr(place, key) for key in _PLACE_FIELDS} for place in page.places.all()],
    }


SERVICES = Dataset(
    slug="services",
    name=_("便民服务清单"),
    description=_(
        "全部公开的便民服务，每行一项：谁可以办、带什么、去哪里、什么时候、打什么电话。列名按国际通用的 HSDS 3。"
    ),
    columns=(
        Column("id", _("事项编号"), "HSDS service.id"),
        Column("parent_id", _("上级编号：子项属于哪一项；空着就是大项")),
        Column("name", _("服务名称"), "HSDS service.name"),
        Column("alternate_name", _("别名"), "HSDS service.alternate_name"),
        Column("description", _("一句话摘要"), "HSDS service.description"),
        Column("url", _("本站页面"), "HSDS service.url"),
        Column("taxonomy", _("类别"), "HSDS taxonomy_term.name"),
        Column("audience", _("人群"), "HSDS attribute (taxonomy_term.name)"),
        Column("status", _("状态：active 正常或有变动，temporarily closed 暂停，defunct 停办"), "HSDS service.status"),
        Column("alert", _("变动提醒"), "HSDS service.alert"),
        Column("eligibility_description", _("谁可以办"), "HSDS service.eligibility_description"),
        Column("conditions", _("办理条件")),
        Column("required_documents", _("要带什么"), "HSDS required_document.document"),
        Column("application_process", _("怎么办，一步一条"), "HSDS service.application_process"),
        Column("result", _("办完得到什么")),
        Column("on_behalf", _("能不能代办")),
        Column("legal_basis", _("办理依据")),
        Column("time_limit", _("办理时限"), "HSDS service.wait_time"),
        Column("fees_description", _("费用"), "HSDS service.fees_description"),
        Column("visits", _("跑几次")),
        Column("channels", _("办理方式：到窗口、打电话、网上办、上门")),
        Column("location", _("地点"), "HSDS location.name"),
        Column("schedule", _("时间"), "HSDS schedule.description"),
        Column("phone", _("咨询电话"), "HSDS phone.number"),
        Column("accessibility", _("无障碍"), "HSDS accessibility.description"),
        Column("online_url", _("网上办理地址"), "HSDS url.url"),
        Column("appointment", _("怎么预约")),
        Column("organization", _("由谁提供"), "HSDS organization.name"),
        Column("organization_kind", _("提供者类型")),
        Column("complaint_phone", _("监督电话")),
        Column("assured_date", _("核对日期"), "HSDS service.assured_date"),
        Column("assurer", _("核对人（部门或岗位）")),
        Column("review_by", _("复核期限")),
        Column("last_modified", _("最后一次发布的时间"), "HSDS service.last_modified"),
        Column("service_at_locations", _("各社区的办理点"), "HSDS service_at_location", in_csv=False),
    ),
    records=services,
)

PLACES = Dataset(
    slug="service-places",
    name=_("便民服务的办理点"),
    description=_("各社区在哪里办，每行一个办理点，用事项编号和便民服务清单对应。"),
    columns=(
        Column("service_id", _("事项编号"), "HSDS service_at_location.service_id"),
        Column("community_code", _("社区编号"), "HSDS service_area.id"),
        Column("community_name", _("社区；空着就是全市都可以来"), "HSDS service_area.name"),
        Column("place", _("地点"), "HSDS location.name"),
        Column("address", _("地址"), "HSDS address.address_1"),
        Column("hours", _("时间"), "HSDS schedule.description"),
        Column("phone", _("电话"), "HSDS phone.number"),
        Column("provider", _("由谁提供"), "HSDS organization.name"),
    ),
    records=places,
)
