"""A story of recovering money somebody ran off with.

Why it counts: robbery and intimidation are presented as fetching back money that a bad person owes, so that the reader feels in the right.
When it misleads: quarrels over loans between friends, legal advice and drama plots tell the same story.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="debt_recovery_story",
    group="errand",
    side=Side.FOR,
    en="story of money run off with",
    ja="持ち逃げ金の取り返し",
    why_ja=(
        "「持ち逃げされた金を取り返す」「悪い奴から回収する」という筋書きで、強盗や脅しを正当化する募集がある。貸金トラブルの相談やドラマの"
        "筋にも同じ話が出る。"
    ),
    terms=words("""
        持ち逃げ もちにげ 持ち逃げ(され|した|犯|金) 飛んだ(奴|やつ|人)(から|の|を) 逃げた(奴|やつ|人|債務者)(から|の|を) トンズラ とんずら
        金を(持って|持ち)逃げ 未回収(の|金|分) 取り返(し|す|して)(に|ほしい|くれる|たい|てくれ|だけ|手伝) 取り返すだけ
        取り戻(す|して)(だけ|ほしい|くれる|仕事|案件|手伝) 奪い返 盗まれた(お金|金|現金|物|品)(の|を)(回収|取り|奪)
        貸した(お金|金)(の|を)(回収|取り|返して) 借金(の|)(回収|取り立て|取立て) 借金取り 債務者 債務者(宅|の家|の自宅|を|から) 債務者宅
        借りパク 踏み倒(し|した|され)(た|)(奴|やつ|人|金)(から|の|を|) 悪い(奴|やつ|人間|会社)から(金|お金|回収|取|奪) 悪人から
        悪徳(業者|会社|社長)(から|の|に)(金|回収|取|奪) 詐欺師(から|の)(金|回収|取|奪|お金) 反社の金 ヤクザの金
        脱税(した|して)(金|る|た|いる)(人|奴|社長|の|金|) 脱税してる 隠し金 裏金(の|を)(回収|奪|取|運) 汚い金(の|を|だけ|しか)
        表に出せない金 被害届(は|を|が)(出せない|出さない|出されない|出ない|出せません) 被害届(出せない|出されない|出ない)
        警察に(言え|行け|届けられ)ない(金|人|相手|やつ|奴|お金) 通報(され|でき)ない(金|相手|家|人)
        相手も(悪い|グレー|黒|分か|わか|承知|納得) 相手(は|が|も)(悪|詐欺師|業者|承知|了承) 話(は|が)(ついて|通って)(る|いる|ます|います)
        話はついてる 了承済み 承諾済み 持ち主の許可 家主の許可 依頼人の金 身内の(金|トラブル|揉め) 金銭トラブル(の|解決|代行|の解決|の回収)
        トラブル(解決|処理)(の|)(手伝|バイト|案件|の仕事|要員|代行) 慰謝料(の|)(回収|請求の同行|取り立て) 付き添い(回収|集金)
        回収の(付き添い|同行|見守り|立会|立ち会い|護衛) 取り立ての(付き添い|同行)
    """),
    guards=words("人生を取り返す 時間を取り戻す"),
    kinds=(Kind.CASH_COLLECTION, Kind.ROBBERY),
)
