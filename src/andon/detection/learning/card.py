"""The model card: what the model was made from, how good it was on rows it had not seen, and what it must not be used for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.detection.scoring.model import Model
    from andon.wording.say import Language

_TEXT = {
    "title": ("andon モデルカード", "andon model card"),
    "what": (
        "公開投稿が犯罪実行者の募集らしいかを点数化するモデル。シグナルと文字 n-gram の線形和に、語のベクトルを読むフィルターの値を加える。数値だけのファイルで、実行される部分はない。",
        "Scores how much a public post looks like recruitment for crime: linear over signals and character n-grams, with filters over word vectors. The file holds numbers only; nothing in it runs.",
    ),
    "data": ("学習データ", "Data"),
    "data_row": (
        "本プロジェクトが書いた文 {rows:,} 行（家族 {families:,}）: 募集 {recruit:,}、無害 {benign:,}（うち日常の文 {ordinary:,}）。実在の投稿は含まない。",
        "{rows:,} texts written by the project ({families:,} families): {recruit:,} recruitment, {benign:,} benign, of which {ordinary:,} ordinary lines. No real post is among them.",
    ),
    "chosen_row": (
        "これに加えて、デスクで人が判断した投稿の文面 {total:,} 件（募集 {recruit:,}、募集でない {benign:,}）。重みだけに使い、較正と水準には使わない。実在の投稿の一部が n-gram の重みに残る。",
        "In addition, {total:,} wordings of posts that people judged at this desk: {recruit:,} recruitment, {benign:,} not. They teach weights, but neither calibration nor levels. Traces of real posts remain in the weights of n-grams.",
    ),
    "reworded_row": (
        "日常の文の語を、同じ品詞のよく使われる語に置き換えて作った {reworded:,} 行は、文字 n-gram がふだんどれほどありふれているかを教え、語の意味のフィルターにも使うが、較正・水準・二度目の見直しには使わない。",
        "{reworded:,} rows that code made of ordinary lines by putting other common words in their places teach how common n-grams are and what the filters over words take for talk, and neither calibration nor levels nor the second look.",
    ),
    "splits": (
        "下の数値は、同じ家族と近くで書かれた文を学習に使わずに採点したもの（{folds} 分割）。",
        "The figures below are of rows scored by models that saw neither their family nor their neighbours ({folds} folds).",
    ),
    "levels": ("水準（採点は学習外の行）", "Levels, on held-out rows"),
    "level": ("水準", "level"),
    "limit": ("スコアの下限", "lowest score"),
    "recall": ("募集の再現率", "recall"),
    "alikes": ("そっくりだが無害な文の誤検出率", "look-alikes flagged"),
    "ordinary": ("日常の文の誤検出率", "ordinary lines flagged"),
    "gate": (
        "関門: 手がかりの文字対の和が限度に届く行は、募集の {recruit:.1%}、日常の文の {ordinary:.1%}（採点は学習外の行）。届かない行はその先を読まずに最低点とする（モデルの定義）。",
        "Gate: in {recruit:.1%} of recruitment rows and {ordinary:.1%} of ordinary ones, held out, the anchors add up to the limit; a row in which they do not gets the floor by definition.",
    ),
    "limits": ("限界", "Limits"),
    "limit_1": (
        "スコアは本プロジェクトの文例の混合比で較正した値で、実際の流れの中での確率ではない。人の判断に代わるものではない。",
        "Scores are calibrated on the mix of the project's own texts; in a real stream they are no probabilities. They do not replace a person's judgement.",
    ),
    "limit_2": (
        "文例は作文であり、実際の募集はこれより速く言い回しを変える。画像内の文字は読まない。短いDMは文脈なしでは判断できないことが多い。",
        "The texts are invented; real recruitment changes its wording faster. Text inside pictures is not read. Short messages often cannot be judged without their context.",
    ),
    "limit_3": (
        "普通の求人に見える募集、求職者自身の投稿、隠語と同形の語は、最も間違えやすい。",
        "Ordinary-looking adverts, job seekers' own posts and homographs of slang are where it errs most.",
    ),
    "plan": ("学習の設定", "Settings"),
}


def model_card(model: Model, language: Language) -> str:
    """The card of `model` as Markdown in one language."""

    def say(key: str, **data: Any) -> str:  # noqa: ANN401 - numbers and texts alike
        return _TEXT[key][language == "en"].format(**data)

    held = model.facts
    plan = held.get("plan", {})
    lines = [f"# {say('title')}", "", say("what"), "", f"## {say('data')}", "", say("data_row", **held), "", *_chosen(held, say), *_reworded(held, say), say("splits", folds=plan.get("folds", "-")), ""]
    if held.get("anchored_ordinary") is not None:
        lines += [say("gate", recruit=held["anchored_recruit"], ordinary=held["anchored_ordinary"]), ""]
    lines += [f"## {say('levels')}", "", f"| {say('level')} | {say('limit')} | {say('recall')} | {say('alikes')} | {say('ordinary')} |", "|---|---|---|---|---|"]
    for name, measured in held["held_out_levels"].items():
        shares = [measured["recall"], measured["look_alikes"], measured["ordinary"]]
        cells = " | ".join("-" if share is None else f"{share:.2%}" for share in shares)
        lines.append(f"| {name} | {model.levels[name]:.3f} | {cells} |")
    lines += ["", f"## {say('limits')}", "", *(f"- {say(key)}" for key in ("limit_1", "limit_2", "limit_3")), "", f"## {say('plan')}", ""]
    lines += [f"- `{key}`: {value}" for key, value in plan.items()]
    return "\n".join(lines) + "\n"


def _chosen(facts: dict[str, Any], say: Callable[..., str]) -> list[str]:
    """The sentence on rows that came from decisions, if there are any."""
    chosen = facts.get("chosen")
    return [say("chosen_row", total=sum(chosen.values()), **chosen), ""] if chosen else []


def _reworded(facts: dict[str, Any], say: Callable[..., str]) -> list[str]:
    """The sentence on reworded rows, if there are any."""
    return [say("reworded_row", **facts), ""] if facts.get("reworded") else []
