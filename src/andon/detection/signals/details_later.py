"""Details later.

Why it counts: What the work is stays hidden until contact is made; a lawful advert must say it.
When it misleads: Event organisers and sellers also put details off.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="details_later",
    group="contact",
    side=Side.FOR,
    en="details later",
    ja="詳細は後で",
    why_ja="仕事の中身を連絡後まで明かさない。求人なら明示が義務。催しや売買の投稿でも「詳細は後で」はある。",
    terms=words("""

        (詳細|詳しい話|詳しい内容|詳しいこと|内容|仕事内容|業務内容|中身|条件|場所|集合場所|行き先|住所)(は|に関しては|については|の説明は|等は|などは)(後|あと|追|当日|現地|現場|会って|連絡|採用後|応募後|面談|お会い|問い合わせ|そのとき|その時|着いて|直前|当日朝|個別|別途|非公開|秘密|聞かない|言えない|まだ|ご連絡|登録後|やり取り)(日|で|に|から|して|後|者|時|いたら|の方|絡|のみ|ほど|ます|お伝え|ご|説明|お話|)
        詳しくは(dm|後|連絡|個別|聞|上の|担当|お問い|会って|話|追って|別|アプリ|通話|シグナル|テレ|line|ライン|id|こちら|プロフ|固定) 応募(後|者|の方)に(説明|お伝え|だけ|のみ|詳細|ご案内)
    """),
)
