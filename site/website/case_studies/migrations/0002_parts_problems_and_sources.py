import uuid

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('case_studies', '0001_initial'),
        ('methods', '0002_parts'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(
            model_name='casestudypage',
            name='parts',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='勾选这个案例真正用到的部分。', related_name='case_studies', to='methods.methodpart', verbose_name='用到的工作法'),
        ),
        migrations.AddField(
            model_name='casestudypage',
            name='problems',
            field=models.TextField(blank=True, help_text='每行一个，用居民的话说。', verbose_name='要解决的问题'),
        ),
        migrations.AddField(
            model_name='casestudypage',
            name='open_questions',
            field=models.TextField(blank=True, help_text='每行一个：还没有答案的、没有数字的、没有做到的。', verbose_name='待解问题'),
        ),
        migrations.AddField(
            model_name='figure',
            name='stated_by',
            field=models.CharField(blank=True, help_text='如：市委组织部、小区业委会。', max_length=80, verbose_name='谁说的'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='level',
            field=models.CharField(blank=True, choices=[('national', '国家级'), ('provincial', '省级'), ('city', '市级'), ('district', '区县级'), ('street', '街道'), ('community', '社区'), ('unit', '单位')], help_text='这个做法在哪一级作示范。', max_length=12, verbose_name='示范层级'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='sources',
            field=models.TextField(blank=True, help_text='列不进上面各条的：材料有没有缺字，数字怎么核对的。每行一条。', verbose_name='来源说明'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='label',
            field=models.CharField(help_text='如：报到党员。同一个意思用同样的说法，城市之间才能比较。', max_length=80, verbose_name='含义'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='year',
            field=models.PositiveIntegerField(blank=True, help_text='不填就用案例的年份。', null=True, verbose_name='年份'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='origin',
            field=models.CharField(choices=[('stated', '来源所述'), ('counted', '本站统计')], default='stated', help_text='来源所述：别人说的，本站没有核对。本站统计：按本站的记录数出来的。', max_length=12, verbose_name='怎么来的'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='source',
            field=models.CharField(blank=True, help_text='哪份材料、哪一句。“来源所述”的必须填。', max_length=300, verbose_name='出处'),
        ),
        migrations.CreateModel(
            name='CaseSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(help_text='报告、通报、文章的名字。', max_length=200, verbose_name='名称')),
                ('publisher', models.CharField(blank=True, max_length=120, verbose_name='谁发布的')),
                ('year', models.PositiveIntegerField(blank=True, null=True, verbose_name='年份')),
                ('url', models.URLField(blank=True, verbose_name='网址')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='source_list', to='case_studies.casestudypage')),
            ],
            options={
                'verbose_name': '来源',
                'verbose_name_plural': '来源',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
    ]
