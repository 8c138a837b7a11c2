"""What shuts people out of a page, as far as a machine can see: axe-core by the rules of WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "runOnly": {"type": "tag", "values": WCAG},
    "resultTypes": ["violations"],  # what passes is counted and not described: a third of the time
}


def barriers(page: Page) -> list[str]:
    """One line for each rule that is broken, with the first places where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url}: {each['id']} at {', '.join(str(node['target'][0]) for node in each['nodes'][:3])}"
        for each in found
    ]
