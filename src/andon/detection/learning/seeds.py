r"""From the project's own seed files to labelled rows: alternatives multiplied out, invented names filled in, families kept together.

A seed file holds one text per line (`\n` for a line end); a line `@ kind=… form=… year=… lang=…` sets the attributes of the lines below it. `⟦a|b⟧`
lists alternatives, `⟦CITY⟧` and its like are filled with invented values. One line is one family; its variants never part in a split.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.detection.learning.labelled import ORDINARY_KINDS
from andon.detection.learning.rewording import Rewording
from andon.domain.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_VARIANTS = 5
_SLOT = re.compile("⟦([^⟦⟧]*)⟧")
_CITIES = (
    "札幌 函館 旭川 青森 盛岡 仙台 秋田 山形 福島 水戸 宇都宮 前橋 さいたま 川口 千葉 船橋 柏 新宿 渋谷 池袋 上野 蒲田 八王子 町田 横浜 川崎 相模原 新潟 富山 金沢 福井 甲府 "
    "長野 松本 岐阜 静岡 浜松 名古屋 豊田 津 大津 京都 大阪 梅田 難波 堺 神戸 姫路 奈良 和歌山 鳥取 松江 岡山 広島 山口 徳島 高松 松山 高知 福岡 博多 北九州 佐賀 長崎 熊本 大分 宮崎 鹿児島 那覇"
).split()
_NAMES = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 清水 斎藤 森 池田 橋本 石川 前田 藤田 岡田 長谷川 村上 近藤".split()
_FIRM_HEADS = (
    "青葉 みどり野 三ツ葉 北斗 あけぼの 銀河 ひかり 桜川 富士見 大樹 若竹 千歳 海風 星野台 白波 旭丘 ことぶき すずらん 若葉台 汐見 オリーブ サンライズ ブルーム リーフ コスモ ライラック ハーバー アルタ"
).split()
_FIRM_TAILS = (
    "運輸 物流 商店 食品 サービス 工務店 建設 警備 クリニック 薬局 書店 製作所 印刷 電機 ホーム ベーカリー 食堂 農園 不動産 スタッフ ソリューションズ 引越センター 倉庫 ホテル 旅館 劇団"
).split()
_FIRM_FORMS = ("株式会社{}", "{}株式会社", "{}", "{}", "(株){}", "有限会社{}", "{}（同）")
_HANDLE_PARTS = "aki sora neko yuu ren haru kai mei rio taku nagi tomo jin leo mika ryo work cash job info staff tokyo west blue kuro shiro happy lucky star moon".split()


def _handle(rng: random.Random) -> str:
    return "@" + rng.choice(_HANDLE_PARTS) + rng.choice(("_", "", "")) + rng.choice(_HANDLE_PARTS) + rng.choice(("", str(rng.randrange(10, 9999))))


def _line_id(rng: random.Random) -> str:
    return rng.choice(_HANDLE_PARTS) + rng.choice((".", "-", "_", "")) + str(rng.randrange(100, 99999))


def _address(rng: random.Random) -> str:
    town = rng.choice(("本町", "栄町", "緑町", "中央", "東町", "南町", "若松町", "幸町", "旭町", "泉町"))
    return f"{rng.choice(_CITIES)}市{town}{rng.randrange(1, 9)}-{rng.randrange(1, 30)}-{rng.randrange(1, 20)} {rng.choice(_FIRM_HEADS)}ビル{rng.randrange(2, 9)}F"


_MACROS = {
    "HANDLE": _handle,
    "ID": _line_id,
    # Numbers that begin 090-0, 0120-000 and 03-0000 are not given to anyone.
    "TEL": lambda rng: rng.choice(("090-0{:03d}-{:04d}", "0120-000-{1:03d}", "03-0000-{1:04d}")).format(rng.randrange(1000), rng.randrange(1000)),
    "URL": lambda rng: f"https://{rng.choice(('example.jp', 'example.com', 'www.example.org'))}/{rng.choice(_HANDLE_PARTS)}{rng.randrange(999)}",
    "CITY": lambda rng: rng.choice(_CITIES),
    "NAME": lambda rng: rng.choice(_NAMES),
    "FIRM": lambda rng: rng.choice(_FIRM_FORMS).format(rng.choice(_FIRM_HEADS) + rng.choice(_FIRM_TAILS)),
    "ADDRESS": _address,
}


@dataclass(frozen=True, slots=True)
class Seed:
    """One line of a seed file, with its attributes and the family's name (file stem and line number)."""

    text: str
    kind: str
    form: str
    year: int
    lang: str
    family: str


