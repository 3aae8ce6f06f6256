"""Pay per run, parcel, account or person.

Why it counts: crime errands are paid per case: one delivery, one account, one contract, one call. The sum per piece is out of proportion to
the work.
When it misleads: posting flyers, delivery gigs, transcription and surveys are paid per piece too, with small sums.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="per_piece_pay",
    group="pay",
    side=Side.FOR,
    en="pay per piece or run",
    ja="1件・1回いくら",
    why_ja=(
        "「1件いくら」「1本いくら」と作業一回ごとに支払う言い方で、運び・口座・契約の勧誘に多い。配達代行・ポスティング・アンケートも出来高"
        "制なので、額が作業に見合うかを見る。"
    ),
    terms=words("""
        (1|一)(件|本|回|枚|台|個|口座|回線|名義|現場)(につき|あたり|当たり|ごと) (1|一)人(につき|紹介|紹介ごと) (1|一)名(につき|ご紹介|紹介)
        (1|一)件(5|10|15|20|30|50|3|2|1)万 1回(5|10|15|20|30|50|3|2|1)万 一回(5|10|15|20|30|50|3)万 1本(5|10|15|20|30|50|3|2|1)万 1現場
        1案件 一案件 一件から 1件から 1本から 1件〜 1回〜 1件毎 1回毎 1本毎 件数分 件数に応じ 件数こなせ こなした分 やった分だけ
        やればやるだけ 動いた分だけ 数こなせば 件数次第 出来高 出来高制 完全出来高 件(100|90|50|30)% 運べば運ぶほど 集めた分 集めただけ
        1荷物 1配達 1便 往復で(5|10|15|20|30|50)万 片道で(5|10|20)万 片道(5|10|20|30)万 往復(5|10|20|30)万 単発(5|10|15|20|30|50)万
        一本釣り報酬 per_delivery per_account per_job
    """),
    guards=words("出来高払い工事 株式出来高 売買出来高"),
    kinds=(Kind.TRANSPORT, Kind.ACCOUNT, Kind.PHONE, Kind.PARCEL),
)
