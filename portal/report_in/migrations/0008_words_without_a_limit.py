from django.db import migrations, models


class Migration(migrations.Migration):
    """Make room for ciphertext, which is longer than what it hides."""

    dependencies = [("report_in", "0007_stations")]

    operations = [
        migrations.AlterField(
            "memberreportin", "note", models.TextField(blank=True, null=True, verbose_name="给社区的话")
        ),
        migrations.AlterField(
            "memberreportin", "reason", models.TextField(blank=True, null=True, verbose_name="请补充的原因")
        ),
    ]
