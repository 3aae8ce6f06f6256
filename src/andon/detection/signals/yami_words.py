"""The crime job is called by its name.

Why it counts: posters put the word and its disguises (ura-baito, abbreviations, digits, romaji) into tag lines so that seekers find them.
When it misleads: by far the most uses are news, warnings, talk and jokes; alone the word speaks rather against an offer. Look at voice and
quotes.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="yami_words",
    group="crime_word",
    side=Side.FOR,
    en="yami-baito and its names",
    ja="闇バイトの呼び名",
    why_ja=(
        "闇バイト・裏バイトとその言い換え・略語・伏せ字。タグとして使われるが、用例の大半は報道・注意喚起・雑談・冗談であり、語り口や引用の"
        "形と合わせて判断する。"
    ),
    terms=words("""
        闇バイト やみばいと 闇ばいと ヤミ(バイト|仕事|案件|バ)
        闇(バ|B|bt|BT|案件|仕事|副業|求人|稼ぎ|ワーク|系バイト|系案件|系仕事|系の仕事|アルバイト|リクルート|掲示板|職|金稼ぎ|の仕事|のバイト|の案件|ジョブ|ビジネス)
        闇ば1と 闇ばっと 闇バ1ト 闇×イト 闇ノ仕事  闇垢 裏バイト うらばいと 裏ばいと ウラ(バイト|仕事|案件)
        裏(バ|B|bt|仕事|案件|副業|求人|稼ぎ|ワーク|系バイト|系案件|アルバイト|の仕事|のバイト|稼業|ジョブ|ビジネス|社会の仕事|職|バ求人)
        裏ば1と 裏サイト求人 裏求人 ダーク(バイト|案件|ワーク|な仕事) アングラ(バイト|案件|な仕事) 地下バイト 黒バイト 犯罪バイト 違法バイト
        危険バイト 非合法バイト 訳ありバイト ワケありバイト グレバイト やばい(バイト|仕事|案件) ヤバい(バイト|仕事|案件)
        危ない(バイト|仕事|案件) 怪しい(バイト|仕事|案件) ガチ闇 yamibaito yami_baito yami-baito yamibt yamib yamijob urabaito ura_baito
        uraba 暗黒バイト ヤバイバイト 犯罪の仕事 裏仕事人募集 汚れ仕事 よごれ仕事 叩き案件 表に出せない(仕事|案件) 表に出ない(仕事|案件)
        公にできない(仕事|案件) 人に言えない(仕事|バイト|案件)
    """),
    guards=words("闇の仕事人"),
    kinds=(Kind.VAGUE, Kind.RECRUITER),
)
