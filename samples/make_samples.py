"""Makes the demo posts in samples/posts and the answer key beside them: everything invented, the same files for the same corpus.

Run from anywhere: `.venv/bin/python samples/make_samples.py`; with the name of a folder, the files go there. Campaigns and repeated adverts are those of
planted.py. Other recruitment and look-alikes come from corpus/heldout (texts that no model was trained on); ordinary chatter is joined from the
ordinary lines of corpus/seeds, no two posts alike.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import large_files
import small_files
from invented import EMOJI, FIRST, LAST, NAME_PARTS, SEED, Dated, Sample, Written
from planted import planted

from andon.detection.learning.disguise import TRICKS, disguise
from andon.detection.learning.seeds import Seed, read_seeds, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[1]

SHARES = {
    "x_pages": 6000, "x_flat": 2000, "bluesky": 5800, "csv": 2080, "jsonl": 2100, "parquet": 3600, "board": 900,
    "telegram": 150, "mastodon": 130, "misskey": 130, "feed": 40, "hotline": 60, "reddit": 120, "zip_threads": 50, "zip_table": 40,
}  # fmt: skip
WRITERS: dict[str, Callable[[Sequence[Dated]], Written]] = {
    "x_pages": large_files.x_pages, "x_flat": large_files.x_flat, "bluesky": large_files.bluesky, "csv": large_files.report_csv,
    "jsonl": large_files.plain_jsonl, "parquet": large_files.archive_parquet, "board": large_files.board,
    "telegram": small_files.telegram, "mastodon": small_files.mastodon, "misskey": small_files.misskey, "feed": small_files.feed,
    "hotline": small_files.hotline, "reddit": small_files.reddit, "zip_threads": small_files.zip_threads, "zip_table": small_files.zip_table,
}  # fmt: skip
TOTAL = sum(SHARES.values())
LOOK_ALIKES = 600
PER_KIND = 6
DISGUISED = 0.22
ORDINARY = {"chatter": 10, "ordinary_a": 14, "ordinary_b": 14, "seekers": 1, "homographs": 1}
TAGS = "#日常 #お昼ごはん #写真好きな人と繋がりたい #猫のいる暮らし #今日のコーデ #勉強垢 #ゲーム #散歩 #秋 #紅葉 #晩酌 #推し活 #読書 #ラーメン #朝活 #通勤".split()
_MARKED_UP = re.compile(r"[*~`<>\\^&]|^\s|\s$|^[=#]|\n\n")  # what markup or a cell could change: such a text goes elsewhere
_SENTENCE_END = re.compile(r"[。!?！？…ー〜～wｗ笑草)）」]$")


def _lang(seed: Seed) -> str:
    return "ja" if seed.lang == "romaji" else seed.lang


def _by_kind(path: Path) -> dict[str, list[Seed]]:
    kinds: dict[str, list[Seed]] = defaultdict(list)
    for seed in read_seeds(path):
        kinds[seed.kind].append(seed)
    return dict(kinds)


def recruitment(rng: random.Random) -> list[Sample]:
    """Single posts that recruit, of every kind."""
    kinds = _by_kind(ROOT / "corpus" / "heldout" / "recruit.txt")
    found: list[Sample] = []
    for kind, seeds in sorted(kinds.items()):
        longer = [seed for seed in seeds if len(seed.text) >= 14]  # noqa: PLR2004 - a few short ones stay in by the other list
        chosen = rng.sample(longer, min(PER_KIND, len(longer))) + rng.sample([seed for seed in seeds if seed not in longer] or seeds, 1)
        found += [Sample(rng.choice(list(variants(seed))), "recruit", kind, _lang(seed)) for seed in chosen[:PER_KIND]]
    return [_disguised(sample, rng) for sample in found]


def _disguised(sample: Sample, rng: random.Random) -> Sample:
    """A share of the posts under a trick that changes them."""
    if rng.random() >= DISGUISED:
        return sample
    for trick in rng.sample(sorted(TRICKS), len(TRICKS)):
        text = disguise(sample.text, trick, seed=SEED)
        if text != sample.text:
            return Sample(text, sample.label, sample.kind, sample.lang, trick)
    return sample


def look_alikes(rng: random.Random) -> list[Sample]:
    """Texts that only look like recruitment: lawful adverts, news, warnings, questions, jokes, homographs."""
    kinds = _by_kind(ROOT / "corpus" / "heldout" / "benign.txt")
    pool = [seed for kind, seeds in sorted(kinds.items()) if kind not in ("chatter", "comment") for seed in seeds]
    return [Sample(next(iter(variants(seed))), "look_alike", seed.kind, _lang(seed)) for seed in rng.sample(pool, min(LOOK_ALIKES, len(pool)))]


def chatter(count: int, rng: random.Random) -> list[Sample]:
    """Ordinary posts, all different: one to three lines of one kind joined, some with emoji, hashtags or a link."""
    folder = ROOT / "corpus" / "seeds" / "benign"
    pools: list[tuple[str, list[str]]] = []
    weights: list[float] = []
    for name, share in ORDINARY.items():
        kinds = {kind: [seed for seed in seeds if seed.lang == "ja"] for kind, seeds in _by_kind(folder / f"{name}.txt").items()}
        lines = {kind: [text for seed in seeds for text in variants(seed)] for kind, seeds in sorted(kinds.items()) if seeds}
        total = sum(map(len, lines.values()))
        pools += lines.items()
        weights += [share * len(texts) / total for texts in lines.values()]
    made: dict[str, str] = {}
    while len(made) < count:
        kind, texts = rng.choices(pools, weights)[0]
        parts = rng.sample(texts, min(len(texts), rng.choices((1, 2, 3), (3, 4, 3))[0]))
        text = _tail(_joined(parts, rng), rng)
        made.setdefault(text, kind)
    return [Sample(text, "ordinary", kind) for text, kind in made.items()]


def _joined(parts: Sequence[str], rng: random.Random) -> str:
    mark = rng.choice(("\n", "\n", " ", "。"))
    return "".join(part if index == 0 else ("" if mark == "。" and _SENTENCE_END.search(parts[index - 1]) else mark) + part for index, part in enumerate(parts))


def _tail(text: str, rng: random.Random) -> str:
    turn = rng.random()
    if turn < 0.14:  # noqa: PLR2004
        return text + rng.choice(EMOJI) * rng.choice((1, 1, 1, 2))
    if turn < 0.22:  # noqa: PLR2004
        return f"{text} {' '.join(rng.sample(TAGS, rng.choice((1, 2, 3))))}"
    if turn < 0.27:  # noqa: PLR2004
        return f"{text} https://example.jp/{rng.choice(NAME_PARTS)}/{rng.randrange(10_000)}"
    return text


def _fits(place: str, text: str) -> bool:
    """Whether a file can hold the text so that andon reads it as it is: cp932 knows few characters, small files are kept free of markup."""
    if place in large_files.ANY_TEXT:
        return True
    if place != "csv":
        return not _MARKED_UP.search(text)
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def dealt(samples: Sequence[tuple[Sample, Sequence[str]]], rng: random.Random) -> dict[str, list[Sample]]:
    """The samples over the files that each may stand in, to the size of each file."""
    room = dict(SHARES)
    rows: dict[str, list[Sample]] = {place: [] for place in SHARES}
    # What may stand in few files is dealt first, what fits everywhere last, so that every file gets full.
    for sample, wanted in sorted(samples, key=lambda one: (len(one[1]) == len(SHARES), sum(_fits(place, one[0].text) for place in SHARES))):
        places = [place for place in wanted if room[place] and _fits(place, sample.text)]
        place = rng.choices(places, [room[place] for place in places] if len(wanted) == len(SHARES) else None)[0]
        rows[place].append(sample)
        room[place] -= 1
    return rows


def _dated(samples: list[Sample], first: int, rng: random.Random) -> list[Dated]:
    """Times in order and accounts, where a sample does not say them itself: an account posts ordinary things again now and then."""
    seconds = int((LAST - FIRST).total_seconds())
    drawn = []
    for index, sample in enumerate(samples):
        at, account = FIRST + timedelta(seconds=rng.randrange(seconds)), rng.randrange(2500)
        if sample.label == "recruit":
            account = first + index
        drawn.append((sample.at or at, sample.account or account, sample))
    drawn.sort(key=lambda one: (one[0], one[2].text))
    return [Dated(sample, first + index, account, at) for index, (at, account, sample) in enumerate(drawn)]


def _all_samples(rng: random.Random) -> list[tuple[Sample, Sequence[str]]]:
    """Every sample with the files that it may stand in."""
    anywhere = tuple(SHARES)
    repeated = planted()
    single = recruitment(rng) + look_alikes(rng)
    taken = {sample.text for sample in single}
    missing = TOTAL - len(single) - len(repeated)
    plain = [sample for sample in chatter(missing + 100, rng) if sample.text not in taken][:missing]
    return [*repeated, *((sample, anywhere) for sample in single + plain)]


def main(folder: Path) -> None:
    """Write all files and the answer key into the folder."""
    rng = random.Random(SEED)
    (folder / "posts").mkdir(parents=True, exist_ok=True)
    first, answers, inside = 10_000, [], {}
    for place, samples in dealt(_all_samples(rng), rng).items():
        posts = _dated(samples, first, rng)
        first += len(posts)
        made = WRITERS[place](posts)
        if made.name.startswith(f"{small_files.ARCHIVE}/"):
            inside[made.name.partition("/")[2]] = made.data
        else:
            (folder / "posts" / made.name).write_bytes(made.data)
        answers += [(made.name, key, post.sample) for key, post in zip(made.ids, posts, strict=True) if post.sample.label != "ordinary"]
    (folder / "posts" / small_files.ARCHIVE).write_bytes(small_files.archive(inside))
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("file", "id", "label", "kind", "disguise", "campaign", "wording"))
        writer.writerows((name, key, one.label, one.kind, one.trick, one.campaign, one.wording) for name, key, one in answers)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "samples")
