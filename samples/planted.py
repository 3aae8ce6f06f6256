"""The campaigns of the samples: one lure posted again and again with other amounts, days, places and contacts; and lawful adverts beside them.

All texts are invented here, none is from the corpus. Contacts cannot be anybody's: Telegram and Signal names do not begin with a digit, LINE ids hold
no capitals, and the telephone blocks are given to nobody. Everything is drawn from one seed, apart from the corpus, so it stays when the corpus grows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle

from invented import FIRST, SEED, Sample

from andon.detection.learning.disguise import disguise

BOT = "0mihon_annai_bot"  # stands under many wordings: a door that many campaigns use, which ties nothing
SHARED = "0mihon_kage77"  # stands under the two wordings of c05
_FIRST_ACCOUNT = 60_000
_DISGUISED = 0.3
_TRICKS = ("zero_width", "full_width", "dotted", "half_width_kana", "enclosed", "starred")
_KEEP_CASE = tuple(trick for trick in _TRICKS if trick != "enclosed")  # circles have no capitals: a LINE id would become one that somebody may have
_PLACES = "新宿 渋谷 池袋 横浜 大宮 千葉 名古屋 梅田 難波 神戸 博多 仙台 札幌 広島".split()
_DAYS = "今日 明日 本日 明後日 今夜 土曜 日曜 今週 10/12 10/25 11/3 11/9 11/15".split()


@dataclass(frozen=True, slots=True)
class Lure:
    """One wording with places to fill. `waves` are (first day, days) after the samples' first day; `networks` the files it is posted to."""

    campaign: str
    wording: str
    label: str
    kind: str
    text: str
    posts: int
    waves: tuple[tuple[int, int], ...]
    networks: tuple[str, ...]
    pays: tuple[str, ...]
    contacts: tuple[str, ...]
    tags: tuple[str, ...] = ()
    emoji: tuple[str, ...] = ("",)
    places: tuple[str, ...] = tuple(_PLACES)
    days: tuple[str, ...] = tuple(_DAYS)
    lang: str = "ja"
    disguised: float = _DISGUISED
    tricks: tuple[str, ...] = _TRICKS


_WIDE = ("x_pages", "x_flat", "bluesky", "telegram", "mastodon", "misskey", "jsonl", "zip_threads", "hotline")

