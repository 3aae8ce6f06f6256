"""The rules of fictitious-identity investigations, in our own words, each with its source: what docs/reference/rules.md is made from.

Which test tries to break a rule, and where it is enforced, stands at the test (`@pytest.mark.rule`). A rule needs such a test, or is `by_people`: then
`left` says why software cannot enforce it. `left` of another rule says what of it stays with people.
"""

# ruff: noqa: E501 - one rule stays together, and ruff counts a kanji as two columns
from __future__ import annotations

from dataclasses import dataclass

NOTICE = "NPA notice 丙刑企発第1号 of 2025-01-23"
_CODE, _IPCO, _OWN = "UK CHIS code", "IPCO report", "own rule of this project"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `tests`: tests that try to break it and carry no mark of their own ("tests/…/test_x.py::test_y")."""

    code: str
    ja: str
    en: str
    source: str
    left: str = ""
    by_people: bool = False
    tests: tuple[str, ...] = ()


U = (
    Rule("U1", "犯罪実行者の募集に応じる場合に限る", "Only in answer to a recruitment of people who commit crimes", f"{NOTICE}, as in safebb 254249"),
    Rule(
        "U2", "対象の罪は決まった一覧から選び、密接に関連する罪には理由を付ける",
        "Offences come from a closed list; a closely linked one gives its reason", f"{NOTICE}, as in Mainichi and sstjp 217/139",
    ),
    Rule(
        "U3", "ほかの方法では難しいときに、相当な限度で行う", "Only where other means fail, and only as far as is proper", f"{NOTICE}, as in sstjp 217/139",
        left="Software asks for both texts, of some length and not copied; whether they are true is judged by the approver.",
    ),
    Rule("U4", "本部長の指揮で、事前に承認された計画によって行う", "Under the chief of police HQ, by a plan approved beforehand", f"{NOTICE}, as in sstjp 217/139, Mainichi"),
    Rule(
        "U5", "計画には必要性と相当性、体制、期間、身分書類の数を書く", "The plan names why it is needed and proper, who, how long, how many papers",
        f"{NOTICE}, as in sstjp 217/139, safebb 254249",
    ),
    Rule("U6", "身分書類は計画の数を超えない", "No more identity papers than the plan says", f"{NOTICE}, as in safebb 254249"),
    Rule("U7", "実施責任者は警部以上とする", "The coordinator has the rank of inspector (警部) or above", f"{NOTICE}, as in safebb 254249"),
    Rule("U8", "実施の前に警察庁へ報告する（当分の間）", "The NPA is told before it is carried out, for the time being", f"{NOTICE}, as in Mainichi and NTV"),
    Rule("U9", "身分書類を示す相手は犯人に限る", "Papers are shown to offenders only", f"{NOTICE}, as in NTV and TBS"),
    Rule("U10", "送るのは画像などのデータだけで、原本を渡さない", "Data only is sent; the original is never posted or handed over", f"{NOTICE}, as in Yomiuri and TBS"),
    Rule("U11", "示すのは求められたときに限る", "Shown only when the group asks for it", f"{NOTICE}, as in Jiji"),
    Rule("U12", "原本は捜査資料と別の場所に施錠して保管する", "Originals are locked away, apart from other case material", f"{NOTICE}, as in Jiji, safebb 254249",
        left="The register asks for another place and for two names at each hand-out; the lock itself is turned by people."),
    Rule("U13", "架空の住所や顔が市民に影響しないようにする", "An invented address or face must not touch a citizen", f"{NOTICE}, as in TBS and Mainichi",
        left="Addresses are compared with a file of dwellings; faces are made elsewhere and are not checked here."),
    Rule("U14", "担当官の安全を第一とし、身分に気付かれたら中止する", "Officers' safety first; it stops once the identity is noticed", f"{NOTICE}, as in TBS (cube-soft 3955359)"),
    Rule("U15", "担当官は犯罪に加わらず、新たな被害者を出さない", "Officers do not join in the crime, and no new victim is made", f"{NOTICE}, as in Sankei",
        left="Nobody reaches the place before the intended victim was seen to; what is done at the place is done by people."),
    Rule("U16", "組織への潜入ではなく、待ち合わせの場所での検挙や職務質問で終わる", "No infiltration: it ends at the meeting place", "JapanKnowledge 4005"),
    Rule("U17", "任意捜査であり、令状を装わない", "It is a voluntary investigation (CCP 197(1)); no warrant is implied", "JapanKnowledge 4005; Yomiuri"),
)  # fmt: skip

A = (
    Rule("A1", "対象の罪とネット上の募集の記録がなければ始められない", "Cannot start without a listed offence and the recruitment post on record", NOTICE),
    Rule("A2", "ほかの方法を検討した結果を書き、使い回しには警告する", "Alternatives weighed, in words of this plan: a copied text is pointed out", f"{NOTICE}; {_IPCO} 2018 §11.29"),
    Rule("A3", "相当性は必要性と別に書き、巻き添えと秘密にも欄がある", "Proportionality apart from necessity; collateral intrusion and confidential material each a field", f"{_CODE} 4.14"),
    Rule("A4", "承認の前には何も命じられない", "Nothing is tasked before approval; the plan is complete", NOTICE),
    Rule("A5", "本部長本人が決裁し、委任できない", "The chief decides in person; there is no delegation", NOTICE),
    Rule(
        "A6", "申請者・決裁者・実施責任者・保管者・監察担当は別の人とする", "Applicant, approver, coordinator, custodian and inspector are different people",
        f"{_IPCO} 2017 §3.15; Scottish code 8.1",
    ),
    Rule("A7", "実施責任者は警部以上で、計画で指名する", "The coordinator, inspector or above, is appointed in the plan", f"{NOTICE}, as in Mainichi"),
    Rule("A8", "通知が必要な間は、警察庁への事前通知なしに始められない", "No beginning without prior notice while the national switch is on", NOTICE),
    Rule("A9", "承認の期間の外の接触は、許された接触として残せない。遅れた記録には印が付く", "Outside its period nothing counts as permitted; a late entry is marked",
        f"{NOTICE} (period); UK: twelve months"),
    Rule("A10", "期間は担当官と事件ごとに通算し、12 か月を超えるには上位の承認が要る", "Periods add up per officer and case; over twelve months a higher approval", "SI 2013/2788 art. 3"),
    Rule("A11", "更新は新しい決裁で、自動では延びない", "A renewal is a new decision on results so far, before the end, never automatic", f"{_CODE}; US AG Guidelines"),
    Rule("A12", "点検日を決め、過ぎれば止まる", "Review dates are set at the grant; a missed one suspends", f"{_CODE}; suspension: {_OWN}"),
    Rule("A13", "根拠がなくなれば取り消し、書類とアカウントの状態を残す", "Cancelled once its grounds are gone, with the state of every document and account",
        f"{NOTICE}, as in TBS; {_CODE}"),
    Rule("A14", "口頭の緊急承認は、設定がない限りできない", "No urgent oral grant unless configured: here there is none", f"Scottish code 5.5; {_IPCO} 2018 §11.29"),
    Rule("A15", "範囲を広げるには、同じ決裁者の変更承認が要る", "Anything wider is an amendment for the same approver", "DOJ OIG 2005 ch. 7"),
    Rule("A16", "中止の理由を段階ごとにすべて点検する", "Stop rules are answered at every stage", NOTICE),
    Rule("A17", "働きかけをしない。発信はすべて点検し、印の付いた言葉は責任者が確認する", "No inducement: outgoing words are looked through and answered for",
        "JapanKnowledge 4005; US AG Guidelines p. 45", left="Words are raised by rules; whether they are inducement is judged by the coordinator."),
    Rule("A18", "接触はすべて記録し、消せず、訂正は横に添える", "Every contact is logged, append-only, corrections beside", f"SI 2000/2725 r. 3(j)–(k); {_IPCO} 2018 §5.20"),
    Rule("A19", "担当官の身元は封印し、符号だけを使う", "Who the officer is stays sealed; a code everywhere else", f"SI 2000/2725 r. 3(a), (b), (d); {_IPCO} §5.20"),
    Rule("A20", "担当官の責任者と期間、危険の評価、安否確認の予定を残す", "Who was responsible for the officer and when; risk assessment in versions; welfare checks fall due",
        "SI 2000/2725 r. 3(e)–(i)"),
)  # fmt: skip

D = (
    Rule("D1", "身分書類は一つの計画に属し、作った数は計画の数までとする", "Papers belong to one plan and never outnumber it; serials are registered", NOTICE),
    Rule("D2", "保管場所を分け、貸出と返却に二人の名前と時刻を残し、遅れを知らせる", "Custody apart; two names at each hand-out and return; overdue ones alarm", NOTICE),
    Rule("D3", "提示は接触の記録とし、原本の引渡しは事故としてしか残せない", "Each showing is a log entry; an original handed over is an incident only", f"{NOTICE}, as in NTV"),
    Rule("D4", "照合と二人での廃棄が済むまで終えられない", "Reconciliation and destruction by two persons before anything closes", f"{NOTICE} (purpose); destruction: {_OWN}"),
    Rule("D5", "書類の画像を作らず、置かず、封印したハッシュだけを持つ", "No document is made or stored: register data and a sealed hash", _OWN),
)  # fmt: skip

O = (  # noqa: E741 - the rules' own letter
    Rule("O1", "誰の情報を、誰が、いつ、なぜ見たかを残す", "Who looked at what, when and why is kept, and serves checks only", "LED, art. 25 (summary)"),
    Rule(
        "O2", "人の区分（被疑者・被害者など）を必ず付ける", "Every person has a category: suspect, victim, contact, uninvolved …", "LED (summary)", by_people=True,
        left="These parts keep no record of a person: other side's handles as written, arrests as numbers, victims without a name. There is nothing to put a"
        " category on; a register of persons would have to bring it.",
    ),
    Rule(
        "O3", "区分ごとに消去か点検の日を持つ", "Each category has an erasure or review date", "LED (summary)", by_people=True,
        left="Follows O2: without a register of persons there is no date to keep. Case files are kept by the rules of the force (at least as O4 says).",
    ),
    Rule("O4", "承認の全記録を、監察担当が取り出せるように保つ", "A central record of every authorisation, retrievable for inspectors, kept", "Scottish code 7.1; East Devon policy 13",
        left="Nothing is ever deleted here; how long an installation's disk is kept is its owner's matter."),
    Rule("O5", "監察担当は抽出した事件を読むだけで、外されない", "The inspector reads his sample, writes nothing, and cannot be removed by case staff", f"{_IPCO} 2018, p. 31–34"),
    Rule("O6", "過誤を、原因・影響・通知・是正とともに残す", "An errors register: cause, effect, notification, remedy", f"{_IPCO} 2018 §11.30"),
    Rule("O7", "承認の前後の接触を見つける", "Contacts before or after authority are found", f"{_IPCO} 2018 §5.20"),
    Rule("O8", "無関係の資料は決裁を受けて廃棄する", "Unrelated material is listed and destroyed by decision", "East Devon policy; US AG Guidelines p. 19"),
    Rule("O9", "年に一度、件数を公表する", "Yearly public figures", "Mainichi, safebb 254249 (critics); NPA figures to the end of 2025"),
)  # fmt: skip

FAULTS = (
    Rule("CVE-2026-22783", "置いてあるファイルの場所を外から決められない", "No path on the server is taken from outside (IRIS < 2.4.24)", "policy: known faults",
        tests=("tests/console/inspection/test_rules_faults.py::test_no_path_is_taken_from_outside",)),
    Rule("CVE-2026-42540", "守られた欄を外から書けない", "Protected fields are not written by a form (IRIS < 2.4.28)", "policy: known faults",
        tests=("tests/console/casework/test_leaks.py::test_protected_fields_are_not_assigned",)),
    Rule("CVE-2026-44730", "自分より強い権限の人を手に入れられない", "Nobody adopts a more powerful account (OpenCTI < 6.9.7)", "policy: known faults",
        tests=("tests/console/casework/test_accounts.py::test_an_administrator_adopts_no_more_powerful_account",)),
    Rule("CVE-2026-21886", "別の種類のものを消せない", "What is fetched by type, case and right is what is acted on (OpenCTI < 6.9.1)", "policy: known faults",
        tests=("tests/console/casework/test_leaks.py::test_a_delete_of_one_type_removes_no_other",)),
    Rule("LEAKS", "一覧・件数・検索・書き出しから漏れない", "Nothing leaks by lists, counts, feeds, search or exports (GlobaLeaks 5.0.99)", "policy: known faults",
        tests=(
            "tests/console/casework/test_leaks.py::test_every_page_keeps_it",
            "tests/console/casework/test_leaks.py::test_lists_counts_searches_feeds_and_completions_keep_it",
            "tests/console/casework/test_leaks.py::test_an_export_holds_no_formula",
        )),
)  # fmt: skip

GROUPS = (("U", U), ("A", A), ("D", D), ("O", O), ("faults", FAULTS))
RULES = {rule.code: rule for _, rules in GROUPS for rule in rules}