def read_seeds(path: Path) -> Iterator[Seed]:
    """The seeds of one file. Raises `LabelError` for a text before the first header or a header without a kind."""
    at: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text:
            continue
        if text.startswith("@ "):
            at = dict(part.split("=", 1) for part in text[2:].split() if "=" in part)
            continue
        if "kind" not in at:
            raise LabelError(path=path.name, line=number, reason="no_header")
        year = re.sub(r"\D", "", at.get("year", "")) or "2024"
        yield Seed(text.replace("\\n", "\n"), at["kind"], at.get("form", "post"), int(year[:4]), at.get("lang", "ja"), f"{path.stem}:{number}")


def variants(seed: Seed) -> Iterator[str]:
    """Up to `MOST_VARIANTS` texts of a seed: each alternative at least once as far as the number allows, invented names filled in."""
    slots = [slot.split("|") for slot in _SLOT.findall(seed.text) if "|" in slot]
    count = min(MOST_VARIANTS, max((len(slot) for slot in slots), default=1) + (1 if len(slots) > 1 else 0))
    seen = set()
    for index in range(count):
        rng = random.Random(f"{seed.family}/{index}")  # noqa: S311 - reproducible texts, not secrets
        turns = {position: index + position for position in range(len(slots))}
        position = -1

        def fill(match: re.Match[str], rng: random.Random = rng, turns: dict[int, int] = turns) -> str:
            nonlocal position
            inner = match.group(1)
            if "|" in inner:
                position += 1
                choices = inner.split("|")
                return choices[turns[position] % len(choices)]
            return _MACROS[inner](rng) if inner in _MACROS else inner

        text = _SLOT.sub(fill, seed.text).strip()
        if text and text not in seen:
            seen.add(text)
            yield text


def is_ordinary(row: Mapping[str, object]) -> bool:
    """Whether a row of `corpus_rows` is an ordinary Japanese line."""
    return row["label"] == "benign" and row["kind"] in ORDINARY_KINDS and row["lang"] == "ja"


def corpus_rows(folder: Path) -> Iterator[dict[str, object]]:
    """Rows `{text, label, kind, form, year, lang, family}` of `folder`/recruit*.txt|benign*.txt or its sub-folders of those names, in a fixed order."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*.txt")):
        label = "recruit" if "recruit" in path.relative_to(folder).as_posix() else "benign"
        for seed in read_seeds(path):
            for text in variants(seed):
                if text in seen:
                    continue
                seen.add(text)
                yield {
                    "text": text, "label": label, "kind": seed.kind, "form": seed.form, "year": seed.year, "lang": seed.lang, "family": f"{label}/{seed.family}",
                }  # fmt: skip


def training_rows(corpus: Path) -> Iterator[dict[str, object]]:
    """The rows of `corpus`/seeds, then, marked as `reworded`, what the words of `corpus`/words make of the first row of every ordinary family."""
    ordinary: dict[object, dict[str, object]] = {}
    for row in corpus_rows(corpus / "seeds"):
        if is_ordinary(row):
            ordinary.setdefault(row["family"], row)
        yield row
    rewording = Rewording.read(corpus / "words")
    for row in ordinary.values():
        for text in rewording.of(str(row["text"])):
            yield row | {"text": text, "reworded": True}
