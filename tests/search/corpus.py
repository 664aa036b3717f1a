"""A small city's site, and what a person would expect to find on it."""

from datetime import date
from typing import Any

from wagtail.models import Locale, Page

from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.website import release
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage
from website.home.models import HomePage
from website.methods.models import MethodIndexPage, MethodPage
from website.notices.enums import NoticeKind
from website.notices.models import NoticeIndexPage, NoticePage
from website.pages.models import ContentPage
from website.people.models import PeopleIndexPage, PersonPage
from website.services.models import ServiceIndexPage, ServicePage
from website.venues.models import VenueIndexPage, VenuePage

INDEX_OF: dict[type[Page], tuple[type[Page], str]] = {
    CaseStudyPage: (CaseStudyIndexPage, "案例库"),
    ServicePage: (ServiceIndexPage, "服务清单"),
    PersonPage: (PeopleIndexPage, "典型人物"),
    NoticePage: (NoticeIndexPage, "公告栏"),
    VenuePage: (VenueIndexPage, "阵地"),
    MethodPage: (MethodIndexPage, "工作法"),
}


def home() -> HomePage:
    return HomePage.objects.get(locale__language_code="zh-hans")


def index_for(model: type[Page]) -> Page:
    """Return the page under which pages of ``model`` live."""
    if model not in INDEX_OF:
        return home()
    index, title = INDEX_OF[model]
    return index.objects.first() or home().add_child(instance=index(title=title, slug=index._meta.model_name))


def publish(model: type[Page], title: str, **fields: Any) -> Any:
    """Return a new published page."""
    count = Page.objects.count()
    if "body" in fields:
        fields["body"] = [("paragraph", f"<p>{fields['body']}</p>")]
    page = model(title=title, slug=f"p{count}", locale=Locale.objects.get(language_code="zh-hans"), **fields)
    if model is not PersonPage:
        return index_for(model).add_child(instance=page)
    page.live = False
    release(index_for(model).add_child(instance=page))
    return page


def build() -> None:
    """Publish the site's things."""
    for title, body in SERVICES.items():
        publish(ServicePage, title, who_may=body)
    for title, body in CASES.items():
        publish(CaseStudyPage, title, body=body)
    for title, body in PEOPLE.items():
        publish(PersonPage, title, body=body, is_living=False, sources="市报")
    for title, body in NOTICES.items():
        publish(NoticePage, title, body=body, starts_on=date(2026, 11, 1), kind=NoticeKind.ANNOUNCEMENT)
    for title, body in VENUES.items():
        publish(VenuePage, title, body=body)
    publish(MethodPage, "六步议事法", body="提出议题、走访调查、协商讨论、形成决议、公开公示、评议结果。")
    publish(
        ContentPage, "关于本站", body="由社区、单位和居民共同维护。问题请打 12345 热线，或在 Wi-Fi 覆盖的大厅咨询。"
    )
    for title, content in ACTIVITIES.items():
        ShiftFactory(activity=ActivityFactory(title=title, content=content, area__name="春晓社区"))


FOOD = "一碗热饭：社区食堂怎样办下去"
PARKING = "共享停车：单位院墙打开之后"

SERVICES = {
    "老年人助餐": "六十岁以上居民，凭身份证到食堂用餐，行动不便的可以送餐上门。",
    "残疾证办理": "持医院证明到街道窗口申请。",
    "上门开锁修锁": "由备案的开锁店提供，收费公示。",
    "医保参保登记": "新生儿、学生和居民参保，可以网上办。",
    "临时停车位": "夜间开放单位停车位，给周边居民共享。",
    "法律咨询": "每周三下午，律师在社区值班，调解邻里纠纷。",
    "儿童托管": "放学后到晚上六点，志愿者陪写作业。",
}
CASES = {
    FOOD: "九个社区的党员报到以后，食堂有了洗碗的人。老人助餐补贴由三方分担。",
    PARKING: "双报到单位夜间让出车位 320 个。",
    "楼道里的议事会": "用六步议事法解决了加装电梯的分歧，电梯装了 12 部。",
    "上海路的早市": "从上海上学归来的青年摆起了早点摊。",
}
PEOPLE = {
    "周玉兰": "退休教师，二十年义务辅导孩子读书，被称为爱心奶奶。",
    "老马师傅": "水电维修志愿者，一把扳手修了上千家。",
}
NOTICES = {
    "关于停水检修的通知": "十一月五日上午八时至下午四时，幸福里一带停水。",
    "年度志愿服务时长公示": "公示期三天，有异议请联系春晓社区。",
}
VENUES = {
    "春晓社区党群服务中心": "设有图书角、健身房和无障碍通道。",
    "海上救援站": "海上救援队在这里训练。",
    "幸福里助餐点": "早中晚三餐，可以刷老年卡。",
}
ACTIVITIES = {
    "周末清洁楼道": "带上手套，一起清扫。",
    "冬至包饺子": "给独居老人送饺子。",
}

# What is asked → every title that should be found, and no other.
JUDGED: dict[str, tuple[str, ...]] = {
    "助餐": ("老年人助餐", "幸福里助餐点", FOOD),
    "助餐點": ("幸福里助餐点",),
    "报到": (PARKING, FOOD),
    "雙報到": (PARKING,),
    "志愿": ("年度志愿服务时长公示", "儿童托管", "老马师傅"),
    "志願者": ("老马师傅", "儿童托管"),
    "志愿服务时长": ("年度志愿服务时长公示",),
    "停车": ("临时停车位", PARKING),
    "共享停车": (PARKING, "临时停车位"),
    "停水": ("关于停水检修的通知",),
    "楼道": ("周末清洁楼道", "楼道里的议事会"),
    "電梯": ("楼道里的议事会",),
    "调解": ("法律咨询",),
    "食堂": (FOOD, "老年人助餐"),
    "社区食堂": (FOOD,),
    "送餐": ("老年人助餐",),
    "上门": ("上门开锁修锁", "老年人助餐"),
    "修锁": ("上门开锁修锁",),
    "殘疾證": ("残疾证办理",),
    "怎么办残疾证": ("残疾证办理",),
    "医保": ("医保参保登记",),
    "上学": ("上海路的早市",),
    "海上": ("海上救援站", "上海路的早市"),
    "饺子": ("冬至包饺子",),
    "独居老人": ("冬至包饺子",),
    "公示": ("年度志愿服务时长公示", "上门开锁修锁", "六步议事法"),
    "六步议事法": ("六步议事法", "楼道里的议事会"),
    "爱心奶奶": ("周玉兰",),
    "图书角": ("春晓社区党群服务中心",),
    "律师咨询": ("法律咨询",),
    "幸福里": ("幸福里助餐点", "关于停水检修的通知"),
    # One character, digits, Latin letters, full width, and what only a part of the words would find.
    "锁": ("上门开锁修锁",),
    "餐": ("老年人助餐", "幸福里助餐点", FOOD),
    "１２３４５": ("关于本站",),
    "320 个": (PARKING,),
    "ＷＩ－ｆｉ": ("关于本站",),
    "12345热线": ("关于本站",),
    "愿者": ("老马师傅", "儿童托管"),
    "饺子 停车": (),
    "不存在的词": (),
}

# What is asked → the title that should come first: the one that says it in its name, or has it as a word.
FIRST = {
    "停车": "临时停车位",
    "共享停车": PARKING,
    "食堂": FOOD,
    "上门": "上门开锁修锁",
    "海上": "海上救援站",
    "公示": "年度志愿服务时长公示",
    "志愿": "年度志愿服务时长公示",
    "六步议事法": "六步议事法",
    "幸福里": "幸福里助餐点",
}
