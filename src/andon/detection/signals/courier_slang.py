"""Slang for carrying cash, drugs or people.

Why it counts: hakobi, "carry job" and its emoji-like shorthand name couriers for fraud cash, drugs or people.
When it misleads: removal firms, logistics talk, "how things went" (hakobi), films and news about smugglers share the words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="courier_slang",
    group="crime_word",
    side=Side.FOR,
    en="courier slang",
    ja="運び・運び屋",
    why_ja="現金・薬物・人を運ぶ役の隠語。物流や引越し、「事の運び」、映画・密輸事件の報道など無関係な用例も多い。",
    terms=words("""
        運び屋 はこびや 運びや ハコビ屋
        運び(案件|バイト|の仕事|募集|要員|役|できる|やれる|専|系|のバイト|メンバー|経験|手|人募集|あり|です|高額|1回|一回|ud)
        ハコビ(案件|バイト|の仕事|募集|要員|役|できる|やれる) はこび(案件|バイト|の仕事|募集|要員|役) hakobi hakobiya hakobi_anken 運びあり
        運びやりたい 運びやる人 運び/ 運び・ 叩き運び ud運び 運び叩き 受け出し運び 運搬役 運搬係 運搬案件 配達役 クーリエ くーりえ
        courier mule キャリー案件 ミュール 手荷物案件 密輸 みつゆ 密輸(案件|バイト|要員) 密輸入 金密輸 金の運び 金塊(運|の運搬|を運) 金塊を
        海外運び ハンドキャリー ハンドキャリ handcarry hand_carry 持ち込み案件 持ち出し案件 スーツケース(運|を運|持|預|を預|ひとつ)
        スーツケースを持 トランク(運|を運) 飲み込み案件 ゲート(抜け|通過)案件 税関(抜け|通過|通す)(だけ|案件|るだけ)
    """),
    guards=words("お運びくだ お運びいただ お運びで 足をお運び 事の運び 足を運び 筆の運び 足運び、 運び出"),
    kinds=(Kind.TRANSPORT, Kind.DRUGS),
)
