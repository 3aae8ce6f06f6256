"""Each post in the words of a statement of reasons under the EU's Digital Services Act, as the platform could file it: it decides, we only suggest.

Names and limits of the fields are those of the Commission's transparency database; `source_identity` says who notified. No personal data goes in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from andon.console.measures.kinds.removal.documents.blocks import grounds, label
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

_EEA = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO",
    "PL", "PT", "RO", "SE", "SI", "SK",
]  # fmt: skip
_GROUND, _EXPLANATION, _FACTS = 500, 2_000, 5_000  # characters
_DAY = 10


def dsa(packet: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One draft of a statement for each post."""
    return [_statement(packet, post) for post in packet["posts"]]


def dsa_file(packet: Mapping[str, Any]) -> bytes:
    """All drafts, as the database takes several at once."""
    return json.dumps({"statements": dsa(packet)}, ensure_ascii=False, indent=1).encode()


def _statement(packet: Mapping[str, Any], post: Mapping[str, Any]) -> dict[str, Any]:
    kind = packet["ground"]["kind"]
    asked = say(f"kind.{kind}", "en") if kind else say("removal.letter.kind_unsaid", "en")
    signs = ", ".join(dict.fromkeys(label(quote["signal"], "en") for quote in post["quotes"]))
    missing = ", ".join(say(f"item.{item}", "en") for item in post["missing"])
    facts = say("removal.dsa.facts", "en", kind=asked, signs=signs or "-", missing=missing or "-", sha256=post["sha256"], number=packet["number"])
    made: dict[str, Any] = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": say(f"removal.letter.ground.law.{packet['ground']['category']}", "en")[:_GROUND],
        "illegal_content_explanation": " / ".join(grounds(packet, "en"))[:_EXPLANATION],
        "decision_facts": facts[:_FACTS],
        "category": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        "category_specification": ["KEYWORD_OTHER"],
        "category_specification_other": say(f"category.{packet['ground']['category']}", "en")[:_GROUND],
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_language": "JA",
        "territorial_scope": _EEA,
        "application_date": packet["date"][:_DAY],
        "source_type": "SOURCE_TYPE_OTHER_NOTIFICATION",
        "source_identity": packet["from"]["unit"][:_GROUND],
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": f"andon-{packet['number']}-{post['number']}",
    }  # fmt: skip
    if post["created_at"]:
        made["content_date"] = post["created_at"][:_DAY]
    return made
