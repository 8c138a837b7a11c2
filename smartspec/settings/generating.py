"""The provider, and the measures by which tasks are admitted, asked for and given up."""

from smartspec.settings.environment import env
from smartspec.settings.site import DEBUG, SITE_URL

KIE_AI_API_KEY = env.str("KIE_AI_API_KEY", "")
KIE_AI_BASE_URL = env.str("KIE_AI_BASE_URL", "https://api.kie.ai/api/v1/jobs").rstrip("/")
KIE_AI_UPLOAD_URL = env.str("KIE_AI_UPLOAD_URL", "")
KIE_AI_WEBHOOK_HMAC_KEY = env.str("KIE_AI_WEBHOOK_HMAC_KEY", "")
CALLBACK_URL = env.str("CALLBACK_URL", SITE_URL).rstrip("/")  # where the provider reaches us
ALLOW_SANDBOX = env.bool("ALLOW_SANDBOX", DEBUG)
ENABLE = {
    "image": env.bool("ENABLE_IMAGE_GENERATION", True),
    "video": env.bool("ENABLE_VIDEO_GENERATION", True),
    "audio": env.bool("ENABLE_AUDIO_GENERATION", True),
    "gallery": env.bool("ENABLE_PUBLIC_GALLERY", True),
}
GENERATION_RESULT_HOSTS = env.list(  # where results may be fetched from; a leading dot means "and below"
    "GENERATION_RESULT_HOSTS", default=[".aiquickdraw.com", ".redpandaai.co"]
)
GENERATION_DEADLINE_SECONDS = {  # from submission to the provider until we stop waiting
    "image": env.int("GENERATION_IMAGE_DEADLINE", 900),
    "video": env.int("GENERATION_VIDEO_DEADLINE", 2700),
    "audio": env.int("GENERATION_AUDIO_DEADLINE", 600),
}
GENERATION_LEASE_SECONDS = env.float("GENERATION_LEASE_SECONDS", 30.0)
GENERATION_POLL_SECONDS = env.float("GENERATION_POLL_SECONDS", 2.0)  # the first polls; later ones are slower
GENERATION_RECORD_GRACE_SECONDS = env.float("GENERATION_RECORD_GRACE_SECONDS", 120.0)
GENERATION_STORE_ATTEMPTS = env.int("GENERATION_STORE_ATTEMPTS", 8)
GENERATION_MAX_RESULT_BYTES = {"image": 100 * 2**20, "video": 2 * 2**30, "audio": 200 * 2**20}
GENERATION_MAX_WAITING_PER_USER = env.int("GENERATION_MAX_WAITING_PER_USER", 500)
GENERATION_CANCELS_PER_DAY = env.int("GENERATION_CANCELS_PER_DAY", 50)  # of one user, after the order
GENERATION_MAX_IN_FLIGHT_PER_USER = env.int("GENERATION_MAX_IN_FLIGHT_PER_USER", 40)
GENERATION_MAX_IN_FLIGHT = env.int("GENERATION_MAX_IN_FLIGHT", 100)
GENERATION_BREAKER_STRIKES = env.int("GENERATION_BREAKER_STRIKES", 5)  # doubtful orders within half a minute
WAITING_PLACES = env.int("WAITING_PLACES", 8)  # requests of one web process that may wait for a result
STREAM_PLACES = env.int("STREAM_PLACES", 16)  # event streams of one web process
STREAM_PROCESS_PLACES = env.int("STREAM_PROCESS_PLACES", 200)  # and of the streams process
GENERATION_CREATES_PER_WINDOW = env.int("GENERATION_CREATES_PER_WINDOW", 20)
GENERATION_CREATE_WINDOW_SECONDS = env.float("GENERATION_CREATE_WINDOW_SECONDS", 10.5)
GENERATION_POLLS_PER_SECOND = env.int(
    "GENERATION_POLLS_PER_SECOND", max(10, GENERATION_CREATES_PER_WINDOW // 2)
)  # readings of all tasks together: an account that may order more may ask more
