"""The packet of a referral: one ZIP file with the posts, their evidence and a manifest of hashes. The same content gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from andon.console.captures import store
from andon.console.captures.queries import evidence_of
from andon.console.intake.models import PostContact
from andon.detection.records.writing import safe_cell
from andon.domain.times import JAPAN
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from andon.console.captures.queries import Evidence
    from andon.console.intake.models import Post
    from andon.console.measures.kinds.referral.models import Referral
    from andon.console.review.models import Decision
    from andon.wording.say import Language

MOST_BYTES = 200 * 2**20  # of archives in one packet; what is beyond is named by its hash and handed over in another way
_TIME = (1980, 1, 1, 0, 0, 0)  # of every file: a packet made again is the same packet
_COLUMNS = ("number", "source", "source_id", "url", "author", "created_at", "observed_at", "level", "score", "text_sha256", "text")
_LEVELS = {3: "high", 2: "medium", 1: "low"}
_JSON = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z


@dataclass(frozen=True, slots=True)
class Packet:
    """The file, and the SHA-256 of the manifest in it."""

    content: bytes
    manifest_sha256: str


def build(referral: Referral, posts: Sequence[Post], decision: Decision) -> Packet:
    """The packet of these posts."""
    evidence = evidence_of([post.pk for post in posts])
    files: dict[str, bytes] = {"posts.csv": _table(posts), "posts.json": orjson.dumps([_post(post) for post in posts], option=_JSON)}
    archives, beyond = _archives(evidence)
    files |= {f"evidence/{key}{store.ARCHIVE}": content for key, content in archives.items()}
    language: Language = "en" if referral.receiver is not None and referral.receiver.language == "en" else "ja"
    files["README.txt"] = _readme(referral, decision, language).encode()
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    manifest = orjson.dumps(_manifest(referral, posts, decision, evidence, hashes, beyond), option=_JSON)
    files["manifest.json"] = manifest
    hashes["manifest.json"] = hashlib.sha256(manifest).hexdigest()
    files["sha256sums.txt"] = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items())).encode()
    return Packet(_zipped(files), hashes["manifest.json"])


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in sorted(files.items()):
            how = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = how
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, content)
    return out.getvalue()


def _archives(evidence: Mapping[int, Sequence[Evidence]]) -> tuple[dict[str, bytes], list[str]]:
    """The archives that hold the evidence, as far as they fit; and the keys of those that do not fit or are missing from the store."""
    keys = sorted({one.archive for some in evidence.values() for one in some if one.archive})
    found: dict[str, bytes] = {}
    beyond, size = [], 0
    for key in keys:
        try:
            place = store.path_of(key, store.ARCHIVE)
        except FileNotFoundError:
            beyond.append(key)
            continue
        if size + place.stat().st_size > MOST_BYTES:
            beyond.append(key)
            continue
        found[key] = place.read_bytes()
        size += len(found[key])
    return found, beyond


def _manifest(
    referral: Referral, posts: Sequence[Post], decision: Decision, evidence: Mapping[int, Sequence[Evidence]], hashes: Mapping[str, str],
    beyond: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    ids = [post.pk for post in posts]
    contacts = PostContact.objects.filter(post__in=ids).values_list("contact__key", flat=True).distinct().order_by("contact__key")
    return {
        "format": "andon-referral-1",
        "referral": referral.pk,
        "from": {"unit": referral.unit.name, "person": referral.by.name, "at": referral.at},
        "to": str(referral.to),
        "reason": referral.reason,
        "campaign": referral.campaign_id,
        "decision": {"verdict": decision.verdict, "kind": decision.kind, "reason": decision.reason, "at": decision.at, "by": decision.by.name},
        "contacts": list(contacts),
        "posts": [_named(post, evidence.get(post.pk, ())) for post in posts],
        "files": dict(hashes),
        "archives_not_in_packet": list(beyond),
    }


def _named(post: Post, evidence: Sequence[Evidence]) -> dict[str, Any]:
    kept = [
        {"kind": one.kind, "sha256": one.sha256, "at": one.at, "time_sworn": one.stamped, "archive": one.archive, "url": one.url} for one in evidence
    ]
    return {"number": post.pk, "source": post.source, "source_id": post.source_id, "url": post.url, "text_sha256": post.sha256, "evidence": kept}


def _post(post: Post) -> dict[str, Any]:
    return {
        "number": post.pk, "source": post.source, "source_id": post.source_id, "url": post.url, "author": post.author, "author_id": post.author_id,
        "author_name": post.author_name, "created_at": post.created_at, "observed_at": post.observed_at, "stored_at": post.stored_at,
        "level": _LEVELS.get(post.level, ""), "score": post.score, "kinds": post.kinds, "missing": post.missing, "text": post.text,
        "text_sha256": post.sha256,
    }  # fmt: skip


def _table(posts: Sequence[Post]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for post in posts:
        times = [at.astimezone(JAPAN).isoformat(timespec="seconds") if at else "" for at in (post.created_at, post.observed_at)]
        cells = [post.pk, post.source, post.source_id, post.url, post.author, *times, _LEVELS.get(post.level, ""), post.score, post.sha256, post.text]
        writer.writerow([safe_cell(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()  # without the mark Excel takes UTF-8 for Shift_JIS


def _readme(referral: Referral, decision: Decision, language: Language) -> str:
    what = f"kind.{decision.kind}" if decision.kind else f"review.{decision.verdict}.{decision.reason}"
    return say(
        "referral.readme", language, number=referral.pk, unit=referral.unit.name, person=referral.by.name, to=str(referral.to),
        at=f"{referral.at.astimezone(JAPAN):%Y-%m-%d %H:%M}", reason=say(f"referral.reason.{referral.reason}", language), posts=referral.posts,
        decided=f"{say(what, language) if what in SENTENCES else what}", note=referral.note or "—",
    )  # fmt: skip
