"""Why a community ended a unit's report-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("report_in", "0012_bulk_answers")]

    operations = [
        migrations.AddField(
            model_name="unitreportin",
            name="end_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="结束原因"),
        )
    ]
