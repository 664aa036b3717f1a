"""Where an error stopped a bulk answer: at the second one there it goes on behind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("report_in", "0014_the_grid_one_lives_in")]

    operations = [
        migrations.AddField(
            model_name="bulkanswer",
            name="broke_at",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="出故障时已处理"),
        )
    ]
