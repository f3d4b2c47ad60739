"""Forms as files of every kind, each in a folder of its own with what has to come out of it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jiebang.forms.reading import document
from jiebang.forms.reading.document import libreoffice, read_file
from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import FormError
from jiebang.forms.reading.forms import Form, read_forms
from tests.conftest import FIXTURES

FOLDERS = sorted(path for path in (FIXTURES / "forms").iterdir() if path.is_dir())


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=lambda number: float(number) if isinstance(number, Decimal) else None))


def as_read(form: Form) -> dict[str, Any]:
    """A form in a shape to compare and to read: values, and each finding as field, place and quoted text."""
    statement = form.statement
    findings = [
        *form.findings,
        *(finding for demand in form.demands for finding in demand.findings),
        *(finding for item in form.items for finding in item.findings),
        *(statement.findings if statement else ()),
    ]
    whole = {
        "annex": form.annex,
        "enterprise": form.enterprise,
        "demands": [demand.value for demand in form.demands],
        "items": [item.value for item in form.items],
        "statement": {"enterprise": statement.enterprise, "item": statement.item, **statement.value}
        if statement
        else {},
        "findings": [[finding.field, finding.place, finding.text] for finding in findings],
    }
    return {key: _plain(value) for key, value in whole.items() if value}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_form_is_read_as_its_folder_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (form,) = folder.glob("form.*")
    converted = folder / "converted.docx"
    if converted.exists():
        # What LibreOffice makes of this file, kept beside it: the suite needs no LibreOffice.
        monkeypatch.setattr(document, "to_docx", lambda _: converted.read_bytes())
    read = [as_read(found) for found in read_forms(read_file(form, parse))]
    assert read == json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def test_without_libreoffice_people_are_told_how_to_save_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.forms.reading.document.libreoffice.shutil.which", lambda _: None)
    with pytest.raises(FormError) as raised:
        read_file(FIXTURES / "forms" / "annex1-wps" / "form.wps", parse)
    assert "没有装 LibreOffice" in raised.value.message
    assert "另存为" in raised.value.hint


def test_libreoffice_gets_a_profile_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in that answers like soffice: it writes form.docx into the folder it is told, or nothing."""
    folder = FIXTURES / "forms" / "annex1-doc"
    stand_in = tmp_path / "soffice"
    stand_in.write_text(
        "#!/bin/sh\n"
        f'echo "$@" > {tmp_path}/arguments\n'
        'while [ "$1" != --outdir ]; do shift; done\n'
        f'cp {folder}/converted.docx "$2/form.docx"\n',
        encoding="utf-8",
    )
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert libreoffice.to_docx((folder / "form.doc").read_bytes()) == (folder / "converted.docx").read_bytes()
    told = (tmp_path / "arguments").read_text(encoding="utf-8")
    assert "--headless" in told and "-env:UserInstallation=file:" in told
    stand_in.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(FormError, match="转换不了"):
        libreoffice.to_docx(b"")
