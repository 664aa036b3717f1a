from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="readlog",
            name="office",
            field=models.CharField(blank=True, max_length=160, verbose_name="查看人的职责"),
        ),
        migrations.AddField(
            model_name="readlog",
            name="once",
            field=models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="readlog",
            name="reader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="reads_made",
                to=settings.AUTH_USER_MODEL,
                verbose_name="查看人",
            ),
        ),
    ]
