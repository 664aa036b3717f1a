"""Logging in by 微信 (WeChat), as django-allauth does it, without asking for what is not kept."""
