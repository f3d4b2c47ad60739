"""For `yaml._yaml`, PyYAML's binding to libyaml: the same events by PyYAML's own parser."""

from __future__ import annotations

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class CParser(Reader, Scanner, Parser):
    """Gives the events of a text. Raises yaml.MarkedYAMLError, in other words than libyaml's."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
