"""With only a phone, from home.

Why it counts: "one smartphone is all you need" hides transfer mules, account and SIM lending and call work behind a side job.
When it misleads: crafts, data entry, streaming, point sites and remote office work are done at home lawfully; lottery of side-job spam uses
the same words.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="at_home_phone_only",
    group="ease",
    side=Side.FOR,
    en="phone only, from home",
    ja="スマホ一台・在宅",
    why_ja=(
        "「スマホ一台・在宅」で送金役や口座提供、電話役を副業に見せることがある。内職、データ入力、配信、リモート勤務など合法な例の方が多い。"
    ),
    terms=words("""
        スマホ(1|一|ひと)(台|つ) スマホだけ スマホのみ スマホさえ スマホ完結 スマホで(簡単|稼|できる|完結|副業) スマホ副業 携帯(1|一)(台|つ)
        携帯だけ 携帯で(簡単|稼) 在宅 在宅ワーク 在宅副業 在宅勤務 在宅バイト ざいたく 自宅で(できる|簡単|稼|作業|受) 自宅にいながら
        自宅(待機|作業) 家で(できる|稼|受け取) 家から出ず 家にいながら お家で(稼|できる) おうちで(稼|できる) リモート(ワーク|OK|可|案件|で)
        テレワーク フルリモート PC(作業|1台|だけ|不要) パソコン(作業|1台|不要|だけ) 副業 ふくぎょう 副収入 サイドビジネス サイドワーク
        サイドジョブ 複業 Wワーク ダブルワーク 掛け持ち かけもち お家ワーク 内職 ネット副業 ネットビジネス スキルなし副業 寝てるだけ 放置で
        ほったらかし ほっとくだけ 不労所得 自動収入 fukugyo work_from_home side_job side_hustle wfh
    """),
    kinds=(Kind.VAGUE, Kind.MONEY_MULE),
)
