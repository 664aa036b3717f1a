import uuid

import django.db.models.deletion
import modelcluster.fields
import website.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('methods', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AlterField(
            model_name='methodpage',
            name='body',
            field=website.base.fields.StreamField(blank=True, help_text='这个工作法从哪里来、怎么用。每一部分的意思写在下面的“组成部分”里。', verbose_name='正文'),
        ),
        migrations.CreateModel(
            name='MethodPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(help_text='如：网格化。', max_length=40, verbose_name='名称')),
                ('slug', models.SlugField(allow_unicode=True, blank=True, editable=False, max_length=60, verbose_name='网址名')),
                ('meaning', models.TextField(blank=True, help_text='一两句平常话。', verbose_name='是什么意思')),
                ('tasks', models.TextField(blank=True, help_text='每行一件：谁，做什么。', verbose_name='谁来做什么')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='methods.methodpage')),
            ],
            options={
                'verbose_name': '工作法的一部分',
                'verbose_name_plural': '工作法的组成部分',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
    ]
