"""A multipart body on its way to disk: one file, in bounded memory, and no more of it than we keep."""

from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, DataAndFiles

from smartspec.lib.errors import InvalidInput
from storage_app.errors import FileTooLarge, UnknownType
from storage_app.file_types import HEAD_BYTES, recognise
from storage_app.scratch import scratch_folder

FIELD = "file"


class FileParser(BaseParser):
    """`multipart/form-data` with one part: `file`."""

    media_type = "multipart/form-data"

    def parse(self, stream, media_type=None, parser_context=None) -> DataAndFiles:
        meta = parser_context["request"].META | {"CONTENT_TYPE": media_type}
        handler, body = ToDisk(), Counted(stream)
        try:
            form, files = MultiPartParser(meta, body, [handler]).parse()
            refuse_fields(form)
            if body.count < int(meta.get("CONTENT_LENGTH") or 0):
                raise ParseError(_("The body ended early."))
        except (MultiPartParserError, SuspiciousOperation, UnreadablePostError) as error:
            handler.close()
            raise ParseError(_("The form could not be read.")) from error
        except BaseException:
            handler.close()
            raise
        return DataAndFiles(form, files)


class ToDisk(FileUploadHandler):
    """Writes the part `file` to the scratch folder; its first bytes say how large it may become."""

    file = None

    def new_file(self, field_name, *args, **kwargs) -> None:
        super().new_file(field_name, *args, **kwargs)
        if field_name != FIELD or self.file is not None:
            raise unwanted(field_name)
        self.file = NamedTemporaryFile(dir=scratch_folder())  # noqa: SIM115 - closed by whoever gets it
        self.limit, self.head = max(settings.UPLOAD_LIMITS.values()), b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start < HEAD_BYTES:
            self.head += raw_data[: HEAD_BYTES - start]
            if len(self.head) == HEAD_BYTES:
                self.limit = limit_of(self.head)
        if start + len(raw_data) > self.limit:
            raise FileTooLarge
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size)

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


def limit_of(head: bytes) -> int:
    """In bytes, for a file that begins like this; raises UnknownType."""
    found = recognise(head)
    if found is None:
        raise UnknownType
    return settings.UPLOAD_LIMITS[found.media_type]


def refuse_fields(form) -> None:
    for name in form:
        raise unwanted(name)


def unwanted(name: str) -> InvalidInput:
    detail = str(_("Send one file, in the field “file”, and nothing else."))
    return InvalidInput(detail, errors=[{"pointer": f"/{name}", "code": "unknown", "detail": detail}])


class Counted:
    """A stream that knows how much of it was read."""

    def __init__(self, stream):
        self._stream = stream
        self.count = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data
