"""Sentences of the desk: frame."""

from __future__ import annotations

FRAME: dict[str, tuple[str, str]] = {
    # errors of the desk
    "setting_wrong.flag": ("環境変数 {name} は 1 か 0 にしてください。", "Set the environment variable {name} to 1 or 0."),
    "setting_wrong.demo_public": ("デモ（ANDON_DEMO）は公開の設定（ANDON_PUBLIC）と一緒には使えません。", "The demo (ANDON_DEMO) cannot be used on a public desk (ANDON_PUBLIC)."),
    "setting_wrong.database": ("ANDON_DATABASE_URL は postgresql://… の形にしてください。", "Give ANDON_DATABASE_URL as postgresql://…"),
    "setting_wrong.hosts": ("公開するには ANDON_HOSTS にホスト名を指定してください。", "A public desk needs its host names in ANDON_HOSTS."),
    "setting_wrong": ("設定 {name} が正しくありません。", "The setting {name} is wrong."),
    "refused.right": ("この操作をする権限がありません（{name}）。", "You have no right to do this ({name})."),
    "refused.not_fresh": ("重要な操作のため、もう一度本人確認をしてください。", "This is a grave act: confirm who you are once more."),
    "refused.past_the_gate": ("記録を残さない書き込みは拒否されました（{name}）。", "A write that leaves no trace was refused ({name})."),
    "refused": ("この操作はできません。", "This cannot be done."),
    "conflict": ("ほかの人が先に変更しました。最新の内容を確かめてください。", "Somebody else was quicker. Look at what it says now."),
}
