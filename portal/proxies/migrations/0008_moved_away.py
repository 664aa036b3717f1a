"""Whose account a community kept may move away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proxies", "0007_hand_overs")]

    operations = [
        migrations.AddField(
            model_name="managedperson",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="搬走时间"),
        ),
    ]
