"""Lawful night-life.

Why it counts: Bars and clubs pay by day without experience, lawfully.
When it misleads: Scouts of criminal groups recruit there.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="nightlife_words",
    group="against",
    side=Side.AGAINST,
    en="lawful night-life",
    ja="ナイトワーク",
    why_ja="飲食・接待の店は未経験・日払いでも合法。犯罪グループのスカウトが紛れることもある。",
    terms=words("""
        キャバ キャバクラ ガールズバー ガルバ コンカフェ メイド喫茶 ラウンジ クラブ スナック ホスト ホストクラブ バニー ショーパブ キャスト フロアレディ 黒服 ボーイ ナイトワーク 体入 体験入店 本入 ノルマなし 指名 同伴
        ドリンクバック シャンパン 送りあり チャトレ チャットレディ ライブチャット メンエス セラピスト パパ活 p活 ギャラ飲み
    """),
)
