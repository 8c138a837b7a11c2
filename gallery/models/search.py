"""What finding needs of a listed work, beside the wide row."""

from django.db import models
from django.db.models import Q

from gallery.models.item import Item
from gallery.models.tokens import TokensField
from smartspec.lib.tokens import Query
from storage_app.keys import MEDIA_TYPE_CHOICES

LONGEST_SPELLING = 7  # letters from the beginning that are compared first


def matches(query: Query, path: str = "") -> Q:
    """Through the index. For queries that find little; a common word fetches everything that has it."""
    return Q(**{f"{path}tokens__matches": query}) & inside_runs(query, path)


def holds(query: Query, path: str = "") -> Q:
    """Row by row. The same entries as `matches`, for walks that end soon."""
    return Q(**{f"{path}tokens__holds": query}) & inside_runs(query, path)


def inside_runs(query: Query, path: str) -> Q:
    """Pairs of letters say nothing of their order, so whole runs are looked for in the text."""
    return Q(*(Q(**{f"{path}runs__contains": run}) for run in query.runs if len(run) != 2))


class SearchEntry(models.Model):
    """Stands exactly while its item is listed; `gallery.search.upkeep` writes it with every change."""

    id = models.BigAutoField(primary_key=True)  # ranges of it make the parts of the sitemap
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="search_entry")
    published_at = models.DateTimeField()
    media_type = models.CharField(max_length=20, choices=MEDIA_TYPE_CHOICES)
    cluster = models.CharField(max_length=64, blank=True)  # the same for works that hardly differ
    runs = models.TextField(blank=True)
    tokens = TokensField()

    class Meta:
        db_table = "gallery_search"
        verbose_name = "search entry"
        verbose_name_plural = "search entries"
        indexes = [
            models.Index(fields=["-published_at", "-item"], name="search_newest"),
            models.Index(fields=["cluster", "published_at", "item"], name="search_cluster"),
        ]

    def __str__(self) -> str:
        return str(self.item_id)


class PromptBand(models.Model):
    """A sample of a prompt's words: prompts that say nearly the same share some. See `gallery.kinship`."""

    pk = models.CompositePrimaryKey("band", "entry_id")
    band = models.BigIntegerField()
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="bands")

    class Meta:
        db_table = "gallery_prompt_bands"
        verbose_name = "prompt band"
        verbose_name_plural = "prompt bands"

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.band:x}"


class Word(models.Model):
    """A Latin word that some listed work has or had; a misspelt search is compared with these."""

    word = models.CharField(max_length=64, primary_key=True)

    class Meta:
        db_table = "gallery_words"
        verbose_name = "word"
        verbose_name_plural = "words"

    def __str__(self) -> str:
        return self.word


class Spelling(models.Model):
    """A beginning of a word with up to two letters left out: two words that are alike share one."""

    id = models.BigAutoField(primary_key=True)
    text = models.CharField(max_length=LONGEST_SPELLING)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="spellings")

    class Meta:
        db_table = "gallery_spellings"
        verbose_name = "spelling"
        verbose_name_plural = "spellings"
        constraints = [models.UniqueConstraint(fields=["text", "word"], name="spelling_once")]

    def __str__(self) -> str:
        return self.text
