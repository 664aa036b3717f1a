"""What a community asks of a unit gets a column without a limit, which encrypted words need."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("report_in", "0015_where_a_bulk_answer_broke")]

    operations = [
        migrations.AlterField("unitreportin", "reason", models.TextField(blank=True, null=True, verbose_name="请补充的原因"))
    ]
