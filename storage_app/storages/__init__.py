"""Where bytes live: local files or Cloudflare R2, behind the same two aliases `private` and `public`.

Both storages are Django storages, and both answer the same few words beside: `put`, `remove`, `copy`,
`stat`, `read`, `readable` and `shares_objects_with`. They raise StorageFailed, or FileNotFoundError.
"""

from storage_app.storages.addresses import public_url
from storage_app.storages.local import LocalStorage
from storage_app.storages.r2 import R2Storage

__all__ = ["LocalStorage", "R2Storage", "public_url"]
