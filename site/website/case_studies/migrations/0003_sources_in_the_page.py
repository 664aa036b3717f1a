import website.base.fields
from django.db import migrations


class Migration(migrations.Migration):
    """A list nobody searches is part of the page: reading a case costs a query less."""

    dependencies = [
        ('case_studies', '0002_parts_problems_and_sources'),
    ]

    operations = [
        migrations.DeleteModel(name='CaseSource'),
        migrations.AddField(
            model_name='casestudypage',
            name='source_list',
            field=website.base.fields.StreamField(blank=True, verbose_name='来源'),
        ),
    ]
