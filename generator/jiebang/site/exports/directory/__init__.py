"""The 需求目录 as a document to print, to stamp and to send: from the public view, as Excel, Word or PDF."""

from jiebang.site.exports.directory.content import Choice, Directory, directory_of
from jiebang.site.exports.directory.error import FormError
from jiebang.site.exports.directory.form import FORMS, make

__all__ = ["FORMS", "Choice", "Directory", "FormError", "directory_of", "make"]
