"""Lists of people.

Why it counts: Lists of elderly or wealthy people steer robbery and fraud.
When it misleads: Schools and clubs keep lists too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="list_seller",
    group="tools",
    side=Side.FOR,
    en="lists of people",
    ja="名簿の売買",
    why_ja="高齢者・資産家の名簿は強盗や詐欺の的を決める。学校や団体の名簿の話もある。",
    terms=words("""
        名簿(屋|売|買|あり|持|販売|購入|譲|業者|データ|高齢|渡|流|取|集め|代行|提供|写) (高齢者|富裕層|資産家|独居|金持ち|年寄り|老人|社員|顧客|会員|契約者|投資家)(の|)(名簿|リスト|情報|データ)
        (顧客|個人)(データ|情報)(を|の|)(買|売|抜|持|流|コピー|高く|提供) リスト(屋|販売|売ります|買います|あります)
    """),
    kinds=(Kind.TOOLS,),
)
