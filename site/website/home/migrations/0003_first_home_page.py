"""A fresh database opens with our own home page in the place of Wagtail's welcome page."""

from django.db import migrations

WELCOME = "Welcome to your new Wagtail site!"


def turn_welcome_page_into_home(apps, schema_editor):
    """Keep the page's row, so that the site record which points at it stands."""
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    page = Page.objects.filter(depth=2, title=WELCOME, content_type__model="page").first()
    if page is None:
        return
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    home = HomePage(page_ptr_id=page.pk)
    home.__dict__.update({field.attname: getattr(page, field.attname) for field in page._meta.fields})
    home.title = home.draft_title = "报到"
    home.content_type_id = content_type.pk
    home.save()
    apps.get_model("wagtailcore", "Site").objects.filter(root_page_id=page.pk).update(site_name="报到")


def turn_home_into_welcome_page(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type = ContentType.objects.get(app_label="wagtailcore", model="page")
    for home in HomePage.objects.all():
        page = Page.objects.filter(pk=home.pk)
        home.delete(keep_parents=True)  # empties home.pk; the queryset above keeps it
        page.update(title=WELCOME, draft_title=WELCOME, content_type_id=content_type.pk)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_languages"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(turn_welcome_page_into_home, turn_home_into_welcome_page)]