LURES = (
    Lure(
        "c01", "c01", "recruit", "parcel",
        "【{place}】{day}から来られる人へ。預かった荷物を指定のロッカーに移すだけ、1件{pay}をその日にお渡し。中身は気にしないでください。"
        "手ぶらで来て、終わったら解散です。あと{n}名、続きはテレグラム {contact} へ{emoji}",
        60, ((2, 6), (12, 8), (27, 14)), _WIDE, ("3万円", "4万円", "5万円", "8万円", "35,000円"),
        ("0mihon_tabi01", "0mihon_tabi02", "0mihon_tabi03", "0mihon_tabi04", "0mihon_tabi05", "0mihon_tabi06", BOT),
        ("#即日", "#副業", "#日払い"), ("", "", "💰", "📦", "✨"),
    ),
    Lure(
        "c02", "c02", "recruit", "account",
        "使っていない銀行口座、通帳とカードをセットで{pay}で買い取ります。名義はそのままで大丈夫、{place}なら{day}に手渡しで即金。"
        "ネット口座も可、2つ目からは上乗せ。絶対にバレません。問い合わせはLINE {contact}{emoji}",
        44, ((6, 30),), ("x_pages", "x_flat", "bluesky", "mastodon", "misskey", "parquet", "telegram", "csv"), ("5万円", "6万円", "8万円", "10万円", "12万円"),
        ("MIHON-hako1", "MIHON-hako2", "MIHON-hako3", "MIHON-hako4"), ("#口座買取", "#副業", "#お金に困っている人"), ("", "💴", "🙏"),
        tricks=_KEEP_CASE,
    ),
    Lure(
        "c03", "c03", "recruit", "overseas",
        "海外コールスタッフ募集、渡航費と宿は全額こちら持ち。日本語で電話をかけるだけ、月{pay}以上可。{place}から{day}に出発。"
        "パスポートがない人も手続きを手伝います。携帯は到着後に預かります。定員{n}名 テレグラム {contact}{emoji}",
        34, ((1, 9), (20, 7), (38, 9)), ("x_pages", "x_flat", "bluesky", "reddit", "telegram", "parquet", "zip_table"),
        ("80万円", "100万円", "120万円", "150万円"),
        ("0mihon_umi11", "0mihon_umi12", "0mihon_umi13", "0mihon_umi14"), ("#海外", "#高収入"), ("", "✈️", "🌴"),
        days=("10/5", "10/9", "10/24", "11/10", "11/14", "来週", "今月"), places=("羽田", "成田", "関西", "福岡", "名古屋"),
    ),
    Lure(
        "c04", "c04", "recruit", "fraud_pickup",
        "スーツで書類を受け取るお仕事です。{place}のお宅を訪ねて封筒を預かり、駅で担当に渡すだけ。日給{pay}、{day}から。"
        "学歴不問・未経験歓迎・土日のみOK・シフト相談可・日払い可。会社名は採用後にお伝えします。応募は {contact}",
        28, ((9, 12), (30, 12)), ("x_pages", "bluesky", "csv", "jsonl", "feed", "hotline", "board"), ("3万円", "4万円", "5万円", "6万円"),
        ("t.me/0mihon_fuda21", "t.me/0mihon_fuda22", "t.me/0mihon_fuda23"), ("#日払い", "#バイト募集"),
    ),
    Lure(
        "c05", "c05a", "recruit", "fraud_pickup",
        "預かったカードでATMから引き出すだけの代行です。1回{pay}、{place}で{day}に動ける人。終わったらその場で渡します。"
        "口座も身分証も貸してもらう必要なし。連絡はTelegram {contact}{emoji}",
        16, ((4, 14),), ("x_pages", "x_flat", "telegram", "bluesky", "misskey"), ("3万円", "5万円", "7万円"),
        (SHARED, SHARED, "0mihon_kage78", "0mihon_kage79"), ("#裏バイト", "#即日"), ("", "💳"),
    ),
    Lure(
        "c05", "c05b", "recruit", "bait",
        "借金で首が回らない人、給料日までもたない人へ。説教はしません。{day}のうちに{pay}つくれる仕事を渡します、{place}以外でも可。"
        "学生も無職もブラックもOK、やる気だけ見ます。まずは t.me/{contact} に一言ください{emoji}",
        12, ((16, 12),), ("x_pages", "x_flat", "mastodon", "board", "parquet"), ("10万円", "15万円", "20万円", "30万円"),
        (SHARED,), ("#お金に困っている人", "#即日"), ("", "🙏"),
    ),
    Lure(
        "c06", "c06", "recruit", "driver",
        "深夜に車を出せる人いますか。{place}で待機して、合図があったら人を乗せて走るだけ、{pay}。携帯は置いてきてもらいます。"
        "{day}の夜、あと{n}名。シグナル {contact}",
        20, ((18, 10), (33, 6)), ("x_pages", "x_flat", "bluesky", "misskey", "board"), ("10万円", "15万円", "20万円"),
        ("0mihon_yoru31", "0mihon_yoru32", "0mihon_yoru33"), ("#闇バイト", "#高額"),
        days=("金曜", "土曜", "日曜", "水曜", "木曜"),
    ),
    Lure(
        "c07", "c07", "recruit", "lookout",
        "深夜に車を出せる人いますか。{place}で見張って、誰か来たら連絡するだけ、{pay}。携帯は置いてきてもらいます。"
        "{day}の夜、あと{n}名。シグナル {contact}",
        14, ((31, 14),), ("x_pages", "bluesky", "mastodon", "reddit"), ("8万円", "10万円", "12万円"),
        ("0mihon_tsuki41", "0mihon_tsuki42"), ("#闇バイト", "#高額"),
        days=("金曜", "土曜", "日曜", "水曜", "木曜"),
    ),
    Lure(
        "c08", "c08", "recruit", "account",
        "Going home soon? We buy your Japanese bank account and SIM card, {pay} yen cash on the same day. Meet in {place} {day}, bring the card and the PIN. "
        "No questions, friends welcome. Telegram {contact} {emoji}",
        8, ((22, 18),), ("x_pages", "reddit", "telegram", "zip_threads"), ("40,000", "50,000", "70,000"),
        ("0mihon_home51", "0mihon_home52"), ("#japanlife", "#leavingjapan"), ("💴", "💰"),
        days=("today", "tomorrow", "on Sunday", "this week"), places=("Shinjuku", "Nagoya", "Osaka", "Ueno"), lang="en", disguised=0.0,
    ),
)  # fmt: skip

