"""The rules of the house that no type checker sees."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from smartspec.lib.processes import ROOT

ROOMS = ("smartspec", "accounts", "generation", "gallery", "storage_app")

# The specification's tables and columns. None: the column lives under its own name; else its heir.
SPECIFIED = {
    "generation_tasks": {
        "id": None,
        "user_id": None,
        "task_type": None,
        "model_id": None,
        "provider": None,
        "prompt": None,
        "input_params": None,
        "reference_files": None,
        "status": None,
        "external_task_id": None,
        "output_url": "storage_assets.file",
        "output_metadata": None,
        "credits_used": None,
        "processing_time_ms": None,
        "created_at": None,
        "started_at": None,
        "completed_at": None,
    },
    "gallery_items": {
        "id": None,
        "generation_task_id": None,
        "title": None,
        "description": None,
        "media_type": None,
        "media_url": "gallery_items.media_id",
        "thumbnail_url": "storage_renditions.file",
        "slug": None,
        "meta_title": None,
        "meta_description": None,
        "keywords": None,
        "is_featured": None,
        "is_public": None,
        "display_order": None,
        "view_count": "gallery_item_stats.view_count",
        "like_count": "gallery_item_stats.like_count",
        "created_by": "gallery_items.created_by_id",
        "approved_at": None,
        "approved_by": "gallery_items.approved_by_id",
        "created_at": None,
        "updated_at": None,
    },
    "gallery_categories": {
        "id": None,
        "name": None,
        "slug": None,
        "description": None,
        "parent_id": None,
        "display_order": None,
        "is_active": None,
        "created_at": None,
    },
    "gallery_item_categories": {"gallery_item_id": "gallery_item_categories.item_id", "category_id": None},
}


def test_imports_point_downwards():
    """In a process of its own: the linter turns off every logger that it finds."""
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def sources() -> list[Path]:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    return [file for file in files if not {"tests", "migrations"} & set(file.parts)]


def jobs_named_in_wakes() -> list[str]:
    """The first argument of every call of `wake`, a literal or a constant of its module."""
    names = []
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "wake":
                first = node.args[0]
                module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
                names.append(
                    first.value
                    if isinstance(first, ast.Constant)
                    else getattr(import_module(module), first.id)
                )
    return names


def constant(file: Path, name: str) -> str:
    return getattr(import_module(".".join(file.relative_to(ROOT).with_suffix("").parts)), name)


def test_every_room_wakes_jobs():
    assert {name.split(".")[0] for name in jobs_named_in_wakes()} == {"generation", "storage_app", "gallery"}


@pytest.mark.parametrize("name", sorted({*jobs_named_in_wakes(), *settings.SWEEPS}))
def test_jobs_that_are_named_exist(name):
    assert callable(import_string(name))


def columns() -> set[str]:
    """`table.column` of every row that we keep."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


@pytest.mark.parametrize("table", SPECIFIED)
def test_the_specified_columns_exist_or_have_an_heir(table):
    wanted = {heir or f"{table}.{name}" for name, heir in SPECIFIED[table].items()}
    assert wanted - columns() == set()


def test_heirs_are_told_in_the_architecture():
    told = (ROOT / "docs" / "architecture.md").read_text()
    for table in ("generation_tasks", "gallery_items"):
        for name in ("output_url", "media_url", "thumbnail_url", "view_count", "like_count"):
            if name in SPECIFIED[table]:
                assert name in told


def test_every_setting_of_the_environment_is_told_in_the_example():
    subjects = (ROOT / "smartspec" / "settings").glob("*.py")
    read = {name for one in subjects for name in re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', one.read_text())}
    told = set(re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == told


def test_the_repository_has_no_left_over_notes():
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")))
    assert [str(file) for file in sources() if words.search(file.read_text())] == []
