"""What others take away: the published demands as data, in files with stable addresses below `data/v1/`."""

from jiebang.site.exports.files import export_files

__all__ = ["export_files"]
