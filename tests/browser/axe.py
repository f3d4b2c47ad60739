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
_CONTRASTS = """async ([rules, readable]) => {
  // Its own look and that of all that it stands in, outermost first.
  const looks = new Map();
  const lookOf = (element) => {
    if (!element) return "";
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const look = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow"].map((name) => style[name]);
      // What is laid over something else has a ground of its own, whatever it stands in.
      if (!["static", "relative"].includes(style.position)) look.push(`@${looks.size}`);
      looks.set(element, `${lookOf(element.parentElement)};${look}`);
    }
    return looks.get(element);
  };
  const hash = (text) => {
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i++) {
      one = Math.imul(one ^ text.charCodeAt(i), 2654435761);
      other = Math.imul(other ^ text.charCodeAt(i), 1597334677);
    }
    return (one >>> 0) * 2 ** 20 + (other >>> 12);
  };
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const known = new Set(readable);
  const seen = {};
  const asked = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some(isText) && !element.matches("input, select, textarea")) continue;
    const style = getComputedStyle(element);
    // A link is told apart from the text around it, where there is some.
    const around = element.matches("a") && element.closest("p, li, td, th, dd, dt, div, section, main, body");
    const inText = around && around.textContent.trim() !== element.textContent.trim();
    const { fontSize, fontWeight, fontStyle, textDecorationLine, borderBottomStyle, visibility } = style;
    const key = [lookOf(element), fontSize, fontWeight, fontStyle, textDecorationLine, borderBottomStyle, visibility, inText].join("|");
    seen[key] = (seen[key] || 0) + 1;
    if (seen[key] > 2) continue;
    // What is laid over something contrasts with what this page has there: that is no other page's.
    const look = key.includes("@") ? 0 : hash(key);
    if (!known.has(look)) asked.set(element, look);
  }
  if (!asked.size) return { violations: [], readable: [] };
  const options = { runOnly: rules, resultTypes: ["violations", "incomplete", "passes"], elementRef: true };
  const found = await axe.run({ include: [...asked.keys()] }, options);
  const among = (results) => results.flatMap((rule) => rule.nodes.map((node) => node.element));
  const doubtful = new Set(among([...found.violations, ...found.incomplete]));
  const passed = among(found.passes.filter((rule) => rule.id === "color-contrast")).filter((element) => !doubtful.has(element));
  const told = (node) => ({ target: node.target, failureSummary: node.failureSummary });
  return {
    violations: found.violations.map((rule) => ({ id: rule.id, nodes: rule.nodes.map(told) })),
    readable: passed.map((element) => asked.get(element)).filter(Boolean),
  };
}"""
"""Asks about two of the texts whose colours, size and all grounds behind them are the same: the third contrasts as they do. What passed on
one page passes on the others: nine tenths of a page look like the one before."""
_READABLE: set[int] = set()
"""Looks of texts that passed."""


def shorten(page: Page) -> None:
    """Takes most entries out of long lists: the hundredth looks like the first, and axe takes a tenth of the time."""
    page.evaluate(_SHORTEN)


def _load(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in violations for node in rule["nodes"]]


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    _load(page)
    return _told(
        page.evaluate(
            "async options => (await axe.run(document, options)).violations", {"resultTypes": ["violations"], **options}
        )
    )


def broken(page: Page, rule: str) -> list[str]:
    """What axe finds by one rule that colours do not matter to."""
    return _found(page, {"runOnly": [rule]})


def contrasts(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    """What axe finds in the colours of this scheme."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    _load(page)
    found = page.evaluate(_CONTRASTS, [_ABOUT_COLOURS, list(_READABLE)])
    _READABLE.update(found["readable"])
    return _told(found["violations"])


def violations(page: Page) -> list[str]:
    """What axe finds by all its rules, in light and dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    others = _found(page, {"rules": {rule: {"enabled": False} for rule in _ABOUT_COLOURS}})
    return [*others, *contrasts(page, "light"), *contrasts(page, "dark")]
