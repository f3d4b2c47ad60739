"""Records sealed, opened and written: from text to file and back. Nothing that was opened is written anywhere but in the record's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jiebang.catalogue.catalogue import read_bytes, read_record
from jiebang.catalogue.files import ENDING, RecordFile, file_at, id_promised_by
from jiebang.catalogue.findings import FINDINGS
from jiebang.catalogue.keys import Keyring, digest_of
from jiebang.catalogue.record import Record
from jiebang.catalogue.sealed import PUBLIC, content_of, recipients_of, sealed
from jiebang.catalogue.write import write_files
from jiebang.errors import UserError

NO_RECIPIENTS = UserError(
    "districts.yml 没有写密封的接收人。",
    "先用 jiebang new key 生成工作密钥和备用密钥，请市级维护人把公钥写进 city 的 sealing。",
)


def ending_of(kind: str, districts: Record | None) -> str:
    """How the file of a new record ends: `.yml`, or `.yml.age` where records of its kind are sealed."""
    return f".yml{ENDING}" if kind in PUBLIC and recipients_of(districts) else ".yml"


def sealed_record(file: RecordFile, text: bytes, recipients: Sequence[str]) -> bytes:
    """The sealed file of a record. Raises UserError for one whose public part cannot be told, and where there are no recipients."""
    if not recipients:
        raise NO_RECIPIENTS
    record = read_record(replace(file, path=file.path.removesuffix(ENDING)), text).record
    return sealed(file.kind, id_promised_by(file.path), record.near if record is not None else {}, text, recipients)


def opened_record(root: Path, file: RecordFile, keys: Keyring) -> bytes:
    """The text of a sealed record. Raises UserError where it cannot be opened, or is not the record that its public part promises; OSError."""
    content = content_of(file, *read_bytes(root / file.path), keys)
    if content.seal is None:
        raise UserError(f"{file.path} 太大，不是密封的记录。", "从 git 里取回原来的文件。")
    if content.seal.refusals:
        refusal = content.seal.refusals[0]
        raise UserError(f"{file.path}：{refusal.message}", refusal.hint or FINDINGS[refusal.code].remedy)
    return content.data


def contents_of_records(root: Path, texts: Mapping[str, str], districts: Record | None) -> dict[Path, bytes]:
    """The files of records, to be written whole: their texts, sealed where the path is that of a sealed record. `texts`: by the path in the
    catalogue. Raises UserError."""
    return {root / path: _content_of_record(path, text.encode(), districts) for path, text in texts.items()}


def _content_of_record(path: str, text: bytes, districts: Record | None) -> bytes:
    file = file_at(path)
    return sealed_record(file, text, recipients_of(districts)) if file is not None and file.is_sealed else text


def seal_file(root: Path, file: RecordFile, recipients: Sequence[str]) -> str:
    """Puts a sealed file in the place of one in plain; its path. Raises UserError, OSError."""
    data, _ = read_bytes(root / file.path)
    path = f"{file.path}{ENDING}"
    if (root / path).exists():
        raise UserError(
            f"{path} 已经有了，没有覆盖。", f"核对两份哪份是新的；旧的那份是密封的，就先删去它，再密封 {file.path}。"
        )
    write_files({root / path: sealed_record(replace(file, path=path), data, recipients)})
    (root / file.path).unlink()
    return path


def unseal_file(root: Path, file: RecordFile, keys: Keyring) -> str:
    """Puts the record in plain in the place of a sealed file; its path. Raises UserError, OSError."""
    text, path = opened_record(root, file, keys), file.path.removesuffix(ENDING)
    if (root / path).exists():
        raise UserError(f"{path} 已经有了，没有覆盖。", "核对两份哪份是新的，再删去另一份。")
    # As in `write_files`. Who shares this machine is not who holds the key.
    from jiebang.whole_files import PRIVATE, replace_file

    replace_file(root / path, text, PRIVATE)
    (root / file.path).unlink()
    return path


def reseal_file(root: Path, file: RecordFile, keys: Keyring, recipients: Sequence[str]) -> bool:
    """Seals a sealed record anew, to other recipients perhaps; the old file stands until the new one does. Raises UserError, OSError.

    False where the file says that it is sealed to these recipients already and the keys do not open it: a run before this one was stopped
    half-way, and its rest is to be done with the same old key.
    """
    seal = content_of(file, *read_bytes(root / file.path), keys).seal
    if (
        seal is not None
        and not seal.opened
        and (seal.sealed_to, seal.recipients) == (digest_of(recipients), len(recipients))
    ):
        return False
    text = opened_record(root, file, keys)
    write_files({root / file.path: sealed_record(file, text, recipients)})
    return True
