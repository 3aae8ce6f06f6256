"""The recruiter swears not to throw people away.

Why it counts: talk of disposable hands, of looking after one's people and of long relations answers what readers know of crews: the
newcomer takes the risk.
When it misleads: unions, temp workers, fan debates and eco products use "disposable" in a plain sense.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="not_disposable",
    group="safety",
    side=Side.FOR,
    en="not to be thrown away",
    ja="使い捨てにしない",
    why_ja=(
        "「使い捨てにしない」「長く付き合える」「面倒を見る」と誓うのは、実行役が切り捨てられると知る人への先回り。派遣労働の議論や使い捨て"
        "用品の話題とは文脈が違う。"
    ),
    terms=words("""
        使い捨て(に(は|)し(ない|ません)|ません|なし|しません|じゃない|ではありません|ではない|しない|には致し|にはいたし|感)
        使い捨てにしない 使い捨てにしません 使い捨てにはしない 捨て駒(に|では|じゃ|なし|にしま) すてごま 捨てゴマ
        切り捨て(ません|ない|たりし) 切り捨てしません 見捨て(ない|ません) 飛ばし(ません|たりし)
        長く(付き合|働|一緒|稼|やって|お付き合)(え|け|に|い|げ|く)る方 長く付き合える 長く働ける方 長期的に(付き合|お付き合|やれ|稼|動)
        末永く 継続案件 継続して(案件|仕事|稼|お願い) 継続(的|)(に|)(仕事|案件)(を|)(紹介|振|ふ|回) 仕事(を|)回します 案件回せます
        案件回します 面倒(見ます|みます|見る|みる|は見)(ので|から|よ|し|) 面倒見(ます|ます|良い|いい|の良い) 守ります 守るので
        仲間(に|として|を|は)(大事|大切|なれ|なり|なって|裏切|見捨) 仲間意識 家族みたいな 一緒に(稼|上が|のし上が|成り上が|儲) ファミリー感
        直案件 直の案件 元請け 上と(直|繋がっ|直接) 上から直 仲介(なし|無し|挟まない|挟みません) 中抜き(なし|無し|しません|一切)
        末端(では|じゃ) ハメ(なし|たりし|ません) 裏切ら(ない|ません|れ) 信用問題
    """),
    guards=words("中抜き批判 守ります宣言"),
    kinds=(Kind.RECRUITER, Kind.VAGUE),
)
