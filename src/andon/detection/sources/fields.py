"""Names under which people keep the fields of a post, Japanese and English: heads of columns and keys of JSON objects."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# Within a field the earlier name wins: "full_text" is the untruncated one where an export has both.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("本文", "投稿内容", "内容", "テキスト", "full_text", "text", "body", "content", "message", "本文転記"),
    "id": ("id", "投稿id", "番号", "tweet_id", "post_id", "id_str", "受付番号"),
    "author": ("投稿者", "アカウント", "ユーザー名", "author", "username", "screen_name", "handle", "author.username", "user"),
    "author_id": ("author_id", "user_id", "投稿者id"),
    "author_name": ("author_name", "display_name", "表示名"),
    "created_at": ("投稿日時", "日時", "created_at", "timestamp", "date"),
    "url": ("url", "リンク", "対象url"),
    "lang": ("lang", "言語"),
}
TEXT_NAMES = NAMES["text"]
_MOST_NAMES, _MOST_LETTERS = 64, 2048  # what has more keys, or longer ones, is looked through each time: it must not fill the memory


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A column's name without the differences that do not count: width, case, white space around it."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def find_field(field: str, names: Iterable[str]) -> str | None:
    """The one of `names` that stands for `field`; names spelled exactly as known go before those that only match after `plain_name`."""
    given = tuple(names)
    short = len(given) <= _MOST_NAMES and sum(map(len, given)) <= _MOST_LETTERS
    return _found_before(field, given) if short else _find(field, given)


def _find(field: str, given: tuple[str, ...]) -> str | None:
    for known in NAMES[field]:
        if known in given:
            return known
    plain: dict[str, str] = {}
    for name in given:
        plain.setdefault(plain_name(name), name)
    return next((plain[known] for known in NAMES[field] if known in plain), None)


_found_before = lru_cache(maxsize=1024)(_find)  # the records of a file nearly all have the same keys


def text_columns(header: Iterable[str]) -> bool:
    """Whether one of the columns holds the text of posts."""
    return find_field("text", header) is not None


def mapped_fields(columns: Mapping[str, str]) -> Callable[[str, Iterable[str]], str | None]:
    """As `find_field`, with `columns` (field → name in the file) before the known names; a column given to one field stands for no other."""
    taken = {plain_name(name) for name in columns.values()}

    def find(field: str, names: Iterable[str]) -> str | None:
        if field not in columns:
            return find_field(field, (name for name in names if plain_name(name) not in taken))
        given = list(names)
        wanted = columns[field]
        return wanted if wanted in given else next((name for name in given if plain_name(name) == plain_name(wanted)), None)

    return find
