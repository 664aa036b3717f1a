"""Numbers worth keeping as data, proposed from the sentences of a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import rjieba
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from website.imports.characters import HAN, LOST
from website.imports.report import FigureProposal
from website.imports.structure import Block, ItemList, Paragraph, Quote

_MULTIPLIERS = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
# Longer units first: 平方米 is no 米.
_UNITS = (
    "平方公里|平方米|立方米|个?百分点|个?工作日|万元|亿元|公里|公顷|千米|公斤|人次|户次|件次|场次|车次|小时|分钟|小项|大类|大项"
    "|个|名|人|位|户|条|元|项|起|家|次|张|所|处|座|件|场|支|对|辆|台|套|组|类|亩|吨|米|栋|幢|间|批|篇|期|种|床|份|款|门"
    "|例|宗|本|册|块|盏|株|棵|部|天|岁|倍|%|‰"
)
_SAME_UNIT = {"名": "人", "位": "人", "千米": "公里"}
_TIMES = "万亿|[十百千]?万|亿|[十百千]"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?<![\d第图表.,+/~—–:：A-Za-z\-])(?!0\d)(?P<number>{_NUMBER})(?P<times>{_TIMES})?(?P<about>余|多|来)?"
    rf"(?:[—–~～\-至到]{{1,2}}(?P<upper>{_NUMBER})(?P<upper_times>{_TIMES})?(?P<upper_about>余|多)?)?"
    rf"(?P<unit>{_UNITS})(?![+A-Za-z])"
)
_ABOUT_BEFORE = re.compile(r"(?:约|大约|近|将近|接近|超|超过|逾|突破|不少于|至少|不低于|不到|上|数|几)有?$")
_ABOUT_AFTER = re.compile(r"左右|上下|以上|以下|以内|之多|多(?=[^种个])")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# 3个月, 5年以来, 2个百分点 aside: time and order are no counts of things.
_NOT_A_COUNT = re.compile(r"月|季度|年|世纪|星期|周")
_AVERAGE = re.compile(r"(?:平均|人均)[^，。；]*$")
_GREW = re.compile(r"^(?:增加|增长|增|提高|提升|扩大|上升|减少|减|下降|降低|降|缩短|压缩)(?:到|至|为)")
_NUMBER_OF = {"户": _("户数"), "人": _("人数")}
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?[”’）]?")
_CLAUSE_END = re.compile(r"[，。！？；：、（）—…\s]")
_PHRASE_END = re.compile(rf"[，。！？；：（）—…\s]|、(?=[^、，。；]*\d)|的(?=\d)|\d|{LOST}")
_APPROXIMATELY = re.compile(r"^(?:之内|内|左右|以上|以下|以内|之多|多|余)+")
_LEADS = re.compile(
    r"^(?:目前|现在|全市|全区|全县|全省|全街道|全社区|辖区|先后|已经|已|共有|共计|总共|累计|现有|新增|新建|建成|建立|建设|打造|改造|整治|提升|增加|"
    r"化解|落实|开展|完成|组织|培育|培养|发展|引领|引导|推动|成立|制定|设立|设置|筹集|投入|购买|购置|添置|买来|实现|解决|办理|举办|吸引|吸纳|发放|服务|走访|"
    r"覆盖|整合|集成|领办|创设|鼓励|明确|形成|筹集|新纳入|推出|收集|受理|调解|清理|清运|腾出|帮助|有|共(?![建享同治商])|达到|达|约|近|超过|超|为|在|了)+"
)
_TAILS = re.compile(r"(?:达到|达|约|近|超过|超|共计|共有|累计|总计|合计|为|是|有|共|等|占|的|了|到|至|“)+$")
# Tags of the segmenter that end a noun phrase, and words it takes for verbs though they are parts of names.
_STOP_TAGS = frozenset("vpdrcuy")
_NOUN_VERBS = re.compile(
    "组织|服务|治理|工作|管理|建设|发展|活动|改造|纠纷|指导|示范|保障|激励|志愿|公共|联席|会议|托管|养老|清单|自|和|与|及|以及|、"
)
_JOINS = frozenset({"和", "与", "及", "以及", "、"})
_EVENTS = frozenset(["次", "场次"])
_HAS = re.compile(r"[共现拥建设]有(?=.)|共计(?=.)")
_YEAR = re.compile(r"^\d{4}年(?:以来)?")
_LONGEST_LABEL = 30


def figures_of(blocks: Sequence[Block]) -> list[FigureProposal]:
    """Return the counts, sums and shares stated in paragraphs and lists, in their order, each only once."""
    found = (figure for sentence in _sentences(blocks) for figure in _in_sentence(sentence))
    return list(dict.fromkeys(found))


def dated(figures: Iterable[FigureProposal], year: int | None) -> list[FigureProposal]:
    """Give the document's ``year`` to figures whose sentence names none, and say that it is a guess."""
    return [
        figure if figure.year or not year else figure._replace(year=year, is_year_guessed=True) for figure in figures
    ]


