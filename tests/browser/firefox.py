"""Finds a Firefox to test with, as its makers ship it: the one named in JIEBANG_FIREFOX, else one on PATH. Playwright drives it by WebDriver BiDi.

By night every test of a page is run in it, too, but for those below.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

_NAMES = ("firefox-esr", "firefox")

_NO_EMULATION = "Firefox is not told to print, to be dark, to move less, to be touched or to run no scripts"
_NO_DOWNLOAD = "Playwright hears of no download there"
_NO_PDF = "pages become PDF in Chromium only"
_NO_CLIPBOARD = "the right to read the clipboard cannot be given"
_NO_INPUT = "what Playwright fills in at once is no change to Firefox when the field is left"
_NO_STEP_BACK = "Playwright waits for a page to load where the step back leads to the same page"
_CHROMIUM = "this measures Chromium"
_NOT_DRIVEN = {
    "test_browser_actions.py": {
        "test_copying": _NO_CLIPBOARD,
        "test_wall_keeps_still_for_those_who_ask": _NO_EMULATION,
        "test_without_scripts_nothing_is_offered_that_cannot_work": _NO_EMULATION,
    },
    "test_browser_export.py": {
        "test_csv_holds_the_same": _NO_DOWNLOAD,
        "test_many_demands_are_one_request": _NO_DOWNLOAD,
        "test_no_cell_is_a_formula": _NO_DOWNLOAD,
        "test_scripts_for_tables_come_on_demand": _NO_DOWNLOAD,
        "test_stored_where_the_browser_cannot_deflate": _NO_DOWNLOAD,
        "test_workbook_holds_exactly_what_is_shown": _NO_DOWNLOAD,
        "test_workbook_is_fit_for_work": _NO_DOWNLOAD,
    },
    "test_browser_favourites.py": {
        "test_of_more_than_four_the_reader_says_which_stand_side_by_side": _NO_CLIPBOARD,
        "test_on_paper_no_more_than_three_stand_side_by_side": _NO_EMULATION,
        "test_share_by_address": _NO_CLIPBOARD,
        "test_without_scripts_the_page_says_where_to_go": _NO_EMULATION,
    },
    "test_browser_frame.py": {
        "test_large_type_fits_and_contrasts": "a script that runs first runs on the empty page, too"
    },
    "test_browser_list.py": {
        "test_back_and_forward": _NO_STEP_BACK,
        "test_typing_is_one_step_back": _NO_STEP_BACK,
        "test_without_scripts": _NO_EMULATION,
    },
    "test_browser_measured.py": {"test_the_measurement_runs": _CHROMIUM},
    "test_browser_pages.py": {
        "test_a_page_stays_in_its_place_while_it_opens": "it does not tell what moves",
        "test_axe_is_asked_anew_each_time": _NO_EMULATION,
        "test_links_that_stand_alone_fit_a_finger": _NO_EMULATION,
        "test_print_hides_the_machinery": _NO_EMULATION,
        "test_theme_button": _NO_EMULATION,
    },
    "test_browser_paper.py": {
        "test_a_demand_is_printed_on_one_page": _NO_PDF,
        "test_a_long_demand_flows_on": _NO_PDF,
        "test_a_site_without_an_address_prints_too": _NO_PDF,
        "test_the_card_is_saved_as_a_picture": _NO_DOWNLOAD,
        "test_without_scripts_the_card_is_a_file": _NO_EMULATION,
    },
    "test_browser_profile.py": {"test_nothing_of_a_test_is_left_for_the_next": _NO_EMULATION},
    "test_browser_submit.py": {
        "test_a_demand_page_fills_in_which_demand_it_is": _NO_INPUT,
        "test_an_enterprise_that_is_known_only_adds_a_demand": _NO_INPUT,
        "test_filled_on_a_telephone_saved_and_checked": _NO_DOWNLOAD,
        "test_keyboard_alone": _NO_INPUT,
        "test_one_step_is_seen_at_a_time_and_the_others_say_what_is_left": _NO_EMULATION,
        "test_without_scripts_the_page_names_the_other_way": _NO_EMULATION,
    },
}
"""Tests that ask of a browser what WebDriver BiDi, Playwright or Firefox does not offer yet; Chromium runs them."""


def executable() -> str | None:
    """Path of the browser; None where there is none."""
    if named := os.environ.get("JIEBANG_FIREFOX"):
        return named
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def launch_options() -> dict[str, Any]:
    """What Playwright starts it with."""
    # Port 9, where nobody listens, is one that Firefox asks nothing of.
    preferences = {"network.security.ports.banned.override": "9"}
    return {"executable_path": executable(), "channel": "moz-firefox", "firefox_user_prefs": preferences}


def why_not(file: str, test: str) -> str | None:
    """Why a test of a file cannot be run in it; None where it can."""
    return _NOT_DRIVEN.get(file, {}).get(test)


def not_driven() -> list[tuple[str, str]]:
    """The files and names of the tests that are not run in it."""
    return [(file, test) for file, tests in _NOT_DRIVEN.items() for test in tests]
