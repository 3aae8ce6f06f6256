"""Makes the three phones of the sample case: everything invented, the same files for the same day, byte for byte.

`python samples/phones` writes them beside this file for DAY; `python samples/phones FOLDER 2027-01-31` for another day, elsewhere. The demo does the
latter with its own day, so that the robbery of the story is planned for tomorrow.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import forms
import story

DAY = date(2026, 11, 22)
_STAMP = (2026, 11, 20, 0, 0, 0)  # inside the archive: the same bytes at every run


def phones(day: date) -> dict[str, dict[str, bytes]]:
    """What lies on each phone: its files by their paths."""
    group = {phone: forms.telegram_group(phone, day) for phone in "abc"}
    return {
        "phone-a": {
            "telegram/result.json": forms.telegram_account(story.DRIVER, [group["a"], forms.telegram_private(story.PRIVATE_A, "a", day)]),
            f"line/[LINE] {story.RECRUITER}とのトーク.txt": forms.line_phone(story.RECRUITER, story.READ_AT["a"], story.LINE_A, day),
            "sms/sms.xml": forms.sms(day),
            "sms/calls.xml": forms.calls(day),
        },
        "phone-b": {
            "ChatExport/result.json": forms.telegram_chat(group["b"]),
            "signal/main.jsonl": forms.signal(day),
            f"whatsapp/WhatsApp Chat with {story.FRIEND}.txt": forms.whatsapp(story.WHATSAPP_B, day),
        },
        "phone-c": {
            "telegram/result.json": forms.telegram_account(story.SELLER, [group["c"], forms.telegram_private(story.PRIVATE_C, "c", day)]),
            f"line/[LINE] {story.BOX}とのトーク.txt": forms.line_phone(story.BOX, story.READ_AT["c"], story.LINE_C, day),
        },
    }


def make(folder: Path, day: date = DAY) -> dict[str, Path]:
    """Write the phones: A and C as folders, B as an archive, as three tools would hand them over. Returns where each lies."""
    made = {}
    for name, files in phones(day).items():
        made[name] = folder / (f"{name}.zip" if name == "phone-b" else name)
        if name == "phone-b":
            folder.mkdir(parents=True, exist_ok=True)
            made[name].write_bytes(_packed(files))
            continue
        for path, data in files.items():
            target = made[name] / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return made


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, _STAMP)
            about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 3
            made.writestr(about, data)
    return out.getvalue()


if __name__ == "__main__":
    given = sys.argv[1:]
    make(Path(given[0]) if given else Path(__file__).parent, date.fromisoformat(given[1]) if len(given) > 1 else DAY)
