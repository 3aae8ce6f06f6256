"""Robbery, burglary or violence named outright.

Why it counts: some posts name the deed: robbing, stealing from a home that has cash, hurting someone for pay.
When it misleads: news, crime fiction, games and history use the words all the time. The signal helps only next to an offer.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="robbery_plain",
    group="crime_word",
    side=Side.FOR,
    en="robbery in plain words",
    ja="強盗・窃盗の直接表現",
    why_ja=(
        "強盗・盗み・襲撃を直接述べる語。事件報道、フィクション、ゲームでの用例が圧倒的に多く、報酬や募集の語が隣にあるときだけ意味を持つ。"
    ),
    terms=words("""
        強盗 ごうとう go盗 強と 強盗(募集|メンバー|仲間|要員|案件|バイト|やる人|役) 緊縛強盗 窃盗 せっとう
        窃盗(団|メンバー|案件|バイト|仲間|要員) 泥棒(バイト|募集|仲間|案件|の仕事) ドロボー 空き巣 あきす 盗み(の|に入|案件|バイト|の仕事)
        盗んで(くれる|きて|来て|ほしい) 盗ってきて 奪って 奪う(だけ|仕事|案件|役) 奪い取 襲う 襲って(くれ|ほしい|もら) 襲撃 しゅうげき
        忍び込 侵入(する|役|して|できる|経験) 家に入(って|る|れる)(人|だけ|役|お金|金) 押し入(る|って|れる|り) タンス預金 たんす預金
        箪笥預金 現金がある家 金(が|の)ある家 金持ちの(家|ジジイ|ババア|老人|年寄り) 資産家(の家|宅|狙) 金庫(の中|から|を|ごと)
        一人暮らしの(老人|年寄り|高齢者|ばあさん|じいさん)(の|を|宅) 留守(の家|宅|を狙) ひったくり 引ったくり 恐喝 きょうかつ カツアゲ
        かつあげ 美人局 つつもたせ 暴行して 殴って(くれ|ほしい|もら|きて) ボコ(って|る仕事|してくれ|案件|れる人) 痛めつけ
        殺し(屋|の依頼|案件|てくれ) 復讐(代行|屋|します|して) 復讐代行 別れさせ屋 放火(して|案件|バイト|役) 火をつけ(て|るだけ|る仕事)
        監禁(役|要員|して) 拉致 らち(って|する) 誘拐(して|役|案件) 嫌がらせ(代行|して|する仕事) 盗難車 車(を|の)盗 盗難(バイト|案件)
        万引き(バイト|代行|案件|してくれ|仲間) 銃(の|を)(運|売|買|譲) 拳銃 チャカ 道具持って rob_a robbery burglary steal_car
    """),
    guards=words("""
        心を奪って 奪い取られ 目を奪って 拉致監禁事件 拉致問題 拉致被害 北朝鮮の拉致 北朝鮮による拉致 拉致された 時間を奪って
    """),
    kinds=(Kind.ROBBERY,),
)
