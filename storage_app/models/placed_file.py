"""A file field whose row decides in which storage the file lies."""

from django.core.files.storage import storages
from django.db import models
from django.db.models.fields.files import FieldFile


class PlacedFieldFile(FieldFile):
    """A file whose row says in which storage it lies: `private` or `public`."""

    @property
    def storage(self):
        """Asked anew each time: a row may have moved since its file was first looked at."""
        return storages[self.instance.visibility]

    @storage.setter
    def storage(self, value):
        """Django assigns the field's own storage; the row knows better."""


class PlacedFileField(models.FileField):
    attr_class = PlacedFieldFile
