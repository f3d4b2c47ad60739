"""What axe finds on a page."""

from __future__ import annotations

from typing import Any, Literal

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
_ABOUT_COLOURS = ("color-contrast", "link-in-text-block")
"""Rules that look at colours: three quarters of axe's time, and the only ones that light and dark can differ in."""
_DISTINCT = """() => {
  // Its own look and that of all that it stands in, outermost first.
  const looks = new Map();
  const lookOf = (element) => {
    if (!element) return "";
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const look = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow"].map((name) => style[name]);
      // What is laid over something else has a ground of its own, whatever it stands in.
      if (!["static", "relative"].includes(style.position)) look.push(looks.size);
      looks.set(element, `${lookOf(element.parentElement)};${look}`);
    }
    return looks.get(element);
  };
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const seen = {};
  return [...document.body.querySelectorAll("*")].filter((element) => {
    if (![...element.childNodes].some(isText) && !element.matches("input, select, textarea")) return false;
    const style = getComputedStyle(element);
    // A link is told apart from the text around it, where there is some.
    const around = element.matches("a") && element.closest("p, li, td, th, dd, dt, div, section, main, body");
    const inText = around && around.textContent.trim() !== element.textContent.trim();
    const { fontSize, fontWeight, fontStyle, textDecorationLine, borderBottomStyle, visibility } = style;
    const key = [lookOf(element), fontSize, fontWeight, fontStyle, textDecorationLine, borderBottomStyle, visibility, inText].join("|");
    seen[key] = (seen[key] || 0) + 1;
    return seen[key] <= 2;
  });
}"""
"""Two of the texts whose colours, size and all grounds behind them are the same: the third contrasts as they do."""


def shorten(page: Page) -> None:
    """Takes most entries out of long lists: the hundredth looks like the first, and axe takes a tenth of the time."""
    page.evaluate(_SHORTEN)


def _found(page: Page, options: dict[str, Any], texts: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)
    found = page.evaluate(
        f"async options => (await axe.run({texts}, options)).violations", {"resultTypes": ["violations"], **options}
    )
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def broken(page: Page, rule: str) -> list[str]:
    """What axe finds by one rule that colours do not matter to."""
    return _found(page, {"runOnly": [rule]}, "document")


def contrasts(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    """What axe finds in the colours of this scheme."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return _found(page, {"runOnly": list(_ABOUT_COLOURS)}, f"{{ include: ({_DISTINCT})() }}")


def violations(page: Page) -> list[str]:
    """What axe finds by all its rules, in light and dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    others = _found(page, {"rules": {rule: {"enabled": False} for rule in _ABOUT_COLOURS}}, "document")
    return [*others, *contrasts(page, "light"), *contrasts(page, "dark")]
