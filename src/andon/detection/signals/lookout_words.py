"""Keeping watch or scouting a place.

Why it counts: lookouts and scouts are hired apart from the robbers with harmless words: stand outside, report who passes, check when a
house is empty.
When it misleads: security guards, flat viewing, film locations, fishing and outings use the same words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="lookout_words",
    group="crime_word",
    side=Side.FOR,
    en="lookout and scouting",
    ja="見張り・下見",
    why_ja="見張り・下見・張り込みなど、犯行の周辺役を頼む語。警備、内見、ロケハン、旅行や釣りの下見でも普通に使われる。",
    terms=words("""
        見張り みはり 見張(番|役|係|り役|り番|り要員|り案件|りバイト|っててくれ|って) 見はり 見張りだけ 見張りの(仕事|バイト|人)
        見回り(バイト|案件|役|するだけ|だけ) 下見 したみ 下見(バイト|案件|役|係|要員|だけ|するだけ|の仕事|に行くだけ|してくれる)
        下調べ(バイト|役|案件|するだけ|だけ) 偵察 ていさつ 張り込み 張込 はりこみ
        監視(役|バイト|案件|係|するだけ|だけ|の仕事|要員|してほしい) 尾行(バイト|案件|役|するだけ|して(くれる|ほしい)|の仕事|要員) 尾行
        警戒役 外で待(つ|って)(だけ|る|いる) 外に立 立ち番 立ちんぼ役 シキテン しきてん 敷展 張り番 誰か来たら(連絡|電話|教え)
        人が来たら(連絡|電話|教え) 警察(が|)来たら(連絡|電話|教え) パトカー(が|)(来たら|見たら|見つけたら)
        出入り(を|の)(確認|チェック|見|記録|報告) 在宅(か|かどうか)(確認|チェック) 留守(か|かどうか|を)(確認|チェック) 留守確認
        周辺(の|を|)(確認|撮影|調査|見回り|写真)(する|して|だけ|を) 家の(写真|外観|周り|前)(を|の|に|で)(撮|写真|確認|見|立|待)
        外観(撮影|の撮影|写真|を撮) 住宅街(を|で|の)(歩|撮影|回|見|調査|写真) 防犯カメラ(の|が|を)(位置|確認|ある|有無|数|調べ)
        カメラの(有無|位置) 間取り(を|の)(確認|調べ|聞|教え) 張って(る|いる)だけ lookout mihari shitami scouting_job stakeout
    """),
    guards=words("""
        下見張 下見板 見張り台 見張り塔 見張らし 下見に来 修学旅行の下見 遠足の下見 会場の下見 式場の下見 偵察機 偵察衛星 花見の下見
        見張らせ 見張られ
    """),
    kinds=(Kind.LOOKOUT, Kind.ROBBERY),
)
