"""Drawn pictures, as images of the site."""

from django.core.files.base import ContentFile

from config.demo import pictures
from config.demo.city import City
from website.base.models import SiteImage

CREDIT = "程序绘制"


def picture(city: City, scene: str, *, title: str, seed: str, alt: str) -> SiteImage:
    file: ContentFile[bytes] = pictures.draw(scene, seed=seed)
    file.name = f"{scene}.jpg"
    image = SiteImage(title=title, description=alt, credit=CREDIT, file=file, uploaded_by_user=city.roles["editor"])
    image.width, image.height = pictures.WIDTH, pictures.HEIGHT
    image.save()
    city.picture_files.append(image.file.name)
    return image
