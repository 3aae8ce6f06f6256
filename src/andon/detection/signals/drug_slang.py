"""Slang for drugs and hand-to-hand sales.

Why it counts: vegetables, ice, hand push and their likes are sales slang on public posts; errands for dealers use the same words.
When it misleads: vegetables are vegetables and ice is ice cream; a pushchair once drew a wrongful warning. Only narrow forms are listed,
and drug news holds them too.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="drug_slang",
    group="crime_word",
    side=Side.FOR,
    en="drug slang",
    ja="薬物の隠語",
    why_ja=(
        "野菜・アイス・手押しなど薬物密売の隠語。日常語と同じ綴りなので、絞った形だけを挙げている。手押し車が誤警告された例があり、薬物事件"
        "の報道にも出る。"
    ),
    terms=words("""
        手押し 手押 てお押し 手おし teoshi 手押し(可|OK|のみ|場所|都内|大阪|待ち|対応|有り) 郵送可(野菜|手押|アイス) 手押し郵送 押し手 大麻
        たいま マリファナ 野菜(手押|売人|の手押|屋さんです|入荷|配達人|運|プッシャー|あり(ます|〼))
        お野菜(手押|入荷|あります|郵送|販売中|あり〼) やさい(手押) 🥦手押  乾燥野菜 上質野菜 極上野菜 ガンジャ がんじゃ ジョイント販
        バッズ リキッド(手押|販|郵送|あり|thc|入荷) thc cbn手押 hhc ワックス(手押|入荷|郵送) ハッパ 葉っぱ(手押|販|あり|買|売)
        草(手押|販売|売ります|あり(ます|〼)|欲しい人|欲しい方|郵送) クサ(手押|売) チョコ手押 ブリ手押 420 シャブ 覚醒剤 覚せい剤
        かくせいざい アイス(手押|郵送|あり(ます|〼)|の手押|ポンプ|氷|運|の運び) 氷(手押|郵送|アイス|入荷|あり(ます|〼))
        冷たいの(あり|手押|欲) 冷たいもの手押 クリスタル手押 キメ友 キメセク ポンプ(手押|アイス|氷|あり(ます|〼)) ペケ手押 エス手押 ヤーバー
        mdma 罰(手押|あり(ます|〼)) バツ手押 玉(手押|郵送|各種) 紙(手押|lsd) lsd コカイン コーク手押 コカ手押 チャーリー手押 🍪手押 ケタミン
        ケタ手押 ヘロイン ヘロ手押 眠剤(手押|郵送|譲|売) デパス(譲|売|手押) od薬 パブロン譲 ゾンビたばこ ゾンビタバコ エトミデート 笑気麻酔
        笑気麻 キノコ手押 マジックマッシュ クスリ(手押|運|売|の売|の運) 薬(手押|の運び|を運|の売人|の密|の受け渡し) 薬物 麻薬 まやく
        プッシャー 売人 ばいにん 押し子 配達員(プッシャー|手押) 売り子(野菜|手押|薬|アイス) ネタ(手押|あり(ます|〼)|元|もあります) ネタ元
        ブツ(運|を運|の運|手押|の受け|を受け|渡し|を渡|の保管|を預) weed_delivery ganja weed meth
    """),
    guards=words("""
        手押し車 手押しポンプ 手押し台車 手押し式 手押し相撲 手押し一輪車 手押し信号 手押しの車 手押し棒 手押し芝刈 手押し草刈 手押し除雪
        手押し播種 手押し耕運 手押しカート 手押しワゴン 押手押 しゃぶしゃぶ シャブシャブ しゃぶり しゃぶる しゃぶら しゃぶれ しゃぶろ
        しゃぶっ しゃぶしゃ しゃぶ葉 🥦のサラダ 🥦茹で 🥦を茹 🥦炒め 売人間 商売人 専売人 転売人 バッズ・ライトイヤー バッズライ
        麻薬取締官ドラマ そんなとこハッパ
    """),
    kinds=(Kind.DRUGS,),
)
