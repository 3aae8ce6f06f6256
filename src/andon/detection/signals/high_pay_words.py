"""High pay named as the main attraction.

Why it counts: the words that promise unusual pay are the oldest and commonest hook of recruiters; together with a role or errand word they
are the rule that cyber patrols started from.
When it misleads: dealers, night work, sales, temp agencies and affiliate tags use the same words every day, and warnings repeat them in
quotes. Without an errand, a contact line or a denial it says little.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="high_pay_words",
    group="pay",
    side=Side.FOR,
    en="high pay",
    ja="高額・高収入",
    why_ja=(
        "相場を超える収入を前面に出す言葉で、役割や作業の語と並ぶと募集の典型になる。夜職・営業・治験・副業広告のほか注意喚起や報道の引用で"
        "も頻出するため、単独では弱い。"
    ),
    terms=words("""
        高額 高収入 高報酬 高給 高時給 高日給 高単価 高待遇 高還元 高配当 高額バ 高額案件 高額副業 高額アルバイト こうがく(バイト|案件|報酬)
        高額(収入|日払い|報酬|即金|仕事|給与|求人) 高収(入|益)
        (報酬|給料|給与|単価|条件|待遇|ギャラ|日当|実入り)(が|も|は|)(高い|高め|いい|良い|よい|破格|最高|抜群|高額) 破格
        割(の|が)(いい|良い|よい|好い) 割りのいい 実入りの(いい|良い) 超高額 激高 高額手当 特別報酬 太い案件 太め 太い仕事 報酬太
        美味しい(仕事|話|案件|バイト|条件) おいしい(仕事|話|案件|バイト|条件) オイシイ話 うまい話 旨い話 いい話あり 条件◎ 高待遇保証
        highpay high_pay kougaku koushunyu 高額bt 高額B 高バ
    """),
    guards=words("破格値 破格の安 高額療養 高額医療 高額納税 高額当選 高額転売 高額商品 高額請求 最高額 高額所得 高給取り"),
    kinds=(Kind.VAGUE,),
)
