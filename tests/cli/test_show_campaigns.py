"""What people see of a campaign."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.console import Console

from andon.cli.show_campaigns import campaigns_table, sparkline, template_text
from andon.detection.campaigns.book import CampaignBook
from andon.detection.campaigns.campaign import Campaign, Member, Suggestion
from andon.detection.campaigns.template import Part, Slot
from andon.detection.campaigns.ties import Ground, Standing, Tie
from andon.pipeline import find_campaigns

if TYPE_CHECKING:
    from andon.wording.say import Language

NOON = datetime(2026, 11, 1, 3, tzinfo=UTC)
ALIKE = Tie(0, 1, Ground.WORDING, Standing.SUGGESTED, 0.76)


def campaign(name: str, *, days: tuple[tuple[date, int], ...] = ((date(2026, 11, 1), 2),), suggestions: tuple[Suggestion, ...] = ()) -> Campaign:
    """A campaign of two posts."""
    members = (Member(0, name, "board_dat", "", "", NOON, None), Member(1, f"{name}-2", "board_dat", "", "", NOON, Tie(0, 1, Ground.WORDING, Standing.CONFIRMED, 0.9)))
    return Campaign(
        id=f"board_dat:{name}", members=members, template=(Part("運ぶだけ "), Part("5万", Slot.PAY, (("5万", 1), ("8万", 1)))), example="運ぶだけ 5万",
        first_seen=NOON, last_seen=NOON, accounts=2, sources=(("board_dat", 2),), kinds=(("vague", 2),), contacts=(), days=days, level="high", score=0.99999,
        suggestions=suggestions,
    )  # fmt: skip


def shown(*campaigns: Campaign, language: Language = "en", width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(campaigns_table(campaigns, "title", language))
    return console.export_text()


def test_slots_show_each_value_once() -> None:
    """A slot shows its values each once however they are disguised, without the disguise, and says "none" for a post that has nothing there."""
    part = Part("5万", Slot.PAY, (("5万円", 3), ("５万円", 2), ("5\u200b万円", 1), ("8万円", 1), ("", 1)))
    assert template_text([Part("日給"), part], "ja").plain == "日給‹金額=5万円｜8万円｜なし›"
    assert template_text([Part("日給"), part], "en").plain == "日給‹pay=5万円｜8万円｜none›"


def test_long_values_say_that_they_are_cut() -> None:
    """A long value ends with a mark, so that two that begin alike are not taken for one."""
    text = template_text([Part("x", Slot.CONTACT, (("t.me/0mihon_sample_of_length", 1),))], "en").plain
    assert text == "‹contact=t.me/0mihon_sample_…›"


def test_contacts_that_are_listed_leave_the_template_short() -> None:
    """The slot of contacts is a name alone where the contacts stand below."""
    assert template_text([Part("x ", Slot.CONTACT, (("@0mihon_a", 1),)), Part("まで")], "ja", with_contacts=False).plain == "‹連絡先› まで"


def test_sparkline_of_days_and_stretches() -> None:
    """One bar a day; over a long time a bar stands for several days, and it says for how many."""
    days = ((date(2026, 11, 1), 4), (date(2026, 11, 2), 1), (date(2026, 11, 4), 2))
    assert sparkline(campaign("a", days=days)) == "█▃·▅"
    long = campaign("a", days=((date(2026, 10, 1), 1), (date(2026, 11, 19), 1)))
    assert len(sparkline(long)) == 17
    assert "3 days a bar" in shown(long)
    assert "days a bar" not in shown(campaign("a", days=days))


def test_suggestions_point_by_rank() -> None:
    """A suggested campaign that is shown too is named by its rank, once with its text and the two posts to judge, and back without."""
    first = campaign("a/1", suggestions=(Suggestion("board_dat:b 1", "見張るだけ", ALIKE),))
    second = campaign("b 1", suggestions=(Suggestion("board_dat:a/1", "運ぶだけ", ALIKE),))
    text = shown(first, second)
    assert "no. 2 “見張るだけ”" in text
    assert "--same or --different, followed by a/1 'b 1'" in text
    assert "alike → no. 1" in text
    assert "“運ぶだけ”" not in text


def test_a_suggestion_out_of_sight_is_named_in_full() -> None:
    """A suggested campaign that the table does not show is named by its source and id."""
    assert "→ board_dat:elsewhere “見張るだけ”" in shown(campaign("a", suggestions=(Suggestion("board_dat:elsewhere", "見張るだけ", ALIKE),)))


def test_everything_fits_into_eighty_columns() -> None:
    """In both languages no line is wider than the terminal, and nothing but an id is cut."""
    texts = [f"預かった荷物を駅のロッカーに移すだけ、1件{pay}万円をその日にお渡しします。続きはテレグラム 0mihon_tabi{pay}" for pay in range(1, 6)]
    records = [{"id": str(n), "source": "generic", "text": text, "created_at": NOON.isoformat(), "level": "high", "score": 0.9} for n, text in enumerate(texts)]
    with CampaignBook() as book:
        book.add(records)
        drawn = find_campaigns(book)
    languages: tuple[Language, ...] = ("ja", "en")
    for language in languages:
        text = shown(*drawn.campaigns, language=language, width=80)
        assert "telegram:0mihon_tabi1 ×1" in text
        assert "…" in text
        assert max(map(len, text.splitlines())) <= 80
