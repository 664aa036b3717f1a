"""Wagtail: the public site and the editors' desk."""

from environs import Env

env = Env()

WAGTAIL_SITE_NAME = "报到"
WAGTAILIMAGES_IMAGE_MODEL = "base.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "website.editing.forms.SiteImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "base.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # an embed would call a foreign host
WAGTAIL_FRONTEND_LOGIN_URL = "account_request_login_code"  # the one door, as LOGIN_URL
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "website/password_required.html"  # noqa: S105 -- a template, not a password
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = WAGTAIL_PASSWORD_REQUIRED_TEMPLATE
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Both are changed in 账户与安全, after a fresh proof of who one is.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
TAGGIT_CASE_INSENSITIVE = True
# A report on a long document asks about each of its figures, and an editor's page has many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
WAGTAILREDIRECTS_AUTO_CREATE = True  # a page that moves leaves a sign
# How large an uploaded Word document may be, and how long one waits to be looked through.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", 20 * 1024 * 1024)
IMPORT_KEPT_DAYS = env.int("IMPORT_KEPT_DAYS", 7)

# A 公示 runs at least this many working days (one provincial scheme: ≥3); what people objected is erased this many days
# after it is answered.
NOTICE_WORKING_DAYS = env.int("NOTICE_WORKING_DAYS", 3)
OBJECTION_DATA_KEPT_DAYS = env.int("OBJECTION_DATA_KEPT_DAYS", 180)
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "website.base.translators.CharacterTranslator"}
