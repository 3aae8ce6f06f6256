"""A promise that nobody will be caught.

Why it counts: nobody mentions arrest for an honest job. Promises that nobody was ever caught, and advice to stay silent, come with the
first private messages.
When it misleads: comments on crime news and jokes ask or claim the same; warnings quote the promise to refute it.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="no_arrest_promise",
    group="safety",
    side=Side.FOR,
    en="promise against arrest",
    ja="捕まらないという約束",
    why_ja=(
        "「捕まらない」「誰も捕まっていない」と逮捕に触れること自体が犯罪を前提にしている。事件への感想、冗談、注意喚起の反論引用にも出る。"
    ),
    terms=words("""
        捕まら(ない|ん|ねえ|ないです|ないし|ないから|ないよ|ねー) 捕まりません
        捕まる(こと|事|可能性|リスク|心配)(は|)(ない|なし|ゼロ|ありません|無し|低い|一切)
        捕まった(人|奴|やつ|者|こと|事)(は|)(いない|いません|ゼロ|ない|0|なし|おらん|一人も) つかまら(ない|ん|ねえ)
        パクられ(ない|ん|ません|ねえ|ることない) ぱくられない
        逮捕(されない|されません|者ゼロ|者なし|者0|者はいません|歴なし|の心配|リスクなし|リスクゼロ|の可能性はな|の可能性低) 逮捕はない
        足(が|は|も|)つか(ない|ん|ず|ねえ|ません) 足つきません 足が付かない 身バレ(なし|しない|しません|ゼロ|一切)
        バレ(ない|ません|ることはな|る心配|る事はな|ねえ|へん) ばれない(から|ので|仕事|案件|方法)
        証拠(は|)(残ら|残り|残さ|のこら)(ない|ません|ず) 痕跡(残ら|なし) 顔(は|も|)(映ら|写ら|うつら|割れ)(ない|ません)
        警察(に|には|も|が)(バレ|ばれ|捕ま|来|動|追|気づか)(ない|ません|れない|れません|けない) 検挙(率|されない|ゼロ)
        黙秘(すれば|で|してれば|しとけ|したら|で出) 黙秘すれば 黙ってれば(出|大丈夫|すぐ) 不起訴(になる|で出|で終)
        すぐ出(れる|られる|てこれ) 執行猶予(で済|つく|で終) 初犯なら 未成年なら(捕|大丈夫|罪) 少年法 時効 未成年は捕まら
        万が一(捕|警察|の時|のとき)(は|も|でも|まっても|弁護|に) もし捕ま 保釈金 弁護士費用 サツ(に|は|も)(バレ|来) ポリ(に|は)(バレ|捕ま)
        never_caught wont_get_caught not_get_caught
    """),
    guards=words("""
        捕まらないと思 捕まらないのは 捕まらないのが 捕まらないの タクシー捕まら タクシーが捕まら 捕まらないわけが バレないように勉
        つかまらないと転 電話が捕まらない
    """),
    kinds=(Kind.VAGUE, Kind.APPROACH, Kind.FRAUD_PICKUP),
)
