"""The product as it runs, with one bare view beside it to compare with."""

from config.settings.dev import *  # noqa: F403 -- everything but these two

DEMO = False
ROOT_URLCONF = "tests.performance.sign_up_urls"
