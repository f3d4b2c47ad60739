"""Where a program that is wrong would do harm: modules, and the tests that concern them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Modules by path below `generator/jiebang`; tests as pytest takes them; of those, what is left out as pytest's `-k` does."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    but: str = ""


PLACES: Mapping[str, Place] = {
    "earlier looks": Place(
        ("rules/earlier_looks.py", "detection/trigrams.py"),
        ("tests/publication/test_earlier_looks.py", "tests/detection/test_trigrams.py"),
    ),
    "gate": Place(
        (
            "publication/gate.py",
            "publication/extraction.py",
            "publication/large_files.py",
            "publication/json_texts.py",
            "publication/spelt_bytes.py",
            "publication/bare_runs.py",
            "publication/encodings.py",
            "publication/fonts.py",
            "publication/lzw.py",
            "publication/pdf_filters.py",
            "publication/script_literals.py",
            "publication/tape_archives.py",
            "publication/unpacking.py",
        ),
        (
            "tests/publication/test_extraction.py",
            "tests/publication/test_extraction_pdf.py",
            "tests/publication/test_extraction_pictures.py",
            "tests/publication/test_gate.py",
            "tests/publication/test_gate_files.py",
            "tests/publication/test_segments.py",
            "tests/cli/test_audit.py",
        ),
    ),
    "privacy": Place(
        (
            "rules/privacy.py",
            "rules/public_texts.py",
            "rules/hidden_names.py",
            "rules/secrets.py",
            "rules/secret_index.py",
            "rules/allowlist.py",
        ),
        (
            "tests/rules/test_secrets.py",
            "tests/rules/test_allowlist.py",
            "tests/rules/test_public_texts.py",
            "tests/rules/test_secret_index.py",
            "tests/rules/test_privacy.py",
            "tests/rules/test_mistakes.py",
            "tests/rules/test_known_needles.py",
            "tests/rules/test_secrecy.py",
            "tests/rules/test_hidden_names.py",
            "tests/detection/test_folding_together.py",
            "tests/publication/test_gate.py",
            "tests/publication/test_planted.py",
        ),
    ),
    "reader": Place(
        (
            "catalogue/catalogue.py",
            "catalogue/convert.py",
            "catalogue/decode.py",
            "catalogue/events.py",
            "catalogue/files.py",
            "catalogue/formats.py",
            "catalogue/nodes.py",
            "catalogue/plain_style.py",
            "catalogue/record.py",
            "catalogue/validate.py",
            "catalogue/yaml_slips.py",
        ),
        ("tests/catalogue", "tests/hostile/test_records.py", "tests/rules/test_mistakes.py"),
    ),
    "proposal": Place(
        (
            "proposal/amendments.py",
            "proposal/attributes.py",
            "proposal/commits.py",
            "proposal/contents.py",
            "proposal/judgement.py",
            "proposal/moves.py",
            "proposal/passing.py",
            "proposal/permissions.py",
            "proposal/protections.py",
            "proposal/received.py",
            "proposal/requester.py",
            "proposal/reviews.py",
            "proposal/trees.py",
        ),
        (
            "tests/proposal/test_amendments.py",
            "tests/proposal/test_attacks.py",
            "tests/proposal/test_attributes.py",
            "tests/proposal/test_commits.py",
            "tests/proposal/test_contents.py",
            "tests/proposal/test_illegal_changes.py",
            "tests/proposal/test_judgement.py",
            "tests/proposal/test_lives.py",
            "tests/proposal/test_moves.py",
            "tests/proposal/test_passing.py",
            "tests/proposal/test_permissions.py",
            "tests/proposal/test_preexisting.py",
            "tests/proposal/test_protections.py",
            "tests/proposal/test_received.py",
            "tests/proposal/test_refused_refs.py",
            "tests/proposal/test_requester.py",
            "tests/proposal/test_reviews.py",
            "tests/proposal/test_strangers.py",
            "tests/proposal/test_trees.py",
            "tests/proposal/test_undoing.py",
            "tests/proposal/test_unsealed.py",
        ),
    ),
    "screen": Place(
        (
            "detection/mixed_pinyin.py",
            "detection/pattern_index.py",
            "detection/screening.py",
            "detection/segments.py",
        ),
        (
            "tests/detection/test_name_kinds.py",
            "tests/detection/test_names_in_other_letters.py",
            "tests/detection/test_pattern_index.py",
            "tests/detection/test_screening.py",
            "tests/detection/test_spellings.py",
            "tests/detection/test_trigrams.py",
            "tests/publication/test_earlier_looks.py",
            "tests/publication/test_segments.py",
        ),
    ),
    "sizes": Place(
        ("rules/sizes.py", "rules/size_reasons.py"), ("tests/rules/test_sizes.py", "tests/rules/test_affiliation.py")
    ),
    "store": Place(("store.py", "whole_files.py"), ("tests/mapping",)),
}
