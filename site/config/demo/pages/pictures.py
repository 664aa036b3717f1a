"""Drawn pictures, as images of the site."""

from django.core.files.base import ContentFile

from config.demo import pictures
from config.demo.city import City
from website.base.models import SiteImage

CREDIT = "程序绘制"
# What each scene shows, for those who cannot see it.
WORDS = {
    "harbour": "傍晚的海湾，山下停着两条小船",
    "courtyard": "傍晚的居民院子，几棵树，窗里亮着灯",
    "table": "街边一张红色的长桌，桌上摆着茶杯",
    "snow": "下雪天的屋顶和山",
    "town": "清晨的街道、屋顶和远处的山",
    "door": "一扇敞开的门",
    "balance": "一架两头平平的天平",
    "ramp": "台阶旁边的一条坡道",
    "meal": "桌上一碗冒着热气的饭",
    "books": "书架上一排排的书",
    "people": "几个人站在草地上说话",
    "park": "有树的草地，远处是山",
    "street": "早晨的街道，路边有树",
    "evening": "天黑以后亮着灯的楼房",
}


def picture(city: City, scene: str, *, title: str, seed: str, alt: str) -> SiteImage:
    """Return a new image of ``scene``; an empty ``alt`` is filled with what the scene shows."""
    file: ContentFile[bytes] = pictures.draw(scene, seed=seed)
    file.name = f"{scene}.jpg"
    image = SiteImage(
        title=title, description=alt or WORDS[scene], credit=CREDIT, file=file, uploaded_by_user=city.roles["editor"]
    )
    image.width, image.height = pictures.WIDTH, pictures.HEIGHT
    image.save()
    city.picture_files.append(image.file.name)
    return image
