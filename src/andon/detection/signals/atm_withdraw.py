"""Taking cash out of machines for somebody else.

Why it counts: withdrawing for others is the second half of the fraud errand; it is described as bank work or cash handling.
When it misleads: bank notices, fee complaints, lost cards and daily life mention cash machines; only forms with an agent are listed, and
some overlap stays.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="atm_withdraw",
    group="errand",
    side=Side.FOR,
    en="taking cash from machines",
    ja="ATMでの引き出し",
    why_ja="他人のために現金を引き出す作業の表現。銀行の案内、手数料の愚痴、日常の「おろす」とも近いので、作業・依頼の形に絞っている。",
    terms=words("""
        atm(で|に|から|を|へ)(引き出|引出|おろ|下ろ|降ろ|出金|行くだけ|回|操作|入金|振込するだけ|現金)
        atm(バイト|案件|の仕事|操作|作業|回り|巡り|出金|引き出し) atmに行くだけ エーティーエム えーてぃーえむ コンビニatm(で|を|回|から)
        引き出し(代行|バイト|の仕事|案件|作業|業務|のお手伝い|要員|するだけ) 引き出して(もらう|渡|くれる|頂|いただ|ほしい|きて|手渡)
        引出し(代行|バイト|の仕事|案件|作業) 引出代行 出金(代行|作業|バイト|案件|の仕事|してもらう|するだけ|のお手伝い|業務)
        現金(引き出し|引出し|引出|の引き出し|出金|化して渡) 現金を(引き出|引出|おろ|下ろ|出金)
        お金(を|)(下ろして|おろして|引き出して|降ろして)(くれる|もらう|ほしい|渡|頂|きて|来て|持) お金を下ろす(だけ|バイト|仕事)
        おろす(だけ|バイト|仕事|作業) おろして(くれる|渡す|もらう)(人|だけ|方) 限度額(いっぱい|まで|分)(を|)(引|出|おろ|下ろ)
        50万(ずつ|まで)(引|出|おろ|下ろ) カードで(引き出|引出|おろ|下ろ|出金)(す|し|ろ|) カード(を|)(渡す|お渡しする|預ける|貸す)(ので|から)
        カードと暗証番号 暗証番号(教え|と|付き|を|渡) 暗証番号 暗証(も|付) 代わりに(引き出|おろ|下ろ|出金|引出)
        代理で(引き出|おろ|下ろ|出金) 銀行(回り|巡り|で引き出|でおろ|窓口で(引|出|おろ|下ろ)|に行ってお金)
        窓口(で|から)(引き出|引出|出金|現金) 郵便局(で|から)(引き出|おろ|下ろ) キャッシング(代行|して渡) atm_withdrawal withdraw_cash
        withdraw_money cash_withdrawal
    """),
    guards=words("おろすだけで簡単 大根おろす"),
    kinds=(Kind.FRAUD_PICKUP, Kind.MONEY_MULE),
)
