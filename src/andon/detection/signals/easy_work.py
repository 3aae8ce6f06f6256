"""The work is said to be easy.

Why it counts: the pay is high and the work easy: the contradiction itself is the hook, and "easy" stands in for a description.
When it misleads: "an easy job" is a running joke, and household help, data entry and surveys are advertised as easy.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="easy_work",
    group="ease",
    side=Side.FOR,
    en="easy work",
    ja="簡単・楽な作業",
    why_ja="中身を書かずに「簡単・楽」とだけ言い、報酬との釣り合わなさを魅力に見せる。軽作業の求人や皮肉・冗談でも多用される。",
    terms=words("""
        簡単作業 簡単な(仕事|お仕事|作業|バイト|案件|業務|お手伝い|内容|手伝い|依頼|軽作業) 簡単(仕事|バイト|案件|副業|業務|高収入|に稼)
        かんたん(な仕事|作業|バイト|な作業|案件) カンタン(な|作業|バイト) 楽な(仕事|作業|バイト|案件|お仕事|業務) 楽々 らくらく
        ラクな(仕事|作業|バイト) 楽ちん らくちん ラクチン 楽で(簡単|安全|高) 楽勝 らくしょう 楽に(できる|出来る|こなせ) 楽バイト
        ちょっとした(仕事|お手伝い|手伝い|作業|用事|頼み|お願い|バイト|おつかい|お使い) 誰でも簡単 単純作業 単純な(作業|仕事) 軽作業
        軽い(仕事|作業|お手伝い|手伝い|バイト) お手軽 手軽に(稼|できる|始め) 難しい(こと|事|作業)(は|)(なし|ない|ありません|一切|無し)
        難しくない むずかしくない 頭(使わ|いら)ない 体力(不要|いら|使わ) 力仕事(なし|ではない|じゃない|無し) キツく(ない|ありません)
        きつくない ノルマ(なし|無し|ナシ|ゼロ|一切) 負担(なし|少|ゼロ) サクッと(稼|終|できる) さくっと稼 ぱぱっと パパッと 片手間 ながら作業
        誰にでもできる 子どもでもできる 子供でもできる 猿でもできる バカでもできる 立ってるだけ 立っているだけ kantan kantan_na_shigoto
    """),
    guards=words("お手軽価格 楽々フォン らくらくホン らくらくスマ らくらくフォン"),
    kinds=(Kind.VAGUE, Kind.TRANSPORT),
)
