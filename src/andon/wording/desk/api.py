"""Sentences of the desk: api."""

from __future__ import annotations

API: dict[str, tuple[str, str]] = {
    "api.title": ("API", "API"),
    "api.intro": (
        "ほかのプログラムから投稿を渡し、確認待ちの一覧、キャンペーン、判断を読むための窓口です。",
        "The door for other programs: posts in; queue, campaigns and decisions out.",
    ),
    "api.keys": ("APIキー", "API keys"),
    "api.how": ("使い方", "How to use it"),
    "api.how.key": (
        "キーは Authorization: Bearer で渡します。キーを作った人の権限と、キーに付けた範囲の両方で許されたことだけができます。Cookie は使えません。",
        "Send the key as Authorization: Bearer. It may do what both its scopes and the rights of the person who made it allow. Cookies count for nothing.",
    ),
    "api.how.strict": ("ここにない項目を含む要求は、すべて 422 で断ります。", "A request with a field that is not listed here is refused with 422."),
    "api.how.errors": ("断るときは、どれも code・sentence・fields の形で理由を返します。", "Every refusal says why as code, sentence and fields."),
    "api.how.limit": (
        "1つのキーにつき、サーバーのプロセスごとに毎分 {limit:,}回までです。超えると 429 と Retry-After を返します。",
        "Up to {limit:,} requests a minute for each key in each process of the server; beyond it 429 with Retry-After.",
    ),
    "api.how.batch": (
        "投稿は一度に {most:,}件まで。該当した投稿だけを保存します。同じ内容をもう一度送っても、何も変わりません。",
        "Up to {most:,} posts at a time. Only flagged posts are stored. The same batch again changes nothing.",
    ),
    "api.parameter": ("パラメーター", "Parameter"),
    "api.field": ("項目", "Field"),
    "api.type": ("型", "Type"),
    "api.body": ("送る内容", "Body"),
    "api.answer": ("返る内容", "Answer"),
    "api.statuses": ("状態コード", "Status codes"),
    "api.types": ("型の一覧", "Types"),
    "api.needed": ("* は必須です。", "* must be there."),
    "api.op.post_posts": ("投稿を渡す", "Hand over posts"),
    "api.op.upload": ("渡した投稿の結果", "What came of a batch"),
    "api.op.queue": ("確認待ちの一覧", "The queue"),
    "api.op.campaign": ("キャンペーン", "One campaign"),
    "api.op.decisions": ("判断", "Decisions"),
    # refusals
    "api.key_wrong": ("有効なAPIキーを Authorization: Bearer で渡してください。", "Send a valid API key as Authorization: Bearer."),
    "api.too_many": ("要求が多すぎます。{seconds}秒後にもう一度送ってください。", "Too many requests. Ask again in {seconds} seconds."),
    "api.unknown_field": ("次の項目は受け付けません：{names}", "These fields are not accepted: {names}"),
    "api.wrong_value": ("次の項目の値が正しくありません：{names}", "These fields have a wrong value: {names}"),
    "api.not_json": ("送られた内容を JSON として読めません。", "The body cannot be read as JSON."),
    "api.not_found": ("この住所には何もありません。", "There is nothing at this address."),
    "api.not_allowed": ("この住所では、その方法は使えません。", "This method is not possible at this address."),
    "api.failed": ("デスクの側で問題が起きました。管理者に知らせてください。", "Something went wrong at the desk. Tell its administrator."),
    "refused.scope_missing": ("このキーに {name} の範囲がありません。", "This key has no scope {name}."),
    # the trail
    "event.api.used": ("APIの利用", "API used"),
    "event.api.key_refused": ("APIキーの拒否", "API key refused"),
}
