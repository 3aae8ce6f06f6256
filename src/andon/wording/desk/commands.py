"""Sentences of the desk: commands."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "help.serve": ("デスク（確認の画面）を開きます。Ctrl-C で終わります。", "Serve the desk, where people review, until Ctrl-C."),
    "help.opt.host": ("待ち受けるアドレス", "address to listen on"),
    "help.opt.port": ("待ち受けるポート", "port to listen on"),
    "help.opt.workers": ("応答するプロセスの数", "processes that answer"),
    "help.opt.demo": (
        "見本の人とこの見本の投稿でデスクを開く（置き場所は ANDON_HOME、なければ .demo/desk）",
        "serve invented people and these sample posts (kept in ANDON_HOME, or .demo/desk)",
    ),
    "setting_wrong.no_console": (
        "デスクに必要なものが入っていません。pip install 'andon[console]' で追加してください。",
        "The desk is not installed. Add it with: pip install 'andon[console]'",
    ),
    "setting_wrong.port_taken": ("ポート {port} はほかのプログラムが使っています。--port で別の番号を指定してください。", "Port {port} is taken by another program. Choose another with --port."),
    "setting_wrong.home_served": ("{path} のデスクはすでに動いています。", "The desk in {path} is already being served."),
    "setting_wrong.nobody": (
        "サインインできる人がまだいません。andon people add で登録してください。",
        "Nobody can sign in yet. Add somebody with: andon people add",
    ),
    "setting_wrong.not_demo": ("見本の人は ANDON_DEMO=1 のときだけ作れます。", "Invented people are made only with ANDON_DEMO=1."),
    "serve.preparing": ("デスクを準備しています…", "Preparing the desk …"),
    "serve.ready": ("デスクを開きました： {address} （終わるには Ctrl-C）", "The desk is open: {address} (Ctrl-C stops it)"),
    "serve.until": ("終わるには Ctrl-C を押してください。", "Press Ctrl-C to stop."),
    "serve.stopped": ("デスクを閉じました。", "The desk is closed."),
    "serve.unreachable": (
        "ほかの機械からは開けません。開くには ANDON_HOSTS と ANDON_PUBLIC=1（HTTPS）を設定してください。",
        "Other machines are turned away: set ANDON_HOSTS and ANDON_PUBLIC=1 (HTTPS) to let them in.",
    ),
    "demo.scanning": ("見本の投稿を取り込んでいます…", "Taking in the sample posts …"),
    "demo.deciding": ("見本の人たちが、いくつかを確認しています…", "The invented people settle a few …"),
    "demo.cases": ("見本の事件を読み込んでいます…", "Bringing in the invented cases …"),
    "demo.open": ("デスク（見本）： {address}", "The desk (sample data): {address}"),
    "demo.password": ("  パスワード（全員同じ）： {password}", "  password (the same for everybody): {password}"),
    "demo.person": ("  {username} {role}（{tongue}）", "  {username} {role} ({tongue})"),
    "demo.tongue.ja": ("日本語", "Japanese"),
    "demo.tongue.en": ("英語", "English"),
}
