"""The voice of a warning.

Why it counts: Police, banks and schools warn with the recruiters' own slogans.
When it misleads: Recruiters copy reassuring words, rarely these.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="police_warning_voice",
    group="against",
    side=Side.AGAINST,
    en="the voice of a warning",
    ja="注意喚起の口調",
    why_ja="警察・銀行・学校は募集文句をそのまま使って注意を促す。募集者がこの口調を真似ることは少ない。",
    terms=words("""
        (ご|)注意ください に注意 ご注意 要注意 注意喚起 注意して 注意しま 気をつけ 気を付け 応募しない 応募しては 応募するな 手を出さ 手を染め 加担しない 加担して 加担させ 関わらない 関わっては 関わるな 犯罪です 犯罪行為
        犯罪になり 犯罪に加担 犯罪者に 犯罪の実行 犯罪に巻き込 違法です 詐欺です 危険です 危険な 絶対に(し|応募|関|や|渡|教|送|払|連絡|誘)(ない|て|わ|ら|え|っ|し|り|う|さ|く|い) 騙されない だまされない 騙されるな
        甘い言葉 甘い誘い うまい話に 誘いに乗ら 断りましょう 断って 相談してください ご相談ください 相談窓口 相談を 警察に相談 警察へ 通報 最寄りの警察 #9110 9110 188 110番 一一〇番 消費者ホットライン いやや
        人生を棒 捨て駒 使い捨て 抜け出せ 引き返せ 勇気を 脅され 重い罪 厳罰 罰せられ 罪に問われ 処罰 逮捕されます 捕まります 必ず捕まる 刑務所 ストップ 撲滅 防止 防犯 啓発 対策 被害に遭 被害防止 見守り隊 STOP
        don't_apply do_not_apply is_a_crime beware scam_alert warning cảnh_báo 切勿 警惕 注意防范 小心 防诈
    """),
)
