"""Where bytes live: local files or Cloudflare R2, behind the same two aliases `private` and `public`."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class LocalStorage(FileSystemStorage):
    def __init__(self, visibility: str = "private"):
        self.visibility = visibility
        super().__init__(location=settings.MEDIA_ROOT / visibility)
