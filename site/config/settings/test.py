"""The test suite: fast hashes, mail in memory, services only where a test asks for one."""

from .base import *

SECRET_KEY = "only-for-tests"  # noqa: S105 -- protects nothing
MFA_REQUIRED = False  # the tests about it say so
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SALT_KEY = ["only-for-tests"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PUBLIC_PAGES_KEPT_SECONDS = 0  # a test sees each page made anew, unless it is about keeping them
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_SENDER = "portal.notices.senders.MailboxSmsSender"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
WHITENOISE_AUTOREFRESH = True
QUIET_FROM = QUIET_UNTIL = "00:00"  # tests run at any hour; those about quiet hours say so
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
DATABASES = {"default": env.dj_db_url("TEST_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'unused.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",  # no test's data outlives its run
    }
    # A file, not memory: threads of the concurrency tests each open a connection of their own.
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{env.str('TEST_NAME', 'run')}.sqlite3"}
