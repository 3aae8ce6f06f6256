"""Pay is guaranteed or handed over beforehand.

Why it counts: strangers promise that pay is certain, minimum and in advance to overcome doubt; lawful employers need no such promise.
When it misleads: night clubs and taxi firms advertise guaranteed pay, agencies advance wages lawfully, and insurance and sport use the
verb.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="guaranteed_pay",
    group="pay",
    side=Side.FOR,
    en="pay is guaranteed",
    ja="報酬保証・前払い",
    why_ja=(
        "「必ず払う」「最低保証」「先払い」と支払いの確実さを先に約束する言い方は、疑いを抑える勧誘に多い。ナイトワークやタクシーの給与保証、"
        "前払いサービスの広告とも重なる。"
    ),
    terms=words("""
        最低保証 最低保障 報酬保証 日給保証 時給保証 完全保証 全額保証 収入保証 給料保証 支払い保証 保証あり 保証付き 先払い
        先に(払|支払|渡|振込|振り込) 前払いOK 前払い可 前払いあり 前金あり 前金で(払|渡|お渡|支払|もら) 手付金 支度金 契約金 祝い金 入社祝
        未払い(なし|無し|ゼロ|一切) 未払なし 確実に(払|支払|もら|稼|渡|入金) 必ず(払|支払|稼|報酬|お支払|儲) 絶対(払|稼|支払|儲)
        間違いなく(払|稼|支払) バックレ(なし|無し|ません) 飛び(なし|ません) 持ち逃げ(なし|しません) 支払い(実績|率) 支払い(率|)100%
        払い渋り(なし|一切) 報酬は(確実|必ず|絶対|その場|即) 報酬(即|その場|当日|全額|翌日) 金は(先|その場|ちゃんと|必ず)
        金(ちゃんと|きっちり)払 きっちり払 ちゃんと払 お支払いは確実 担保あり
    """),
    guards=words("先払い買取 元本保証 最低保証金 支払い保証人"),
    kinds=(Kind.VAGUE, Kind.OVERSEAS),
)
