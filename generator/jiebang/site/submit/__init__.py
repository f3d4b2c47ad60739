"""The web form: three official forms asked on two pages, made from the schemas; what is typed there never leaves the browser.

`plan` says which fields are asked, `questions` how, `model` what the page's scripts know, `forge` where the files go; `pages` makes the
pages.
"""

from jiebang.site.submit.forge import forge_complaint
from jiebang.site.submit.pages import submit_pages

__all__ = ["forge_complaint", "submit_pages"]
