"""A link.

Why it counts: a link leads off the post, to a form, a shop or a messenger.
When it misleads: most links are harmless.
"""

from andon.detection.signals.signal import Measure, Range, Side, Signal

SIGNAL = Signal(
    name="url_present",
    group="contact",
    side=Side.SCENE,
    en="a link",
    ja="リンクあり",
    why_ja="投稿の外（応募フォーム、店、メッセンジャー）へ導く。大半のリンクは無害。",
    within=Range(Measure.URLS, 1, 999),
)
