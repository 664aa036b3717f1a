from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the filling: PostgreSQL changes no table that the same transaction has written to.
    dependencies = [("activities", "0011_shift_slots")]

    operations = [
        migrations.AlterField(
            model_name="shift",
            name="slot",
            field=models.UUIDField(default=uuid4, editable=False, verbose_name="在系列里的位置"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(fields=["activity", "slot"], name="shift_slot_once"),
        ),
    ]
