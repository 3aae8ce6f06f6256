"""Playing pachinko for someone as an entry job.

Why it counts: the stand-in player is an old bait: a harmless sounding gamble with daily pay that leads to private messages, fees or worse.
When it misleads: pachinko fans write about real stand-ins, halls and settings every day; in kana the word lies inside verbs and a town
name.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="uchiko_bait",
    group="crime_word",
    side=Side.FOR,
    en="pachinko stand-in bait",
    ja="打ち子",
    why_ja=(
        "打ち子募集は古くからある入口で、無害に見える日当仕事から個別連絡や登録料に誘導する。パチンコ愛好者の雑談にも頻出し、かなでは他語や"
        "地名に一致しうる。"
    ),
    terms=words("""
        打ち子 打子 うちこ(募集|バイト|さん|の|案件) ウチコ 打ち子(募集|バイト|案件|急募|さん|の仕事|求人|やり|でき) 打ち子グループ
        軍団(員|募集|メンバー|に入) 代打ち 代打ち募集 設定漏洩 設定(漏れ|情報あり|教え) 高設定(確約|保証|情報|台)
        サクラ(バイト|募集|の仕事|案件) さくら(バイト|募集の仕事) 桜バイト パチスロ(バイト|打つだけ|案件|の仕事|で稼)
        パチンコ(バイト|打つだけ|案件|の仕事|で稼|代打) スロット(バイト|打つだけ|案件|打つ仕事) 打つだけ 打って(もらう|頂く|いただく)だけ
        攻略(法販売|情報|プロ|会社) 攻略法で稼 必勝法 ゴト(師|案件|グッズ|行為) ゴト師 台を打つだけ 出玉(折半|バック) 演者の打ち子
        抽選(並び|参加)だけ 並び打ち ノリ打ち募集 オンカジ オンラインカジノ(の|で|案件|紹介|バイト) 裏スロ 裏カジノ 闇カジノ
        カジノ(ディーラー|スタッフ|の仕事)(急|募|案件) 野球賭博 賭博(案件|バイト|場の) 代理プレイ uchiko
    """),
    guards=words("うちこの うちこのまま ウチコミ うちこむ うちこみ うちこん うちこわ うちことし ウチこれ ウチこの ウチここ"),
    kinds=(Kind.BAIT, Kind.VAGUE),
)
