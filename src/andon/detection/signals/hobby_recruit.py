"""Calls among friends and fans.

Why it counts: 募集 for games, bands, followers and meetings.
When it misleads: Bait accounts gather followers first.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="hobby_recruit",
    group="against",
    side=Side.AGAINST,
    en="calls among friends and fans",
    ja="仲間・フォロワー募集",
    why_ja="ゲーム・バンド・相互フォロー・オフ会の募集。餌のアカウントもまずフォロワーを集める。",
    terms=words("""
        フォロワー募集 相互フォロー 相互 フォロバ 無言フォロー 繋がりたい 友達募集 友募 メンバー募集 メンバー(大|)募集中 ギルメン クラメン 団員募集 サークル(メンバー|員)
        一緒に(遊|行って|飲|走|ゲーム|プレイ|スプラ|カラオケ|ライブ|推し|旅行|ご飯|観) オフ会 飲み会 合コン 読書会 勉強会 もくもく会 同好会 参加者募集中(です|の) 主催 アンソロ 寄稿 イラスト依頼 skeb コミッション
        リクエスト募集 お題募集 質問募集 企画(者|します|参加) スペース 通話相手 話し相手 作業通話
    """),
)
