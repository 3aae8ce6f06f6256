"""Fees for bringing people.

Why it counts: Groups pay for introduced workers, so applicants become recruiters.
When it misleads: Lawful referral campaigns pay bonuses as well.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="recruiter_fee",
    group="recruit",
    side=Side.FOR,
    en="fees for bringing people",
    ja="紹介料・勧誘役",
    why_ja="紹介した人数に応じて報酬を払い、応募者を勧誘役にする。正規の友人紹介制度にも紹介料はある。",
    terms=words("""
        紹介(料|報酬|謝礼|手数料|フィー|バック|制度) 紹介(者|して|した|だけ|のみ|一人|1人|1名|一名|も)(に|も|くれ|いただ|もら|方|人|で|可|ok|ごと|につき|あたり|謝礼|報酬|お礼|歓迎)
        リク(ルーター|ルート|さん|側|役)(募集|求|さん|役|してくれ|探|同士|報酬|大歓迎|手伝|できる|やり|1人|一人|) 勧誘(役|係|してくれ|スタッフ|担当|の仕事|バイト)
        (人|人材|働き手|稼働者|応募者|子|友達|知り合い|兵隊|若い子|同級生|後輩|人間)(を|)(集め(て|る|られ|いただ)|紹介(して|でき|いただ|したら)|連れて(きて|きた|来て|来た|くれば)|流し(て|てくれ)|回し(て|てくれ)|出せ(る|ます)|送り込|手配し)
        (人集め|人材集め|人員確保|兵隊集め) スカウトマン 募集(投稿|ポスト|文|ツイート)(を|の|)(拡散|リポスト|貼|投稿|代行|代わり)
        (拡散|リポスト|rt|投稿|貼り付け|コピペ)(するだけ|してくれ|だけで|のお仕事|バイト|代行|で報酬) 仲介(料|手数料|者)(あり|払|募集|として|)
    """),
    kinds=(Kind.RECRUITER,),
)
