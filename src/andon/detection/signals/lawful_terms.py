"""Terms of lawful employment.

Why it counts: Insurance, interview, uniform, shifts: conditions that crime does not offer.
When it misleads: Job-board disguises copy them.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="lawful_terms",
    group="against",
    side=Side.AGAINST,
    en="terms of lawful employment",
    ja="労働条件の言葉",
    why_ja="社会保険・面接・制服・シフトなど、犯罪の募集が示さない条件。求人サイト型の偽装は真似る。",
    terms=words("""
        社会保険 社保 雇用保険 労災 厚生年金 有給 交通費支給 交通費規定 交通費全額 制服貸与 制服支給 制服あり 髪型自由 ネイルok 面接 履歴書(持参|を|不要|写真|郵送) 昇給 賞与 ボーナスあり シフト 週1 週2 週3 週4 週5
        1日4h 実働 勤務時間 就業時間 休憩 研修 試用期間 正社員 契約社員 派遣 アルバイト・パート パート 社員登用 雇用形態 雇用契約 業務委託契約 残業 残業なし 残業代 深夜手当 資格手当 資格取得 扶養内 福利厚生 まかない
        食事補助 社割 寮完備 退職金 年間休日 完全週休 完休 土日祝 夏季休暇 応募資格 要普免 要普通免許 選考 書類選考 ハローワーク 求人番号 タウンワーク バイトル マイナビ タイミー 派遣登録 登録会 説明会 見学 体験入店 体入
    """),
)
