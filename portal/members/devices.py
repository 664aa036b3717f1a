"""A browser's long description of itself, in the few words by which one knows one's own device."""

from django.utils.translation import gettext as _

# The first that is found names it: Edge and WeChat call themselves Chrome and Safari as well.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """Return such words as "iPhone，微信"."""
    system, browser = _first_in(SYSTEMS, user_agent), _first_in(BROWSERS, user_agent)
    if not system and not browser:
        return _("未知设备")
    return _("%(system)s，%(browser)s") % {"system": system or _("未知设备"), "browser": browser or _("未知浏览器")}


def is_wechat_in_hand(user_agent: str) -> bool:
    """Return whether a page is open inside WeChat on the very phone that would have to scan a code shown there.

    WeChat on a computer says MicroMessenger as well; a phone scans what it shows.
    """
    return "MicroMessenger" in user_agent and not any(system in user_agent for system in ("Windows NT", "Macintosh"))


def _first_in(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for sign, name in names if sign in text), "")
