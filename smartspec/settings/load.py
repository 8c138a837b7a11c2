"""How much one web process takes on at the same time, and when it takes on nothing more."""

from smartspec.settings.environment import env

REQUESTS_AT_ONCE = env.int("REQUESTS_AT_ONCE", 32)  # more are answered 503 with Retry-After
LEAVING_MARK = env.str("LEAVING_MARK", "")  # a file: while it is there, balancers are sent elsewhere
