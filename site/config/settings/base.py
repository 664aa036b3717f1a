"""What every environment shares. The environment is read here, once, by name."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"

env = Env()

# Salts the key, made of SECRET_KEY, that keeps reasons of leave unreadable at rest. A list where one replaces another.
SALT_KEY: list[str] = env.list("SALT_KEY", ["only-for-development-never-for-a-real-site"])

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'baodao.sqlite3'}")
REDIS_URL = env.str("REDIS_URL", "")
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")
SEARCH_ENGINE = env.str("SEARCH_ENGINE", "elasticsearch" if ELASTICSEARCH_URL else "database")
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", "baodao")
MEDIA_ROOT = env.str("MEDIA_ROOT", str(VAR_DIR / "media"))
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR_DIR / "static"))
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "baodao@localhost")
SMS_SENDER = env.str("SMS_SENDER", "portal.notices.senders.ConsoleSmsSender")
SMS_REGIONS: list[str] = env.list("SMS_REGIONS", ["CN"])
SMS_PER_DAY = env.int("SMS_PER_DAY", 20_000)
# To a number ("key"), and of codes from an address, where a whole office may sit. Counted where a message leaves.
SMS_RATES = {"wait": "1/m/key", "code": "20/m/ip,120/h/ip,600/d/ip", "any": "5/h/key,10/d/key"}
# Between these hours of the day nothing leaves by SMS or mail, for whoever has chosen no others; security does.
QUIET_FROM, QUIET_UNTIL = env.str("QUIET_FROM", "21:00"), env.str("QUIET_UNTIL", "08:00")
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", 300)  # longer than a gateway may take
MAILINGS_PER_DAY = env.int("MAILINGS_PER_DAY", 10)  # that one organiser may write
DELIVERY_GIVE_UP_HOURS = env.int("DELIVERY_GIVE_UP_HOURS", 72)
FEEDBACK_KEPT_DAYS = env.int("FEEDBACK_KEPT_DAYS", 365)  # public answers stay until an editor removes them
SERVICE_REVIEW_DAYS = env.int("SERVICE_REVIEW_DAYS", 180)

INSTALLED_APPS = [
    "config",
    "webui",
    "search",
    "website.base",
    "website.home",
    "website.pages",
    "website.methods",
    "website.case_studies",
    "website.services",
    "website.people",
    "website.notices",
    "website.venues",
    "website.navigation",
    "website.calendar",
    "website.feedback",
    "website.imports",
    "website.editing",
    "website.figures",
    "website.open_data",
    "website.service_lists",
    "portal.dashboard",
    "portal.proxies",
    "portal.personal_data",
    "portal.annual_reports",
    "portal.points",
    "portal.activity_reports",
    "portal.records",
    "portal.check_in",
    "portal.calendars",
    "portal.activities",
    "portal.teams",
    "portal.report_in",
    "portal.rosters",
    "portal.members",
    "portal.organisations",
    "portal.notices",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "config.wagtail_users.WagtailUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "django_structlog",
    "phonenumber_field",
    "rules.apps.AutodiscoverRulesConfig",
    "treebeard",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # First, so that every answer carries them: redirects, refusals and static files too.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "webui.middleware.closed_for_maintenance",
    "webui.middleware.other_methods_are_refused",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.request_log.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "website.base.middleware.nonces_for_the_admin",
    "website.base.refusals.RefusalsAreTold",
    "allauth.account.middleware.AccountMiddleware",
    "portal.members.middleware.second_factor_is_set_up",
    "website.editing.turns.pages_are_written_in_turn",
    "django_htmx.middleware.HtmxMiddleware",
    "webui.middleware.private_pages_are_not_stored",
    "webui.page_cache.public_pages_are_kept",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "webui.context_processors.display",
            ],
        },
    },
]
FORM_RENDERER = "webui.forms.ProjectFormRenderer"

DATABASES = {"default": env.dj_db_url("DATABASE_URL", default=DATABASE_URL, conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins, so that nobody decides on a stale count.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits live in ``default``: exact over all processes, and never on a server that may be away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # The usual 300 would let a busy morning push the rate limits out.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # Sizes of pictures are fetched with the pages that show them; Wagtail would write each into the cache every time.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "pages": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "page_cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    ),
}

# Closed for a while: by this setting at start, or at any time by the file being there.
MAINTENANCE = env.bool("MAINTENANCE", False)
MAINTENANCE_FILE = env.str("MAINTENANCE_FILE", str(VAR_DIR / "maintenance"))
MAINTENANCE_RETRY_SECONDS = env.int("MAINTENANCE_RETRY_SECONDS", 600)

PUBLIC_PAGES_KEPT_SECONDS = env.int("PUBLIC_PAGES_KEPT_SECONDS", 60)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_LOST_MINUTES = env.int("JOB_LOST_MINUTES", 60)  # longer than any job takes

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.members.passwords.NotBreachedValidator"},
]
PHONENUMBER_DEFAULT_REGION = "CN"
PHONENUMBER_DB_FORMAT = "E164"

LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "dashboard:home"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("简体中文")), ("zh-hant", _("繁體中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]  # ours; what Wagtail lacks in Chinese
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # A nonce appears only in the admin, for what Wagtail itself writes inline.
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
}
# A picture of a map on a venue's page, by a provider of the operator's choice; no provider, no picture.
STATIC_MAP_URL = env.str("STATIC_MAP_URL", "")
STATIC_MAP_DATUM = env.str("STATIC_MAP_DATUM", "gcj02")  # or wgs84
STATIC_MAP_CREDIT = env.str("STATIC_MAP_CREDIT", "")
if STATIC_MAP_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append("/".join(STATIC_MAP_URL.split("/", 3)[:3]))
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for the editors' preview; browsers of today heed frame-ancestors
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

LOGGING = logging_settings(level=env.str("LOG_LEVEL", "INFO"))

from .accounts import *  # noqa: E402 -- the chapters below build on the names above
from .cms import *  # noqa: E402 -- as above
from .portal import *  # noqa: E402 -- as above
from .privacy import *  # noqa: E402 -- as above

INSTALLED_APPS += SOCIAL_PROVIDER_APPS
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += SOCIAL_HOSTS  # a form that leads to the provider's log-in
