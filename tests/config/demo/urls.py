"""The project's addresses with the demo's pages among them, as a demo has them."""

from django.urls import include, path

from config.urls import urlpatterns as project_urls

urlpatterns = [path("demo/", include("config.demo.urls")), *project_urls]