# One bot as the contact of many different wordings.
_DOORS = (
    ("vague", "即日{pay}、誰でもできる簡単な仕事あります。詳しくは"), ("parcel", "家に届く荷物を受け取って転送するだけで1個{pay}。希望者は"),
    ("account", "ネット銀行の口座を新しく作ってくれる人に{pay}。今日中なら上乗せ"), ("recruiter", "稼ぎたい友達を紹介してくれたら1人につき{pay}払います、やり方は"),
    ("driver", "免許ある人限定、運転だけで日当{pay}。ガソリン代別、連絡は"), ("vague", "UDやれる人いる？1回{pay}で即金、身分証だけ用意して"),
    ("fraud_caller", "マニュアル読んで電話かけるだけ、在宅可、週{pay}は固い。説明は"), ("vague", "金欠ならリスク少なめホワイト案件{pay}〜紹介するよ、まずは"),
    ("account", "プリペイドSIMを契約してくれたら1枚{pay}で買います、何枚でも"), ("cash_collection", "現金の回収と運搬、半日{pay}。口が堅い人だけ、応募は"),
    ("drugs", "野菜の手押しを手伝える方、1件{pay}。場所は後で伝えます"), ("lookout", "夜の現場で見張り役を1名、3時間で{pay}。質問は受けません"),
    ("bait", "保証人なしブラックOK、{pay}まで当日融資。働いて返してもらえます"), ("transport", "空港で荷物を預かって持ってくるだけ、報酬{pay}。旅費はこちら"),
)  # fmt: skip

_ALIKE = "学歴不問・未経験歓迎・土日のみOK・シフト相談可・日払い可。"  # words that lawful adverts share, and that c04 borrows
_FLOW = "ご応募後は採用係から電話で面接の日をご連絡します。社会保険完備、交通費は規定により支給。"
_FIRMS = (
    ("f1", "見本運輸株式会社　{place}営業所の仕分けスタッフ募集。時給{pay}、9時から17時。勤務地は東京都見本区例示町{n}-2-3。", ("03-0000-0011",)),
    ("f2", "【パート募集】株式会社みほん物流が{place}倉庫の入出庫係を求めています。時給{pay}、夜勤なし。神奈川県見本市例示台{n}-8。", ("045-000-0022",)),
    ("f3", "サンプルクリーン合同会社です。{place}のオフィス清掃、朝3時間だけ、時給{pay}。埼玉県見本市例示本町{n}-1 担当 採用係。", ("048-000-0033",)),
)  # fmt: skip


def _lures() -> list[Lure]:
    doors = [
        Lure("", f"door{number:02}", "recruit", kind, text + door, 1, ((1, 48),), ("x_pages", "x_flat", "bluesky", "telegram", "misskey", "jsonl", "zip_threads"),
             ("2万円", "3万円", "5万円", "10万円"), (BOT,), disguised=0.0)
        for number, ((kind, text), door) in enumerate(zip(_DOORS, cycle((" t.me/{contact}", "テレグラム {contact}")), strict=False), 1)
    ]  # fmt: skip
    firms = [
        Lure("", name, "look_alike", "advert", text + _ALIKE + _FLOW + "電話 {contact}", 14, ((0, 49),), ("x_pages", "bluesky", "csv", "jsonl", "feed", "mastodon", "zip_table"),
             ("1,250円", "1,280円", "1,300円", "1,350円"), telephone, disguised=0.0)
        for name, text, telephone in _FIRMS
    ]  # fmt: skip
    return [*LURES, *doors, *firms]


def _filled(lure: Lure, rng: random.Random) -> tuple[str, str]:
    """One post of the lure, and the trick that it is disguised with ("" for none)."""
    text = lure.text.format(
        place=rng.choice(lure.places), day=rng.choice(lure.days), pay=rng.choice(lure.pays), contact=rng.choice(lure.contacts), n=rng.randrange(2, 10),
        emoji=rng.choice(lure.emoji),
    ).rstrip()  # fmt: skip
    if lure.tags:
        text += "\n" + " ".join(lure.tags[: rng.randrange(len(lure.tags) - 1, len(lure.tags) + 1)])
    if rng.random() < lure.disguised:
        trick = rng.choice(lure.tricks)
        hidden = disguise(text, trick, seed=SEED)
        return hidden, trick if hidden != text else ""
    return text, ""


def planted() -> list[tuple[Sample, tuple[str, ...]]]:
    """All posts of campaigns and repeated adverts, no two texts alike, each with the files that it may stand in.

    An account posts a lure one to three times and is then thrown away; a firm posts from one account.
    """
    made: list[tuple[Sample, tuple[str, ...]]] = []
    accounts = count(_FIRST_ACCOUNT)
    for lure in _lures():
        rng = random.Random(f"{SEED}/{lure.wording}")
        texts: dict[str, str] = {}
        while len(texts) < lure.posts:
            text, trick = _filled(lure, rng)
            texts.setdefault(text, trick)
        account = next(accounts)
        for text, trick in texts.items():
            first, days = rng.choices(lure.waves, [days for _, days in lure.waves])[0]
            at = FIRST + timedelta(days=first + rng.randrange(days), seconds=rng.randrange(15 * 3600))
            made.append((Sample(text, lure.label, lure.kind, lure.lang, trick, lure.campaign, lure.wording, at, account), lure.networks))
            account = next(accounts) if lure.label == "recruit" and rng.random() < 0.6 else account  # noqa: PLR2004
    return made
