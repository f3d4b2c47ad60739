"""What axe finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
_SHORTEN = """() => {
  for (const list of document.querySelectorAll("ul, ol, dl, tbody, .field-list, .cards")) {
    const seen = {};
    for (const entry of [...list.children]) {
      const kind = `${entry.tagName} ${entry.className}`;
      seen[kind] = (seen[kind] || 0) + 1;
      if (seen[kind] > 8) entry.remove();
    }
  }
  for (const entry of document.querySelectorAll(".card:nth-child(n + 8), .field:nth-child(n + 16)")) entry.remove();
}"""


def shorten(page: Page) -> None:
    """Takes most entries out of long lists: the hundredth looks like the first, and axe takes a tenth of the time."""
    page.evaluate(_SHORTEN)


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds, by all its rules or by those named. A page is given axe once, however often it is asked."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
