"""A driver, a car or a lift is wanted by strangers.

Why it counts: crews hire getaway drivers as "drivers" or "transport at night", with a rented car paid for and no firm named.
When it misleads: haulage, taxi, day-care and night-club transport firms hire drivers every day, and people offer lifts.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="driver_words",
    group="crime_word",
    side=Side.FOR,
    en="driver wanted by strangers",
    ja="運転手・ドライバー役",
    why_ja=(
        "犯行グループの送迎役は「運転手」「深夜の送迎」として募られる。運送・タクシー・介護・ナイト送迎の正規求人が大多数なので、事業者名や"
        "勤務条件の有無と合わせる。"
    ),
    terms=words("""
        運転手 うんてんしゅ 運転役 運転係 運転要員 運転(できる|出来る)(方|人|奴|やつ|子)
        運転(バイト|案件|のバイト|の仕事|代行募|手募集|手急募|手探|してくれる|のみ|するだけ|お願い)
        ドライバー(役|案件|急募|求|探し|要員|募集|バイト|できる|大募|枠|さん募|のみ|やって|やれる) ドライバー どらいばー
        足(になって|役|を出して|出せる|として動|がある方|ある方|担当) アシ(になって|役)
        車(出せる|だせる|出せます|ある方|ある人|持ち|あり(の方|優遇)|貸し出|用意|はこちら|持ってる(人|方)|手配|持込|持ち込み)
        レンタカー(代|借り|を借り|手配|名義|運転|こちら|支給|用意) カーシェア(名義|借り|アカウント|で) 借りた車
        車両(貸与|支給|はこちら|用意|手配) 原付(ある|持|で|OK) バイク(ある方|持ち|で運|で配|出せる)
        送迎(バイト|案件|役|の仕事|ドライバー|要員|してくれる|係|スタッフ急) 送り(迎え|の運転|案件|役|専門|のバイト)
        深夜(の|に|)(運転|送迎|ドライ|人を運) 夜中(の|に|)(運転|送迎|ドライ|人を運) 夜間(の|に|)(運転|送迎|ドライ)
        免許(あり|有|持ち|ある方|持って(る|いる)(方|人)|証持|ある人) 普通免許(あれば|ある|持|あり|のみ) 要普免 要免許 mt免許 at限定OK
        長距離運転 逃がし屋 逃走(用|車|役|ドライバー) 飛ばせる人 ナンバー(替|外し|付替) driver_needed need_driver 乗り子 白タク
    """),
    guards=words("""
        ドライバーズ スクリュードライバー プラスドライバー マイナスドライバー ドライバーショット ドライバーイラ デバイスドライバー
        プリンタドライバー グラフィックドライバー ドライバー更新 ドライバーのアップデート ドライバーの飛距離 精密ドライバー
        インパクトドライバー
    """),
    kinds=(Kind.DRIVER, Kind.ROBBERY, Kind.TRANSPORT),
)
