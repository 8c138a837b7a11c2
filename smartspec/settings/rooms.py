"""Which rooms there are, and what a request passes on its way to one."""

from smartspec.settings.environment import BASE_DIR

INSTALLED_APPS = [
    "django_otp",  # before accounts, which takes its pages out of the admin
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "smartspec",
    "accounts",
    "storage_app",
    "generation",
    "gallery",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_q",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
]
MIDDLEWARE = [
    "smartspec.metrics.counting.Count",
    "smartspec.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gallery.caching.middleware.PageCache",
    "smartspec.following.Follow",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "smartspec.middleware.TolerantPaths",
    "smartspec.middleware.Language",
    "smartspec.middleware.ContentSecurityPolicy",
    "smartspec.shedding.Shed",  # after what is nearly free: static files, kept pages; before any row is read
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "smartspec.middleware.Outages",
]
ROOT_URLCONF = "smartspec.urls"
WSGI_APPLICATION = "smartspec.wsgi.application"
APPEND_SLASH = False
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
    {
        "NAME": "pages",  # public pages; named so that the admin's lookups stay in Django templates
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "gallery.pages.environment.environment", "autoescape": True},
    },
]
