"""One settings file, read from the environment; production is the default.

`DEBUG` is off unless asked for, and without a `SECRET_KEY` production refuses to start. What may be
set, and what each means, stands in README.md under *Settings*.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()

DEBUG = env.bool("DEBUG", default=False)
# A key that everyone can read here is fit for one developer's own machine and for nothing else.
SECRET_KEY = (
    env.str("SECRET_KEY", default="development only, never in production")
    if DEBUG
    else env.str("SECRET_KEY")
)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "products.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "products",
    "compare",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compare.middleware.one_state",
    "compare.answers.KeepAnswers",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "compare.middleware.refuse_unreadable",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "compare.urls"
WSGI_APPLICATION = "compare.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data -----------------------------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits for its turn from the first statement on, instead of failing at the second.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
# Streaming replicas of a PostgreSQL; `compare.replicas` says who reads where.
REPLICA_URLS: list[str] = env.list("REPLICA_URLS", default=[])
for number, replica in enumerate(REPLICA_URLS, start=1):
    DATABASES[f"replica_{number}"] = {
        **dj_database_url.parse(replica, conn_max_age=60),
        "TEST": {"MIRROR": "default"},
    }
    # One that is gone without a word holds a page for these seconds, then not again for a while.
    DATABASES[f"replica_{number}"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)
if REPLICA_URLS:
    DATABASE_ROUTERS = ["compare.replicas.PublicReads"]
    MIDDLEWARE.insert(0, "compare.replicas.ReadFromReplicas")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What counts the products behind a filter value and puts them in order: an index in memory, or the
# database. The index is kept in a file too, so that a process that starts need not make it again.
FACETS = env.str("FACETS", default="bitmaps", validate=validate.OneOf(["bitmaps", "sql"]))
FACETS_DIR = env.path("FACETS_DIR", default=BASE_DIR / "var")

# Of one file that an editor brings in. Its rows are held in memory while it is taken.
IMPORT_MOST_BYTES = env.int("IMPORT_MOST_BYTES", default=20_000_000, validate=validate.Range(min=1))
IMPORT_MOST_ROWS = env.int("IMPORT_MOST_ROWS", default=50_000, validate=validate.Range(min=1))

# What pages keep beside the database. Without an address each process keeps its own.
CACHE_URL = env.str("CACHE_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "compare.rediscache.FailOpenRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 0.25, "socket_timeout": 0.25},
    }
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Whole answers of some 15 kB, compressed; some 100 kB for whoever takes no compression.
        "OPTIONS": {"MAX_ENTRIES": 500},
    }
}

# People ---------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "compare.middleware.client_address"
# How many proxies of ours a request passes. Zero: X-Forwarded-For is anybody's word, and is not read.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0, validate=validate.Range(min=0, max=9))
LOGIN_URL = "admin:login"

# Words and days -------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
# One language so far, and looking each word up in it would take a tenth of a comparison.
USE_I18N = False
USE_TZ = True

# Editors --------------------------------------------------------------------------------------

# Days after which the attention page asks for another look.
RECHECK_DAYS = {
    "price": env.int("RECHECK_PRICE_DAYS", default=30, validate=validate.Range(min=1)),
    "label": env.int("RECHECK_LABEL_DAYS", default=365, validate=validate.Range(min=1)),
    "evidence": env.int("RECHECK_EVIDENCE_DAYS", default=365, validate=validate.Range(min=1)),
}

# Static files ---------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Security -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
if not DEBUG:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    # Both reach beyond this site and are hard to take back, so whoever owns the domain says so.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
    # What these two checks ask for is that decision, and leaving it out is no mistake.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Programs -------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "compare.api.negotiation.AlwaysJson",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is not served: the OpenAPI document says more
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "compare.api.errors.problem",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # `format` is a key of the pages, and means nothing here
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Elemental",
    "DESCRIPTION": "Magnesium forms and products, compared on evidence. Read-only.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,  # as in compare.api.urls
    "SORT_OPERATION_PARAMETERS": False,  # as in the FilterSets
    "POSTPROCESSING_HOOKS": [],  # vocabularies stand where they are used, not as components
}
