import django.db.models.deletion
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0002_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='FigureIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='显示在列表、搜索结果和分享卡片上。', max_length=200, verbose_name='一句话摘要')),
                ('listing_image', models.ForeignKey(blank=True, help_text='显示在列表和分享卡片上，建议使用横图。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='base.siteimage', verbose_name='列表图片')),
            ],
            options={
                'verbose_name': '数说',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
    ]
