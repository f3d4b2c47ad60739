"""Fragments of pages: Jinja2 with escaping on and unknown names refused, so that a record's text stays text."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from jiebang.site import charts, figures, labels, paths, text


class Templates:
    """The fragments of one `site/templates` folder."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            # The digest of the frames names one state of the templates; they must not change under it.
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            paragraphs=text.paragraphs,
            parameter_blocks=text.parameter_blocks,
            tel=text.tel,
            state_name=labels.state_name,
            percent=figures.percent,
            share=figures.share,
            by_state=charts.by_state,
            by_measure=charts.by_measure,
            states_key=paths.states_key,
        )
        self._environment.globals.update(list_address=paths.list_address)

    def render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)
