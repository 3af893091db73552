# SPDX-License-Identifier: EUPL-1.2
"""Django settings, made from the environment; importing them needs no variable and touches no file."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from scharnier.site.environment import read_environment

HERE = Path(__file__).parent
MINUTE_SECONDS = 60
HOUR_SECONDS = 60 * MINUTE_SECONDS
QUARTER_SECONDS = 15 * MINUTE_SECONDS
DAY_SECONDS = 24 * HOUR_SECONDS
YEAR_SECONDS = 365 * DAY_SECONDS

environment = read_environment(os.environ)

FOLDER = environment.folder
SECRET_KEY = environment.secret_key
DEBUG = False
ALLOWED_HOSTS = list(environment.hosts)
ADDRESS = environment.address  # what links in mail start with
ROOT_URLCONF = "scharnier.site.urls"
WSGI_APPLICATION = "scharnier.site.wsgi.application"
DATABASES = {"default": environment.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "scharnier.site",  # first: its templates and static files go before those of others
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "scharnier.apps.audit",
    "scharnier.apps.digest",
    "scharnier.apps.emergency",
    "scharnier.apps.mail",
    "scharnier.apps.mapping",
    "scharnier.apps.members",
    "scharnier.apps.open311",
    "scharnier.apps.notes",
    "scharnier.apps.overview",
    "scharnier.apps.people",
    "scharnier.apps.picture",
    "scharnier.apps.referral",
    "scharnier.apps.rights",
    "scharnier.apps.sharing",
    "scharnier.apps.signals",
    "scharnier.apps.situations",
    "scharnier.apps.tasks",
    "scharnier.apps.tombstones",
    "scharnier.apps.wall",
    "scharnier.apps.webhooks",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "scharnier.site.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "scharnier.site.middleware.AddressMiddleware",
    "scharnier.site.middleware.LoginMiddleware",
    "scharnier.site.middleware.ActorMiddleware",
    "scharnier.site.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "scharnier.site.middleware.ErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
DAY = environment.day
COUNTRY = environment.country  # whose holidays are free days

STATIC_URL = "static/"
STATIC_ROOT = environment.static_folder
WHITENOISE_USE_FINDERS = (
    environment.static_folder is None
)  # straight from the package: no collecting at start
TYPEFACE_FOLDER = HERE / "static" / "vendor" / "atkinson-hyperlegible-print"  # for documents
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if environment.static_folder
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "login"
DEMO = environment.is_demo
LOGIN_REDIRECT_URL = "referral:begin"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in: the address and the look are ours, the second step, passkeys and OpenID Connect are allauth's.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: whoever failed too often is not even tried
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "scharnier.site.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to who is no member
MFA_ADAPTER = "scharnier.site.signing_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Scharnier"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not environment.https
SOCIALACCOUNT_ADAPTER = "scharnier.site.signing_in.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # of the provider that this installation trusts
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_apps}}
BEHIND_PROXY = environment.behind_proxy
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "scharnier.site.signing_in.answer_locked_out"
AXES_CLIENT_IP_CALLABLE = "scharnier.apps.http.client_address"
AXES_USERNAME_CALLABLE = "scharnier.site.signing_in.tried_name"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else who keeps trying never gets in
AXES_DISABLE_ACCESS_LOG = True  # the log of acts is ours; nobody needs a list of log-ins
AXES_VERBOSE = False  # names and addresses stay out of the log
ANYONE_STARTS_NETWORKS = environment.anyone_starts_networks
RETENTION = environment.retention  # rule -> days, where they are not those that ship

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "scharnier.site.views.forged"
SECURE_SSL_REDIRECT = environment.https
SECURE_HSTS_SECONDS = YEAR_SECONDS if environment.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.behind_proxy else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine next door, without TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *environment.openid_origins],  # a form that goes on to the provider
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes; no page takes more than a text

TASKS = {
    "default": {
        "BACKEND": "scharnier.apps.tasks.backend.LeaseBackend",
        "QUEUES": [],  # any
        "OPTIONS": {
            "lease_seconds": environment.task_lease_seconds,
            "pause_seconds": environment.task_pause_seconds,
        },
    }
}
PERIODIC_TASKS = {  # name: the task, and how often
    "emergency.forget_attempts": ("scharnier.apps.emergency.tasks.forget_attempts", DAY_SECONDS),
    "emergency.remind_judges": ("scharnier.apps.emergency.tasks.remind_judges", DAY_SECONDS),
    "open311.find_new": ("scharnier.apps.open311.tasks.find_new", MINUTE_SECONDS),
    "open311.follow": ("scharnier.apps.open311.tasks.follow", DAY_SECONDS),
    "people.ask_to_confirm": ("scharnier.apps.people.tasks.ask_to_confirm", DAY_SECONDS),
    "people.forget_drafts": ("scharnier.apps.people.tasks.forget_drafts", DAY_SECONDS),
    "referral.forget_counts": ("scharnier.apps.referral.tasks.forget_counts", DAY_SECONDS),
    "referral.remind": ("scharnier.apps.referral.tasks.remind", DAY_SECONDS),
    "situations.look_after": ("scharnier.apps.situations.doing_tasks.look_after", DAY_SECONDS),
    "situations.lapse": ("scharnier.apps.situations.coalition_tasks.lapse_invitations", DAY_SECONDS),
    "rights.clear_up": ("scharnier.apps.rights.tasks.clear_up", DAY_SECONDS),
    "situations.draw_maps": ("scharnier.apps.situations.tasks.draw_maps", DAY_SECONDS),
    "situations.scan": ("scharnier.apps.situations.tasks.scan", DAY_SECONDS),
    "webhooks.tidy": ("scharnier.apps.webhooks.tasks.tidy", HOUR_SECONDS),
    "signals.lapse": ("scharnier.apps.signals.tasks.lapse", DAY_SECONDS),
    "digest.send": ("scharnier.apps.digest.tasks.send", QUARTER_SECONDS),
}
WEBHOOKS_ON_LOOPBACK = environment.webhooks_on_loopback

EMAIL_BACKEND = environment.mailing.backend
EMAIL_FILE_PATH = environment.mailing.folder
EMAIL_HOST, EMAIL_PORT = environment.mailing.host, environment.mailing.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = environment.mailing.user, environment.mailing.password
EMAIL_USE_SSL, EMAIL_USE_TLS = environment.mailing.tls == "yes", environment.mailing.tls == "starttls"
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = environment.mail_from

# Requests are logged by method, path and status; what people write stays out of the log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"discreet": {"()": "scharnier.site.discreet_log.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": environment.log_level},
    "loggers": {
        "axes": {"level": "WARNING"},  # every log-in is a line otherwise
        "django": {"handlers": [], "level": environment.log_level, "propagate": True},
    },
}
