"""Lending an address, a mailbox or a room.

Why it counts: crews need delivery addresses and rooms that do not lead to them; people are paid for lending theirs.
When it misleads: share houses, virtual offices, rentals, storage and holiday lets are lawful trades with near words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="address_lending",
    group="errand",
    side=Side.FOR,
    en="lending an address or flat",
    ja="住所・部屋貸し",
    why_ja=(
        "足のつかない送付先や部屋を得るため、住所・ポスト・空き部屋を借りる募集がある。シェアハウス、バーチャルオフィス、民泊、レンタル倉庫"
        "とは区別が必要。"
    ),
    terms=words("""
        住所(貸し|貸|を貸|を使わせ|使わせ|のみ貸|だけ貸|の提供|提供|借り|を借り|貸出|レンタル|利用料|買取|貸してくれ) 住所貸し
        バーチャル住所 名前と住所(だけ|を貸|貸) 自宅(を|の)(貸|使わせ|提供|住所を) 自宅住所(貸|提供|を使)
        ポスト(貸|を貸|使わせ|に届|から回収|の回収|に入れ) ポスト貸し 郵便受け(を|)(貸|使わせ)
        部屋(貸し|貸して|を貸|借りる名義|の名義|名義|を使わせ|借りて) 部屋貸して 空き部屋(貸|あり|使わせ|提供|探|求)
        空き家(貸|提供|使|探|紹介) 物件(名義|契約代行|を借り|契約して|の名義) アジト アジト用 拠点(用の|に使|として|部屋|探|提供) 箱用の部屋
        飛ばし部屋 トバシ物件 賃貸(名義|契約代行|の名義|契約して) 又貸し 民泊名義 ウィークリーマンション(契約|借り|名義)
        マンスリー(契約|名義|借りて) ホテル(名義|の名義|予約名義) 住民票(移|を移|貸|を置|置かせ) 住民票貸 住民票を移(す|して|せる)
        本店所在地(貸|提供) 事務所(貸|名義|用の部屋) 倉庫貸して 駐車場(名義|を貸|に置かせ) 保管場所(貸|提供|として) address_lending
        rent_your_address use_your_address 住所利用
    """),
    guards=words("空き家問題 空き家探訪 住所貸与規定"),
    kinds=(Kind.PARCEL, Kind.ACCOUNT),
)
