from storage_app.models.asset import Asset
from storage_app.models.deletion import Certificate, Deletion
from storage_app.models.likeness import LikenessBand
from storage_app.models.placed_file import PlacedFileField
from storage_app.models.rendition import Rendition
from storage_app.models.upload import Upload

__all__ = [
    "Asset",
    "Certificate",
    "Deletion",
    "LikenessBand",
    "PlacedFileField",
    "Rendition",
    "Upload",
]
