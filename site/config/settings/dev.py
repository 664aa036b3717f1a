"""A laptop: SQLite, no services, and (unless told otherwise) the demo's pages."""

from .base import *

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", True)
SECRET_KEY = env.str("SECRET_KEY", "only-for-development-never-for-a-real-site")
MFA_REQUIRED = env.bool("MFA_REQUIRED", not DEMO)  # the demo's people walk in by one click
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
if DEMO:
    EMAIL_BACKEND = "portal.notices.senders.MailboxEmailBackend"
    SMS_SENDER = "portal.notices.senders.MailboxSmsSender"
    QUIET_FROM = QUIET_UNTIL = "00:00"  # whoever tries the demo at night sees the messages arrive
