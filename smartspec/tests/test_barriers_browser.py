"""Who looks for barriers finds them."""

import pytest

from smartspec.tests.barriers import barriers
from smartspec.tests.servers import chromium

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><title>A page</title><main><h1>Works</h1>{}</main>"""


def test_a_barrier_is_told_with_its_place_and_a_page_without_one_has_none():
    with chromium.open_browser() as browser:
        page = browser.new_page()
        page.set_content(PAGE.format('<img src="data:," id="mute">'))
        assert barriers(page) == ["about:blank: image-alt at #mute"]
        page.set_content(PAGE.format('<img src="data:," alt="A river">'))
        assert barriers(page) == []
