"""Where bytes live: local files or Cloudflare R2, behind the same two aliases `private` and `public`.

Both storages are Django storages, and both answer the same few words beside: `put`, `remove`, `copy`,
`stat`, `read`, `readable` and `shares_objects_with`. They raise StorageFailed, or FileNotFoundError.
R2Storage is named in settings where it is used: importing boto3 costs every process start 90 ms.
"""

from storage_app.storages.addresses import public_url
from storage_app.storages.local import LocalStorage

__all__ = ["LocalStorage", "public_url"]
