"""A letter's template, the bureau's own or the program's, filled in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from jiebang.desk.letters.content import Blanks, Letter
from jiebang.desk.letters.layout import TEMPLATES
from jiebang.errors import UserError
from jiebang.forms.writing.filling import as_text, filled
from jiebang.whole_files import READABLE, replace_file
from jiebang.workspace import workspace_of

FOLDER = "letters"
"""In the workspace: a bureau's own templates."""


def template_of(kind: str, catalogue: Path) -> Path:
    """The template of a kind of letter: the bureau's own of that name, else the program's."""
    own = workspace_of(catalogue) / FOLDER / f"{kind}.docx"
    return own if own.is_file() else TEMPLATES / own.name


def letter_docx(letter: Letter, common: Blanks, template: Path) -> bytes:
    """The letter as .docx. Records are text: nothing in them becomes markup or template. Raises UserError for a faulty template."""
    # autoescape is off, `finalize` escapes everything that is printed; a template comes from outside the program, hence the sandbox.
    environment = SandboxedEnvironment(undefined=StrictUndefined, finalize=as_text, autoescape=False)
    blanks = {**common, **letter.blanks}
    try:
        return filled(_word_file(template), blanks, environment)
    except TemplateSyntaxError as error:
        raise UserError(
            f"模板 {template} 的写法不对：{error.message}。",
            "核对 {{ }}、{% %} 是否成对，或用 jiebang letter --copy-templates 重新取一份。",
        ) from error
    except UndefinedError as error:
        raise UserError(
            f"模板 {template} 里有不认识的项目：{error.message}。", f"这种公文可以写：{'、'.join(sorted(blanks))}。"
        ) from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, SyntaxError) as error:
        # Whatever a template reckons, and Word markup that it breaks (lxml tells that as a SyntaxError).
        raise UserError(f"模板 {template} 用不了：{error}。", "核对模板里 {{ }}、{% %} 之间的内容。") from error


def _word_file(template: Path) -> bytes:
    """The bytes of a template that is a Word file at all."""
    try:
        data = template.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.getinfo("word/document.xml")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            f"模板 {template} 打不开。", "模板是 .docx 文件；用 Word 或 WPS 另存一次，或重新取一份。"
        ) from error
    return data


def copy_templates(catalogue: Path) -> tuple[list[Path], list[Path]]:
    """Puts the program's templates into the bureau's folder, to be edited: (written, left alone because they were there)."""
    folder = workspace_of(catalogue) / FOLDER
    written, kept = [], []
    try:
        folder.mkdir(exist_ok=True)
        for template in sorted(TEMPLATES.glob("*.docx")):
            target = folder / template.name
            if target.exists():
                kept.append(target)
                continue
            replace_file(target, template.read_bytes(), READABLE)
            written.append(target)
    except OSError as error:
        raise UserError(f"写不了 {folder}。", "检查文件夹权限和磁盘空间。") from error
    return written, kept
