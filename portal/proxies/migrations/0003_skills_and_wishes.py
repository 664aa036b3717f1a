"""Skills and wishes are entered for somebody too."""

from django.db import migrations, models

BEFORE = [
    ("taken_up", "登记为本社区的人"),
    ("report_in", "报到"),
    ("sign_up", "报名活动"),
    ("withdrawal", "退出活动"),
    ("correction", "更正资料"),
]
KINDS = [*BEFORE, ("profile", "特长和想参加的服务")]


class Migration(migrations.Migration):
    dependencies = [("proxies", "0002_words_may_be_forgotten")]

    operations = [
        migrations.RemoveConstraint(model_name="proxyentry", name="proxy_entry_kind_known"),
        migrations.AlterField(
            model_name="proxyentry",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12, verbose_name="事项"),
        ),
        migrations.AddConstraint(
            model_name="proxyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [key for key, _label in KINDS])), name="proxy_entry_kind_known"
            ),
        ),
    ]
