"""The languages of the site, from the first day: simplified Chinese is the source, the others are translated from it."""

from django.db import migrations

LANGUAGES = ("zh-hans", "zh-hant", "en")


def add_languages(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def remove_unused_languages(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    used = Page.objects.values("locale_id")
    Locale.objects.filter(language_code__in=LANGUAGES).exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(add_languages, remove_unused_languages)]
