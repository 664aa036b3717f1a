"""Builds that start from an empty database, one each."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage

from config.demo.build import NotADemoDatabaseError, build_once, is_built
from config.demo.progress import Progress
from config.demo.scale import TINY
from portal.members.models import User
from portal.organisations.models import Area

pytestmark = pytest.mark.django_db


def test_the_demo_does_not_mix_with_other_data():
    User.objects.create_user("+8619099990000", name="别人")

    with pytest.raises(NotADemoDatabaseError):
        build_once(TINY, Progress(StringIO()))


class InterruptedProgress(Progress):
    """Somebody presses Ctrl-C while the pages are being published."""

    def advance(self, steps: int = 1) -> None:
        super().advance(steps)
        if self.label == "公共页面" and self.done == 3:
            raise KeyboardInterrupt


def test_an_interrupted_build_leaves_nothing_and_can_be_run_again():
    pictures = default_storage.listdir("original_images")[1] if default_storage.exists("original_images") else []

    with pytest.raises(KeyboardInterrupt):
        build_once(TINY, InterruptedProgress(StringIO()))

    assert not is_built()
    assert not User.objects.exists()
    assert not Area.objects.exists()
    assert default_storage.listdir("original_images")[1] == pictures
    assert build_once(TINY, Progress(StringIO()))
