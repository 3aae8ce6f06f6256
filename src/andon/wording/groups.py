"""The groups of signals by name, Japanese beside English."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, str]] = {
    "pay": ("報酬", "pay"), "speed": ("速さ", "speed"), "ease": ("簡単さ", "ease"), "safety": ("安全の主張", "safety claims"), "crime_word": ("犯罪の隠語", "crime words"),
    "errand": ("お使い仕事", "errands"), "account": ("口座", "accounts"), "phone": ("携帯", "phones"), "tools": ("道具", "tools"), "people": ("人への呼びかけ", "calls to people"),
    "contact": ("連絡手段", "contact"), "control": ("身分証・支配", "papers and control"), "recruit": ("募集の言葉", "recruiting words"), "foreign": ("外国語", "other languages"),
    "against": ("そうでない話", "signs against"), "form": ("文の形", "form"), "emoji": ("絵文字", "emoji"), "disguise": ("偽装", "disguise"),
}  # fmt: skip
