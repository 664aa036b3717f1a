"""What is made in the background, where nobody waits for it."""

from django_tasks import task
from wagtail.images.models import Filter, SourceImageIOError

from website.base.models import SiteImage
from website.base.pictures import every_spec


@task()
def make_sizes(picture: int) -> int:
    """Make every size of a picture that is not there yet; a picture that is gone, or cannot be read, has none."""
    image = SiteImage.objects.filter(pk=picture).first()
    if image is None:
        return 0
    try:
        return len(image.get_renditions(*(Filter(spec) for spec in every_spec())))
    except SourceImageIOError:
        return 0
