"""Objections and their answers get columns without a limit, which encrypted words need."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proxies", "0003_skills_and_wishes")]

    operations = [
        migrations.AlterField(
            "proxyentry", "objection", models.TextField(blank=True, null=True, verbose_name="异议")
        ),
        migrations.AlterField(
            "proxyentry", "answer", models.TextField(blank=True, null=True, verbose_name="答复")
        ),
    ]
