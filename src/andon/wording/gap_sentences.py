"""What is said of gaps in conversations and of differences between phones, Japanese beside English. Each sentence claims no more than its data proves."""

from __future__ import annotations

GAP_SENTENCES: dict[str, tuple[str, str]] = {
    "gap.strength.proven": ("確実", "proven"),
    "gap.strength.strong": ("有力", "strong"),
    "gap.strength.weak": ("可能性", "weak"),
    "gap.numbers_chat": (
        "{first} 番から {last} 番までの {count} 件が、この資料にありません。番号は発行されています。削除か、書き出しに含まれなかったのかは、番号からは分かりません。",
        "Numbers {first} to {last} ({count}) were given out and are not in this material. Whether deleted or left out by the export, the numbers do not say.",
    ),
    "gap.numbers_chat.rows": (
        "{first} 番から {last} 番までの {count} 件が、この資料にありません。データベースの行（{rows}）も同じ箇所で欠けています。番号は発行されています。誰がなぜ消したかは分かりません。",
        "Numbers {first} to {last} ({count}) were given out and are not here; rows of the database ({rows}) are missing at the same place. Who removed them, and why, this does not say.",
    ),
    "gap.numbers_chat.unread": (
        "{first} 番から {last} 番までの {count} 件がありません。ただし同じファイルに読めない記録が {rejected} 件あり、それが該当するのかもしれません。",
        "Numbers {first} to {last} ({count}) are not here. {rejected} records of the same file could not be read and may be these.",
    ),
    "gap.numbers_chat.pages": (
        "{first} 番から {last} 番までの {count} 件がありません。ただしデータベースに壊れたページがあり、そこにあったのかもしれません。",
        "Numbers {first} to {last} ({count}) are not here. Pages of the database are broken, and these may have stood on them.",
    ),
    "gap.beginning": (
        "この資料は {last} 番より後から始まります。それより前の {count} 件は、期間を区切った書き出し、途中からの参加、履歴の消去のいずれでもあり得ます。",
        "This material begins after number {last}. The {count} before it may be outside of the chosen period, from before joining, or cleared.",
    ),
    "gap.numbers_account": (
        "アカウント全体の通し番号 {first} から {last} までの {count} 件が、書き出された {talks} 件の会話のどれにもありません。書き出されていない会話のものかもしれません。",
        "Numbers {first} to {last} ({count}) of the account's own counter are in none of the {talks} conversations exported. They may belong to conversations that were not exported.",
    ),
    "gap.numbers_table": (
        "データベースの行 {first} から {last} までの {count} 行がありません。削除された行はこのような跡を残しますが、他の原因もあり得ます。どの会話のものかは分かりません。",
        "Rows {first} to {last} ({count}) of the database are missing. Deleted rows leave such a trace, other causes are possible. Of which conversation they were is not known.",
    ),
    "gap.numbers_table.end": (
        "データベースの番号は {last} まで発行されていますが、残っている最後の行は {first} より前です（{count} 行）。末尾の行が削除されるとこのような跡が残ります。どの会話のものかは分かりません。",
        "The database has given out row numbers up to {last}, and the last row here comes before {first} ({count} rows). Deleting the last rows leaves such a trace. Of which conversation they were is not known.",
    ),
    "gap.marks": (
        "ここにあったメッセージが削除されたと、アプリが記録しています。内容は残っていません。",
        "The app recorded that a message here was deleted. What it said is not kept.",
    ),
    "gap.marks.unsent": (
        "メッセージの送信が取り消されたと、アプリが記録しています。内容は残っていません。",
        "The app recorded that a message was taken back. What it said is not kept.",
    ),
    "gap.marks.kept": (
        "削除されたと記録されたメッセージですが、本文がこの資料に残っています。",
        "Recorded as deleted; its text is still in this material.",
    ),
    "gap.timers": (
        "この間、{seconds} 秒で消えるタイマーが設定されていました。消えたメッセージが実際にあったかどうかは、ここからは分かりません。",
        "In this time messages were set to erase themselves after {seconds} seconds. Whether any did, this does not show.",
    ),
    "gap.timers.unstated": (
        "この間、消えるタイマーが設定されていました（秒数は一定でないか、記録がありません）。消えたメッセージが実際にあったかどうかは、ここからは分かりません。",
        "In this time messages were set to erase themselves (after differing or unstated times). Whether any did, this does not show.",
    ),
    "gap.cleared": (
        "ここで履歴が消去されたと、アプリが記録しています。それより前の内容は、他の端末に残っていることがあります。",
        "The app recorded that the history was cleared here. What stood before may still be on other phones.",
    ),
    "gap.replies": (
        "メッセージ {missing} への返信がありますが、元のメッセージはこの資料にありません。削除か、書き出しの範囲外かは分かりません。",
        "Message {missing} was answered and is not in this material. Whether deleted or outside of what was exported is not known.",
    ),
    "gap.replies.time": (
        "{at} のメッセージへの返信がありますが、その時刻・送信者のメッセージはこの資料にありません。時刻のずれの可能性もあります。",
        "A message of {at} was answered; none of that time and author is in this material. The times may also differ by a moment.",
    ),
    "gap.replies.pin": (
        "メッセージ {missing} がピン留めされましたが、この資料にありません。削除か、書き出しの範囲外かは分かりません。",
        "Message {missing} was pinned and is not in this material. Whether deleted or outside of what was exported is not known.",
    ),
    "gap.joins": (
        "このアカウントはここで参加しました。それより前のやり取りは、通常この資料に含まれません（削除ではありません）。",
        "This account joined here. What was written before is usually not in its export; that is no deletion.",
    ),
    "gap.joins.back": (
        "このアカウントは一度抜けて、ここで戻りました。その間のやり取りは、通常この資料に含まれません（削除ではありません）。",
        "This account had left and came back here. What was written in between is usually not in its export; that is no deletion.",
    ),
    "gap.joins.left": (
        "このアカウントはここで抜けました。その後のやり取りは、通常この資料に含まれません（削除ではありません）。",
        "This account left here. What was written after is usually not in its export; that is no deletion.",
    ),
    "gap.limits.count": (
        "ファイルは {stated} 件と記していますが、{here} 件しかありません（{count} 件不足）。",
        "The file states {stated} messages and holds {here}: {count} are not here.",
    ),
    "gap.limits.cut": ("ファイルが途中で切れています。この後の内容は分かりません。", "The file is cut here. What came after is not known."),
    "gap.limits.round": (
        "ちょうど {here} 件です。アプリが一度に書き出せる上限とされる数で、これより前が省かれた可能性があります。",
        "Exactly {here} messages, which is said to be the most that the app exports at once: older ones may have been left out.",
    ),
    "gap.clocks": (
        "ファイルの順では後のメッセージの時刻が {seconds} 秒戻っています。時計の変更、遅れた受信、記録の統合のいずれでもあり得ます。",
        "In the order of the file the time steps back by {seconds} seconds. A changed clock, late arrival or merged records can be the cause.",
    ),
    # several phones' views of one conversation
    "merge.not_on": ("{phones} にはありません。", "Not on {phones}."),
    "merge.text_differs": ("本文が端末によって異なります。", "The text differs between the phones."),
    "merge.time_differs": ("時刻が端末によって {seconds} 秒異なります。", "The time differs by {seconds} seconds between the phones."),
    "merge.deleted_on": ("{phones} では削除されています。", "Deleted on {phones}."),
    "merge.author_differs": ("送信者の表示が端末によって異なります。", "The author is shown differently on the phones."),
    "merge.kind_differs": ("種類の記録が端末によって異なります。", "The phones record different kinds of message."),
    "merge.edited_on": ("{phones} では編集後の内容です。", "On {phones} it is the edited text."),
}
