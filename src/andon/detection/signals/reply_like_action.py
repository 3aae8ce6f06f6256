"""Like, follow, reply.

Why it counts: Asks for a public sign so that the recruiter can write first.
When it misleads: Every giveaway and fan does so.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="reply_like_action",
    group="contact",
    side=Side.SCENE,
    en="like, follow, reply",
    ja="いいね・フォロー・リプ",
    why_ja="いいねや返信をさせ、募集側から接触する。懸賞やファンの投稿でも普通。",
    terms=words("""
        (いいね|ふぁぼ|リプ|リプライ|フォロー|rt|リポスト|コメント)(して|した方|くれた|ください|下さい|くれれば|&|と|で|か)(フォロー|rt|リポ|dm|連絡|こちらから|完了|お声|お送り|送|ください|くれ|)
        こちらから(dm|連絡|ご連絡|メッセ|お声|送り)
    """),
)
