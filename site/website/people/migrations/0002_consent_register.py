"""Texts and purposes of consents, who recorded them and how; what a page says of the dead; related pages."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

CHANNELS = [("paper", "纸面签字"), ("online", "网上确认"), ("phone", "电话（有见证人）")]
POSITIONS = [("", "还没有联系"), ("agrees", "同意或不反对"), ("not_found", "没有找到近亲属"), ("objects", "反对公开")]
NO_NUMBERS = django.core.validators.RegexValidator("\\d{4,}", "这里只写姓名，不要写证件号码或电话。", inverse_match=True)


def user(verbose_name):
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("base", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.CharField(help_text="如：2026-1。", max_length=20, unique=True, verbose_name="版本"),
                ),
                ("wording", models.TextField(blank=True, verbose_name="同意书全文")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="启用日期")),
            ],
            options={
                "verbose_name": "同意书版本",
                "verbose_name_plural": "同意书版本",
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ConsentPurpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=40, verbose_name="公开的内容")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
            ],
            options={
                "verbose_name": "同意公开的内容",
                "verbose_name_plural": "同意公开的内容",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.AddField(
            "consent",
            "text",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="people.consenttext",
                verbose_name="同意书版本",
            ),
        ),
        migrations.AddField(
            "consent",
            "purposes",
            models.ManyToManyField(
                related_name="consents", to="people.consentpurpose", verbose_name="同意公开的内容"
            ),
        ),
        migrations.AddField(
            "consent",
            "given_by",
            models.CharField(choices=CHANNELS, default="paper", max_length=8, verbose_name="同意方式"),
        ),
        migrations.AddField(
            "consent",
            "witness",
            models.CharField(
                blank=True,
                help_text="电话同意的，写明在场的第二个人。",
                max_length=60,
                validators=[NO_NUMBERS],
                verbose_name="见证人",
            ),
        ),
        migrations.AddField("consent", "recorded_by", user("登记人")),
        migrations.AddField(
            "consent",
            "scan",
            models.ForeignKey(
                blank=True,
                help_text="可以不传。要传，须放在不公开的文件夹（如“同意书扫描件”），并遮住证件号码。",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="base.sitedocument",
                verbose_name="扫描件",
            ),
        ),
        migrations.AddField(
            "consent",
            "withdrawn_by",
            models.CharField(blank=True, choices=CHANNELS, max_length=8, verbose_name="撤回方式"),
        ),
        migrations.AddField("consent", "withdrawal_recorded_by", user("撤回登记人")),
        migrations.AlterField(
            "consent",
            "name",
            models.CharField(
                help_text="只写姓名，不要写证件号码。", max_length=60, validators=[NO_NUMBERS], verbose_name="姓名"
            ),
        ),
        migrations.AddField(
            "peopleindexpage",
            "contact",
            models.CharField(
                blank=True,
                help_text="部门或岗位。显示在每个人物的页面上。",
                max_length=80,
                verbose_name="撤回、更正联系谁",
            ),
        ),
        migrations.AddField(
            "peopleindexpage",
            "contact_phone",
            models.CharField(blank=True, max_length=40, verbose_name="联系电话"),
        ),
        migrations.AddField(
            "personpage",
            "name",
            models.CharField(
                blank=True, help_text="留空时取标题里“：”前面的部分。", max_length=60, verbose_name="姓名"
            ),
        ),
        migrations.AddField(
            "personpage",
            "died",
            models.CharField(blank=True, help_text="可以只写年份。", max_length=40, verbose_name="去世时间"),
        ),
        migrations.AddField(
            "personpage",
            "kin_position",
            models.CharField(
                blank=True,
                choices=POSITIONS,
                help_text="已故人物适用。不公开。",
                max_length=12,
                verbose_name="近亲属的意见",
            ),
        ),
        migrations.AddField(
            "personpage", "kin_asked_on", models.DateField(blank=True, null=True, verbose_name="征求意见的日期")
        ),
        migrations.AddField(
            "personpage",
            "kin_note",
            models.TextField(
                blank=True, help_text="只给编辑看：谁、怎么说的。不要写证件号码。", verbose_name="意见记录"
            ),
        ),
        migrations.AddField(
            "personpage",
            "checked_on",
            models.DateField(
                blank=True, help_text="上次核对内容和来源的日期。", null=True, verbose_name="核对日期"
            ),
        ),
        migrations.AlterField(
            "personpage",
            "honours",
            models.TextField(
                blank=True,
                help_text="每行一项：年份、名称、颁发单位；有期限的写明期限，已撤销的写明“已撤销”。",
                verbose_name="荣誉",
            ),
        ),
        migrations.AlterField(
            "personpage",
            "sources",
            models.TextField(
                blank=True, help_text="每行一条：名称、发布者、日期。已故人物必填。", verbose_name="来源"
            ),
        ),
        migrations.CreateModel(
            name="RelatedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="页面",
                    ),
                ),
                (
                    "person",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related",
                        to="people.personpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "相关页面",
                "verbose_name_plural": "相关页面",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
