"""An offer received or suffered.

Why it counts: People tell that such an offer reached them or what it did to them.
When it misleads: Recruiters tell invented success stories.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="victim_report",
    group="against",
    side=Side.AGAINST,
    en="an offer received or suffered",
    ja="受け取った・被害の報告",
    why_ja="勧誘を受けた・被害に遭ったという報告。募集者が作り話の体験談を書くこともある。",
    terms=words("""

        (dm|ディーエム|メッセージ|メール|ライン|line|電話|リプ|勧誘|スカウト|広告|誘い|怪しいの|変なの|怪しいdm)(が|)(来た|きた|きて|来て|届い|届く|流れて|回って|多い|増え|うざ|しつこ|来る|くる|来ん|きてる)
        騙され だまされ 詐欺られ 被害(に|者|届|総額|額) 巻き込まれ 怖くなっ 逃げて来 応募し(てしま|ちゃ|た|て|たら) やらされ させられた 脅されて 捕まった(友|先|同|知|奴|人|や) 逮捕された(友|先|同|知|奴|人) 後悔
        人生終わ 通報し ブロックし スクショ 口座(が|を)(凍結|止め|止ま)
    """),
)
