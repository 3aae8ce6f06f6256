"""The small files of the samples, one writer for each: Telegram, Mastodon, Misskey, a feed, a hotline's workbook, Reddit, and an archive's two files.

Writers are as in large_files.py. Shapes are those of tests/detection/sources/examples; what a network would tell of an account is left out where andon
does not read it.
"""

from __future__ import annotations

import csv
import html
import io
import random
import re
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import orjson
from invented import JAPAN, Written, handle, iso, longest_handle, shown, snowflake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invented import Dated

ARCHIVE = "collected.zip"
_CHAT = 1_990_000_077
_STAMP = (2026, 11, 20, 0, 0, 0)  # of everything inside archives and workbooks: the same bytes at every run
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def _paragraphs(text: str) -> str:
    return "<p>" + html.escape(text, quote=False).replace("\n", "<br>") + "</p>"


def telegram(posts: Sequence[Dated]) -> Written:
    """Telegram Desktop's result.json of one group; every 25th record is a notice, which is no post."""
    messages: list[dict[str, Any]] = []
    ids = []
    for post in posts:
        number = len(messages) + 1
        at = post.at.astimezone(JAPAN)
        when = {"date": at.strftime("%Y-%m-%dT%H:%M:%S"), "date_unixtime": str(int(at.timestamp()))}
        if number % 25 == 0:
            notice = {"actor": shown(post.account), "actor_id": f"user{post.account}", "action": "join_group_by_link", "inviter": "Group"}
            messages.append({"id": number, "type": "service", **when, **notice, "text": "", "text_entities": []})
            number += 1
        text = post.sample.text
        author = {"from": shown(post.account), "from_id": f"user{990_000_000_000 + post.account}"}
        messages.append({"id": number, "type": "message", **when, **author, "text": text, "text_entities": [{"type": "plain", "text": text}]})
        ids.append(f"{_CHAT}/{number}")
    chat = {"name": "架空の雑談と仕事の部屋", "type": "public_supergroup", "id": _CHAT, "messages": messages}
    return Written("telegram_result.json", orjson.dumps(chat, option=orjson.OPT_INDENT_2) + b"\n", ids)


def mastodon(posts: Sequence[Dated]) -> Written:
    """A public timeline of a Mastodon server: one array, newest first as the server answers."""
    statuses: list[dict[str, Any]] = []
    ids = []
    for post in reversed(posts):
        name, number = handle(post.account), str((int(post.at.timestamp() * 1000) << 16) + post.number % 65536)
        account = {"id": str(900_000_000_000 + post.account), "username": name, "acct": name, "display_name": shown(post.account), "bot": False}
        address = f"https://social.example/@{name}/{number}"
        statuses.append({
            "id": number, "created_at": iso(post.at), "in_reply_to_id": None, "sensitive": False, "spoiler_text": "", "visibility": "public",
            "language": post.sample.lang, "uri": f"https://social.example/users/{name}/statuses/{number}", "url": address,
            "content": _paragraphs(post.sample.text).replace("<br>", "<br />"), "reblog": None, "account": account, "media_attachments": [], "poll": None,
        })  # fmt: skip
        ids.append(number)
    return Written("mastodon_timeline.json", b"[\n" + b",\n".join(map(orjson.dumps, statuses)) + b"\n]\n", ids[::-1])


def _aid(post: Dated) -> str:
    """An id as Misskey makes them: milliseconds since 2000 in base 36, and a counter."""
    value, letters = int(post.at.timestamp() * 1000) - 946_684_800_000, ""
    while value:
        value, rest = divmod(value, 36)
        letters = _BASE36[rest] + letters
    return letters + _BASE36[post.number // 36 % 36] + _BASE36[post.number % 36]


def misskey(posts: Sequence[Dated]) -> Written:
    """Notes of a Misskey server's local timeline: one array."""
    notes: list[dict[str, Any]] = []
    for post in posts:
        name, user = handle(post.account), f"9invented{post.account}"
        about = {"id": user, "username": name, "host": None, "name": shown(post.account), "isBot": False}
        notes.append({
            "id": _aid(post), "createdAt": iso(post.at), "text": post.sample.text, "cw": None, "userId": user, "user": about, "replyId": None,
            "renoteId": None, "visibility": "public", "localOnly": False, "reactions": {}, "fileIds": [], "files": [], "tags": [], "emojis": {},
        })  # fmt: skip
    return Written("misskey_notes.json", b"[\n" + b",\n".join(map(orjson.dumps, notes)) + b"\n]\n", [_aid(post) for post in posts])


def feed(posts: Sequence[Dated]) -> Written:
    """A small-ads board's RSS 2.0 feed: the title is the beginning of the text."""
    items, ids = [], []
    for post in posts:
        name, at = f"kokuchi-{post.number}", post.at.astimezone(JAPAN)
        first = post.sample.text.split("\n")[0]
        title = first[:24] + ("…" if len(first) > 24 else "")  # noqa: PLR2004
        when = f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at:%Y %H:%M:%S} +0900"
        items.append(
            f'<item><title>{html.escape(html.escape(title, quote=False), quote=False)}</title><link>https://kokuchi.example.jp/{post.number}</link>'
            f'<guid isPermaLink="false">{name}</guid><description><![CDATA[{_paragraphs(post.sample.text)}]]></description>'
            f"<dc:creator>{handle(post.account)}</dc:creator><pubDate>{when}</pubDate></item>"
        )
        ids.append(name)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel><title>架空の町の掲示板</title>'
    about = "<link>https://kokuchi.example.jp/</link><description>見本</description><language>ja</language>\n"
    return Written("small_ads_feed.xml", (head + about + "\n".join(items) + "\n</channel></rss>\n").encode(), ids)


