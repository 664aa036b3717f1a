"""Why a community ended a report-in gets a column without a limit, which encrypted words need."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("report_in", "0018_encrypted_reasons_to_units")]

    operations = [
        migrations.AlterField(
            "memberreportin", "end_reason", models.TextField(blank=True, null=True, verbose_name="结束原因")
        ),
        migrations.AlterField(
            "unitreportin", "end_reason", models.TextField(blank=True, null=True, verbose_name="结束原因")
        ),
    ]
