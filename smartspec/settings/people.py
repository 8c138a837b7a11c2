"""Who signs in, and how."""

from datetime import timedelta

from smartspec.settings.environment import env
from smartspec.settings.site import DEBUG

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/accounts/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
STAFF_TWO_STEP = env.bool("STAFF_TWO_STEP", not DEBUG)  # a code beside the password opens the admin
OTP_TOTP_ISSUER = "SmartSpec Pro"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # guesses are counted by accounts.attempts
STARTING_CREDITS = env.str("STARTING_CREDITS", "500")
API_KEY_LIFETIME = timedelta(days=env.int("API_KEY_DAYS", 365))
