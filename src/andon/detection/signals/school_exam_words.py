"""School and exams.

Why it counts: 受け as sitting an exam, 出し as handing in.
When it misleads: Students are recruited too.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="school_exam_words",
    group="against",
    side=Side.AGAINST,
    en="school and exams",
    ja="学校・受験",
    why_ja="受験の「受け」、提出の「出し」など学校の語。学生自身が勧誘される例もある。",
    terms=words("""
        受験 模試 過去問 志望校 滑り止め 共通テスト センター試験 推薦入試 内申 偏差値 予備校 塾の 講義 単位 履修 卒論 ゼミ 教授 研究室 レポート提出 課題提出 宿題 自由研究 運動会 文化祭 修学旅行 部活 先生 担任 教室
        テスト勉強 期末 中間テスト 英検 toeic 簿記 資格試験 国家試験 合格 不合格 赤点 奨学金 入学 卒業 入社 新卒 就職 インターン
    """),
)
