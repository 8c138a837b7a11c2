from gallery.models.category import Category
from gallery.models.counts import Day, DayVisitor, ItemStats, Like, Tally
from gallery.models.decision import Decision
from gallery.models.desk import ReportOutcome, Sitting
from gallery.models.item import Item, ItemCategory, OldSlug
from gallery.models.numbers import DayCount, ItemNumbers, LogMark, ModelNumbers, MonthNumbers, Numbers
from gallery.models.relocation import Relocation
from gallery.models.report import Report
from gallery.models.reservation import Reservation
from gallery.models.search import PromptBand, SearchEntry, Spelling, Word
from gallery.models.shelf_slug import OldShelfSlug
from gallery.models.site_change import SiteChange
from gallery.models.sitemap import Announcement, SitemapPart

__all__ = [
    "Announcement",
    "Category",
    "Day",
    "DayCount",
    "DayVisitor",
    "Decision",
    "Item",
    "ItemCategory",
    "ItemNumbers",
    "ItemStats",
    "Like",
    "LogMark",
    "ModelNumbers",
    "MonthNumbers",
    "Numbers",
    "OldShelfSlug",
    "OldSlug",
    "PromptBand",
    "Relocation",
    "Report",
    "ReportOutcome",
    "Reservation",
    "SearchEntry",
    "SiteChange",
    "SitemapPart",
    "Sitting",
    "Spelling",
    "Tally",
    "Word",
]
