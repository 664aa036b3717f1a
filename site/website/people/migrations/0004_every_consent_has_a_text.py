"""The version is a row of its own now, and every consent has one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_texts_and_purposes")]

    operations = [
        migrations.AlterField(
            "consent",
            "text",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="people.consenttext",
                verbose_name="同意书版本",
            ),
        ),
        # Backwards it comes back empty, and 0003 fills it.
        migrations.AlterField("consent", "text_version", models.CharField(default="", max_length=20)),
        migrations.RemoveField("consent", "text_version"),
    ]
