"""An offer in romaji.

Why it counts: Writing Japanese in Latin letters escapes word lists.
When it misleads: Learners and gamers write romaji too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="romaji_job_offer",
    group="foreign",
    side=Side.FOR,
    en="an offer in romaji",
    ja="ローマ字の勧誘",
    why_ja="日本語をローマ字で書いて検索を逃れる。学習者やゲーマーも使う。",
    terms=words("""
        yamibaito yami_baito yami_no urabaito ura_baito ura_no_shigoto baito baito_boshu baito_boshuu arubaito shigoto oshigoto
        shigoto_arimasu anken anken_arimasu kougaku kogaku kougaku_baito koushuunyuu koshunyu sokujitsu sokkin soku_kin
        sokujitsu_sokkin sokujitsu_genkin nikkyu nikkyuu hibarai houshuu hoshu man_en man_yen kantan kantan_na raku_na dare_demo
        daredemo miken keiken_fumon boshu boshuu boshuchu bosyu okane okane_ni okane_hoshii komatteru komatteiru shakkin kasegu
        kasegeru kasegitai ukeko dashiko kakeko uke_dashi ukedashi tataki hakobi unpan hakobu nimotsu nimotsu_wo uketoru uketori
        todokeru kaishu kouza kouza_kaitori kaitori tsuuchou keitai keiyaku keitai_keiyaku unten untenshu doraiba kuruma menkyo
        mibunsho renraku renraku_kudasai dm_kudasai kudasai shousai shosai anzen anzen_na white_anken howaito gurei terebi
        telegramu shiguna kyou kyou_ugokeru ugokeru ashita kaigai hitode tarinai shoukai shokai
    """),
)