def _sentences(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        is_one = isinstance(block, Paragraph | Quote)
        texts = block.items if isinstance(block, ItemList) else (block.text,) if is_one else ()
        for text in texts:
            yield from (sentence.strip() for sentence in _SENTENCE.findall(text))


def _in_sentence(sentence: str) -> Iterator[FigureProposal]:
    matches = [match for match in _FIGURE.finditer(sentence) if _is_count(sentence, match)]
    for match in matches:
        label = _label(sentence, match)
        if not label:
            continue
        year, about = _year(sentence, match.start()), _is_approximate(sentence, match)
        if match["upper"] is None:
            yield FigureProposal(_number(match, "number", "times"), _unit(match), label, sentence, year, about)
            continue
        # 30万至50万: where only the upper bound says 万, it is meant of both.
        times = "times" if match["times"] else "upper_times"
        for bound, number in (
            (gettext("最少"), _number(match, "number", times)),
            (gettext("最多"), _number(match, "upper", "upper_times")),
        ):
            yield FigureProposal(number, _unit(match), f"{label}（{bound}）", sentence, year, about)


def _is_count(sentence: str, match: re.Match[str]) -> bool:
    """Tell apart counts from months and weeks, and from ages: 60岁以上 says who is meant, not how many."""
    is_age = match["unit"] == "岁" and not _AVERAGE.search(sentence[: match.start()])
    return not is_age and not _NOT_A_COUNT.match(sentence, match.end())


def _year(sentence: str, before: int) -> int | None:
    """Return the year named last before the number, or else the only one of the sentence."""
    years = [(found.start(), int(found[1])) for found in _YEARS.finditer(sentence)]
    earlier = [year for at, year in years if at < before]
    return earlier[-1] if earlier else years[0][1] if len(years) == 1 else None


def _is_approximate(sentence: str, match: re.Match[str]) -> bool:
    return bool(
        match["about"]
        or match["upper_about"]
        or _ABOUT_BEFORE.search(sentence[: match.start()])
        or _ABOUT_AFTER.match(sentence, match.end())
    )


def _number(match: re.Match[str], number_group: str, times_group: str) -> Decimal:
    unit_times = {"万元": 10**4, "亿元": 10**8}.get(match["unit"], 1)
    times = _MULTIPLIERS[match[times_group] or ""] * unit_times
    number = Decimal(match[number_group].replace(",", "")) * times
    return number.to_integral_value() if number == number.to_integral_value() else number


def _unit(match: re.Match[str]) -> str:
    unit = match["unit"]
    return "元" if unit.endswith("元") else _SAME_UNIT.get(unit, unit)


def _label(sentence: str, match: re.Match[str]) -> str:
    """Return what is counted: the nouns right behind the unit, or else those right before the number."""
    behind, before = sentence[match.end() :], sentence[: match.start()]
    rest = _clip(_rest_of_clause(behind).removeprefix("的"))
    if rest and (match["unit"] in _EVENTS or (match["unit"] == "%" and behind.startswith("的"))):
        return rest
    named = _behind(behind) or _before(before, whole=match["unit"] == "%") or rest
    return named or str(_NUMBER_OF.get(_unit(match), ""))


def _behind(text: str) -> str:
    text = _GREW.sub("", _APPROXIMATELY.sub("", text)).removeprefix("的")
    following = _FIGURE.match(text)
    if following:
        return _behind(text[following.end() :])
    stop = _PHRASE_END.search(text)
    phrase = text[: stop.start()] if stop else text
    return _clip(_nouns(phrase))


def _nouns(phrase: str) -> str:
    """Return the beginning of a phrase up to its first verb, preposition or adverb."""
    kept: list[str] = []
    for word, tag in rjieba.tag(phrase):
        if tag[0] in _STOP_TAGS and tag != "vn" and not _NOUN_VERBS.fullmatch(word):
            break
        kept.append(word)
    while kept and kept[-1] in _JOINS | {"的", "“"}:
        kept.pop()
    return "".join(kept)


def _before(text: str, *, whole: bool = False) -> str:
    """Return the nouns that end ``text``; of a share, the ``whole`` clause says of what it is one."""
    phrase = _TAILS.sub("", _HAS.split(_CLAUSE_END.split(text)[-1])[-1])
    tail = phrase.rpartition("的")[2]
    phrase = _YEAR.sub("", phrase if whole or len(tail) < 2 else tail)
    return _clip(_LEADS.sub("", phrase) or phrase, from_end=True)


def _rest_of_clause(text: str) -> str:
    return _CLAUSE_END.split(text)[0]


def _clip(phrase: str, *, from_end: bool = False) -> str:
    phrase = phrase.strip("、 ")
    if not re.search(HAN, phrase):
        return ""
    return phrase[-_LONGEST_LABEL:] if from_end else phrase[:_LONGEST_LABEL]
