"""What can be measured, and on which ground it tells something; plain, because Django is not set up yet."""

GROUNDS = {  # word: what it stands on besides SQLite and local files
    "sqlite": {},
    "postgres": {"on_postgres": True},
    "s3": {"on_postgres": True, "on_s3": True},
    "sqlite-large": {"works": 1_000_000},
    "postgres-large": {"on_postgres": True, "works": 1_000_000},
}
HERE, THERE, AFAR, *LARGE = GROUNDS
ROWS = {  # those that need a worker without other work come first
    "store": (HERE, AFAR),
    "renditions": (HERE,),
    "deliver": (THERE,),
    "seen": (THERE,),
    "upload": (HERE, AFAR),
    "uhd": (HERE,),
    "weight": (HERE,),
    "start": (HERE,),
    "list": (HERE, THERE, *LARGE),
    "category": (HERE, THERE, *LARGE),
    "work": (HERE, THERE, *LARGE),
    "search": (HERE, THERE, *LARGE),
    "api": (HERE, THERE, *LARGE),
    "feed": (HERE, THERE, *LARGE),
    "deep": (HERE, THERE, *LARGE),
    "sitemap": (HERE, THERE, *LARGE),
    "kept": (HERE, THERE),
    "plans": (LARGE[-1],),
    "numbers": (HERE, THERE),
    "staff-lists": (THERE,),
    "submit": (HERE, THERE),
    "status": (HERE, THERE),
    "streams": (HERE, THERE),
}
PEERS = {"wagtail": (HERE, THERE)}  # set up and measured when asked for
