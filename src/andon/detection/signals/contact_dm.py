"""Write to me in private.

Why it counts: The offer leads away from the public post at once; the employer stays unnamed.
When it misleads: Fans trading goods, artists and small shops ask for messages too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="contact_dm",
    group="contact",
    side=Side.FOR,
    en="write to me in private",
    ja="DM・個別連絡",
    why_ja="公開の場を離れて個別連絡に誘い、雇い主を明かさない。グッズ交換、作家、小さな店もDMを求める。",
    terms=words("""

        (dm|ディーエム|でぃーえむ|d_m|ダイレクトメッセージ|ダイレクトメール|ディエム|ＤＭ)(ください|下さい|くれ|ちょうだい|頂戴|まで|にて|で|へ|を|に|お願い|待って|待ち|お待ち|してね|して|送って|もらえ|でご|で詳細|でお|で相談|で連絡|にご|から|先着|歓迎|いただ|頂|きた|のみ|希望|お気軽|どうぞ|で話|くだ|飛ば|よろ|で)
        (興味|きょうみ)(ある|が|を|の|があ|あれば|ありましたら|お持ち|持)(方|人|る方|る人|れば|れば|りましたら|子|った|は|なら|の方|ら)
        (詳細|詳しく|くわしく|話|続き|内容|条件|場所|説明)(は|の|を|)(dm|個別|個人|直接|リプ|チャット|メッセ|通話|電話|アプリ|line|ライン|会って) 個別(に|で)(連絡|説明|話|案内|お伝え)
        メッセ(ージ|)(ください|下さい|まで|お待ち|待って|送って|くれ) (連絡|れんらく)(ください|下さい|くれ|待って|お待ち|まで|ちょうだい|をお|お願い|先は) dmから dmで dmへ dmまで pm_me dm_me 私信
        私聊 加我 inbox ib_mình nhắn_tin
    """),
)
