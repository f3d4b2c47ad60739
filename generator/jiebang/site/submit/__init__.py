"""The web form: three official forms asked on two pages, made from the schemas; what is typed there never leaves the browser."""

from jiebang.site.submit.forge import forge_complaint
from jiebang.site.submit.pages import submit_pages

__all__ = ["forge_complaint", "submit_pages"]