def _packed(files: dict[str, bytes]) -> bytes:
    """A zip of these files that is the same at every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, _STAMP)
            about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 3
            made.writestr(about, data)
    return out.getvalue()


def _same_workbook(data: bytes) -> bytes:
    """A workbook without the times at which it was saved."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        files = {one.filename: book.read(one) for one in book.infolist()}
    files["docProps/core.xml"] = _SAVED.sub(rb"\g<1>2026-11-20T00:00:00Z", files["docProps/core.xml"])
    return _packed(files)


def hotline(posts: Sequence[Dated]) -> Written:
    """A hotline's intake list as a workbook, headings below a title line."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "受付"
    sheet.append(("通報受付一覧（見本・架空）",))
    sheet.append(())
    sheet.append(("受付番号", "受付日時", "通報手段", "通報者区分", "対象URL", "サービス名", "アカウント", "投稿日時", "本文転記", "該当類型"))
    ids = []
    for number, post in enumerate(posts, 1):
        rng = random.Random(f"hotline/{post.number}")
        at = post.at.astimezone(JAPAN)
        name = f"IHC-{number:04}"
        came = (at + timedelta(minutes=rng.randrange(30, 2000))).strftime("%Y/%m/%d %H:%M")
        who = (rng.choice(("Web", "Web", "電話", "メール")), rng.choice(("匿名", "一般利用者", "サイバーパトロール", "学校")))
        account = handle(post.account)
        where = (f"https://sns.example.jp/{account}/{post.number}", "架空SNS", account, at.strftime("%Y/%m/%d %H:%M"))
        sheet.append((name, came, *who, *where, post.sample.text, "犯罪実行者募集" if post.sample.label == "recruit" else "その他"))
        ids.append(name)
    out = io.BytesIO()
    made.save(out)
    return Written("hotline_intake.xlsx", _same_workbook(out.getvalue()), ids)


def reddit(posts: Sequence[Dated]) -> Written:
    """Comments as a Pushshift dump holds them, one a line."""
    lines, ids = [], []
    for post in posts:
        name = f"0x{post.number}"  # "x" behind a nought: no id of Reddit's is written so
        lines.append(orjson.dumps({
            "id": name, "name": f"t1_{name}", "author": longest_handle(post.account), "author_fullname": f"t2_invented{post.account}",
            "body": html.escape(post.sample.text, quote=False), "created_utc": int(post.at.timestamp()), "edited": False, "subreddit": "kakuu_no_machi",
            "link_id": "t3_0xthread", "parent_id": "t3_0xthread", "permalink": f"/r/kakuu_no_machi/comments/0xthread/_/{name}/",
        }))  # fmt: skip
        ids.append(f"t1_{name}")
    return Written("reddit_comments.jsonl", b"\n".join(lines) + b"\n", ids)


def zip_threads(posts: Sequence[Dated]) -> Written:
    """A page of the Threads API's keyword search, inside the archive."""
    data = []
    for post in posts:
        name, number = longest_handle(post.account), snowflake(post)
        data.append({
            "id": number, "media_product_type": "THREADS", "media_type": "TEXT_POST", "permalink": f"https://www.threads.com/@{name}/post/{number}",
            "username": name, "timestamp": iso(post.at).replace(".000Z", "+0000"), "is_quote_post": False, "has_replies": False, "is_reply": False,
            "text": post.sample.text,
        })  # fmt: skip
    page = {"data": data, "paging": {"cursors": {"before": "", "after": ""}}}
    return Written(f"{ARCHIVE}/threads_search.json", orjson.dumps(page) + b"\n", [snowflake(post) for post in posts])


def zip_table(posts: Sequence[Dated]) -> Written:
    """A table of a volunteer's notes (UTF-8 with a mark, English heads), inside the archive."""
    out, ids = io.StringIO(), [f"memo-{post.number}" for post in posts]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("id", "date", "author", "text"))
    writer.writerows((name, iso(post.at), handle(post.account), post.sample.text) for name, post in zip(ids, posts, strict=True))
    return Written(f"{ARCHIVE}/notes.csv", out.getvalue().encode("utf-8-sig"), ids)


def archive(members: dict[str, bytes]) -> bytes:
    """The archive that holds the files written for it."""
    return _packed(members)
