"""Privacy at the door: who is named in a table, pseudonyms, messages without names, and where files may lie."""

from __future__ import annotations

from cslab.sources.privacy.door import BLANKED, Masked, masked
from cslab.sources.privacy.notice import NOTICE_FILE, notice, notice_text
from cslab.sources.privacy.places import default_folder, free_place, is_real, refuse_inside, settings_folder
from cslab.sources.privacy.veil import told, veiled_faults, veiled_notes

__all__ = [
    "BLANKED",
    "NOTICE_FILE",
    "Masked",
    "default_folder",
    "free_place",
    "is_real",
    "masked",
    "notice",
    "notice_text",
    "refuse_inside",
    "settings_folder",
    "told",
    "veiled_faults",
    "veiled_notes",
]
