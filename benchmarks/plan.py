"""What can be measured, and on which ground it tells something; plain, because Django is not set up yet."""

GROUNDS = {  # word: what it stands on besides SQLite and local files
    "sqlite": {},
    "postgres": {"on_postgres": True},
    "s3": {"on_postgres": True, "on_s3": True},
}
HERE, THERE, AFAR = GROUNDS
ROWS = {  # those that need a worker without other work come first
    "store": (HERE, AFAR),
    "renditions": (HERE,),
    "deliver": (THERE,),
    "seen": (THERE,),
    "upload": (HERE, AFAR),
    "uhd": (HERE,),
    "weight": (HERE,),
    "list": (HERE, THERE),
    "category": (HERE, THERE),
    "work": (HERE, THERE),
    "api": (HERE, THERE),
    "submit": (HERE, THERE),
    "status": (HERE, THERE),
    "streams": (HERE, THERE),
}
