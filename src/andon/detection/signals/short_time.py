"""Little time, one off.

Why it counts: minutes of work for a week of wages; "one off" also says that there is no relation to keep.
When it misleads: spot work, tutoring and events are one-off and short. The term says something only next to a large sum.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="short_time",
    group="ease",
    side=Side.FOR,
    en="little time",
    ja="短時間・単発",
    why_ja=(
        "数分〜数時間・一回限りで大金という組合せが典型。単発アルバイトや家庭教師、イベントでも普通の表現なので、金額と併せて判断する。"
    ),
    terms=words("""
        短時間 たんじかん 短期 単発 たんぱつ スポット(案件|バイト|の仕事|勤務) 隙間時間 すきま時間 スキマ時間 スキマバイト 空き時間
        空いた時間 空いてる時間 合間に 数時間 数時間だけ 数分 (5|10|15|20|30)分(で|だけ|の作業|ほど|程度|で終) 1時間で 2時間で 一時間で
        二時間で 3時間で 半日 はんにち (1|一)日だけ (1|一)日のみ 1day 一回だけ 1回だけ 一度だけ 1回限り 一回限り 一度きり 一回きり 一日限り
        1日限り その日限り その日だけ 一晩だけ 一晩 夜だけ 深夜だけ 深夜のみ 週末だけ 土日だけ 週1 週一 好きな時間に 好きな時だけ
        自分のペース 自由な時間 時間の融通 拘束(時間|なし|短|1|2|3|数) 時短 短時間高収入 短時間高額 待機なし 待ち時間なし 即終了 すぐ終わ
        spot_job tanpatsu
    """),
    guards=words("""
        短時間労働者 時短営業 時短料理 時短レシピ 時短勤務 単発ドラマ 短期大学 短期金利 短期国債 短期滞在 短期決戦 単発ガチャ
    """),
    kinds=(Kind.VAGUE, Kind.LOOKOUT),
)
