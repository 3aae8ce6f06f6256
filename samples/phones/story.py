"""The invented story of three phones: who takes part, and what each conversation holds. Times are days before the demo's day, and a time of day in Japan.

A: drives; B: keeps watch; C: sells a bank account and joins the group later. One man instructs under four names. Nothing here tells how a crime is done,
and nothing can be anybody's: Telegram and Signal names begin with a digit, LINE ids hold capitals, telephone blocks and account numbers are given to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

GROUP, GROUP_TITLE = 1_990_000_091, "夜の連絡"
INSTRUCTOR, DRIVER, WATCH, SELLER, HELPER = (990_000_000_000 + number for number in (71, 31, 32, 33, 34))
K_PHONE, K_SIGNAL = "+818000000031", "0mihon_yoru31"
SHARED, COLLECTOR = "0mihon_kage77", "MIHON-hako2"  # stand in the recruitment posts of samples/posts too
# The names that Telegram showed when a phone was read: the instructor took another one on the last morning.
NAMES = {INSTRUCTOR: "夜間担当", DRIVER: "ヒロ", WATCH: "ナギ", SELLER: "アキ", HELPER: "mugi"}
EARLIER_NAMES = NAMES | {INSTRUCTOR: "案内"}

When = tuple[int, str]  # days before (negative) or after the demo's day; time of day in Japan


@dataclass(frozen=True, slots=True)
class Said:
    """One message of Telegram. `gone`: deleted for everybody before any phone was read; `edited`: when, and the text since then."""

    at: When
    who: int
    text: str = ""
    reply: int | None = None
    edited: tuple[When, str] | None = None
    gone: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def _did(at: When, who: int, action: str, **more: object) -> Said:
    return Said(at, who, more={"action": action, **more})


_NOT_HERE = "(File not included. Change data exporting settings to download.)"
_PHOTO = {"photo": _NOT_HERE, "width": 960, "height": 1280, "photo_file_size": 120_000}
TIMER = 86_400

# Numbers count from 1; see `forms.telegram_group` for what is left of it on each phone.
GROUP_STORY = (
    _did((-6, "20:02:10"), INSTRUCTOR, "create_channel", title=GROUP_TITLE),
    _did((-6, "20:03:05"), DRIVER, "join_group_by_link", inviter="案内"),
    Said((-6, "20:05:41"), INSTRUCTOR, "ここは連絡用です。本名や勤め先の話は書かないこと"),
    Said((-6, "20:06:30"), DRIVER, "ヒロです。運転で応募しました。よろしくお願いします"),
    _did((-6, "21:15:00"), WATCH, "join_group_by_link", inviter="案内"),
    Said((-6, "21:16:12"), WATCH, "ナギです。見張りって聞いてますが、本当に立ってるだけですか"),
    Said((-6, "21:20:45"), INSTRUCTOR, "それ以上は聞かない約束です。報酬は終わってから渡します", reply=6),
    Said((-5, "12:10:09"), DRIVER, "ホワイト案件って書いてありましたよね。これ大丈夫なやつですか"),
    Said((-5, "12:31:27"), INSTRUCTOR, "断るなら身分証の写真を実家に送ると最初に言ったはずです", reply=8, gone=True),
    Said((-5, "12:33:02"), DRIVER, "すみません。やります", reply=9),
    Said((-4, "19:00:00"), INSTRUCTOR, "人を増やす話は t.me/" + SHARED + " に回してください。ここには書かない"),
    Said((-4, "19:04:55"), WATCH, "了解です"),
    Said((-3, "22:40:13"), INSTRUCTOR, "日にちが決まったらここで言います。それまでは普通に過ごして"),
    _did((-2, "21:00:00"), INSTRUCTOR, "set_messages_ttl", period=TIMER),
    Said((-2, "21:01:12"), INSTRUCTOR, "今日から一日で消えるようにしました。画面の保存はしないこと"),
    Said((-2, "21:03:40"), WATCH, "わかりました"),
    Said((-2, "21:05:18"), DRIVER, "了解"),
    _did((-2, "22:00:07"), SELLER, "join_group_by_link", inviter="案内"),
    Said((-2, "22:02:30"), SELLER, "アキです。口座の方で紹介されました。金額が足りなくて、こっちもやらせてください"),
    Said((-2, "22:05:11"), INSTRUCTOR, "アキさんは待機で。呼んだら来られるようにしておいて"),
    Said((-2, "22:06:02"), SELLER, "はい"),
    Said((-2, "22:30:48"), INSTRUCTOR, "下見の人から写真が来たら共有します", gone=True),
    Said((-1, "08:11:09"), HELPER, "写真、ここに置きます", more=_PHOTO),
    Said((-1, "08:12:40"), INSTRUCTOR, "mugiさんありがとう。みんな見たら返事して", reply=23),
    Said((-1, "08:20:15"), WATCH, "見ました"),
    Said((-1, "17:45:02"), DRIVER, "車は知り合いから借りられそうです"),
    Said((-1, "17:52:33"), INSTRUCTOR, "車の話はここでしないで。あとで個別に"),
    Said((-1, "18:10:20"), WATCH, "家族に聞かれて困ってます"),
    Said((-1, "18:14:06"), INSTRUCTOR, "余計なことを言わなければ何も起きません"),
    Said((-1, "18:40:51"), SELLER, "自分は何をすればいいですか"),
    Said((-1, "18:44:27"), INSTRUCTOR, "アキさんは三人目です。中の人と呼びます", reply=30),
    Said((-1, "19:30:00"), INSTRUCTOR, "あさっての夜に決まりました。場所は見本市の例示町です"),
    Said((-1, "19:31:44"), WATCH, "了解です"),
    Said((-1, "19:33:08"), SELLER, "やっぱり怖いです"),
    # C's phone was taken at 20:00 of this evening: what follows stands on A and B only.
    Said((-1, "21:30:12"), INSTRUCTOR, "アキさんの返事がないので、代わりを探します"),
    Said((-1, "21:34:50"), DRIVER, "三人じゃないと無理なら自分は降りたいです"),
    Said((-1, "21:36:31"), INSTRUCTOR, "降りるなら違約金です。家族の分も合わせて払ってもらいます", reply=36),
    Said((-1, "21:37:55"), DRIVER, "わかりました。行きます"),
    Said((-1, "23:05:20"), WATCH, "明日はバイト先を休みます"),
    Said((0, "06:48:00"), INSTRUCTOR, "おはよう。明日の夜、全員来ること"),
    Said((0, "06:50:36"), INSTRUCTOR, "集合は明日の21時、例示町の公園。運転はヒロ、見張りはナギ、中は別の人を呼びます",
         edited=((0, "08:05:19"), "集合は明日の22時、例示町の公園。運転はヒロ、見張りはナギ、中は別の人を呼びます")),
    Said((0, "06:53:02"), WATCH, "家には人がいるんですか"),
    Said((0, "06:55:47"), INSTRUCTOR, "高齢の夫婦です。詳しいことは直前に送ります", reply=42),
    Said((0, "07:01:15"), DRIVER, "時間に行きます"),
    Said((0, "07:20:40"), WATCH, "了解です"),
    # B's phone was read at 07:50.
    Said((0, "08:06:00"), INSTRUCTOR, "一時間遅らせました。上の連絡を見直して", reply=41),
    Said((0, "08:10:22"), DRIVER, "見ました"),
    _did((0, "08:30:00"), HELPER, "join_group_by_link", inviter="夜間担当"),
    Said((0, "08:41:37"), INSTRUCTOR, "終わったら t.me/" + SHARED + " に報告。そこで渡し方を伝えます"),
)  # fmt: skip
READ_AT: dict[str, When] = {"a": (0, "09:30:00"), "b": (0, "07:50:00"), "c": (-1, "20:00:00")}
DELETED_ON_A = frozenset({36, 38})  # by A, on his own phone only
CLEARED_ON_B = 27  # B cleared his history when this was the last message
JOINED_ON_C = 18

# A and the instructor, private: (number of A's account, message).
PRIVATE_A = (
    (4021, Said((-6, "19:40:18"), DRIVER, "投稿を見ました。運転の応募です")),
    (4022, Said((-6, "19:42:50"), INSTRUCTOR, "登録のため免許証の表と裏を送ってください")),
    (4023, Said((-6, "19:58:31"), DRIVER, more=_PHOTO)),
    (4024, Said((-6, "19:58:40"), DRIVER, more=_PHOTO)),
    (4025, Said((-6, "20:01:15"), INSTRUCTOR, "確認しました。グループに入ってください")),
    (4029, Said((-1, "18:01:00"), INSTRUCTOR, "車は借りた相手の名前だけ教えて")),
    (4030, _did((-1, "18:20:05"), INSTRUCTOR, "phone_call", duration_seconds=194, discard_reason="hangup")),
    (4031, Said((-1, "18:30:44"), DRIVER, "電話の通りにします")),
    (4033, Said((0, "08:15:09"), INSTRUCTOR, "明日は携帯を家に置いてくるように。こちらの履歴も消します")),
    (4034, _did((0, "08:52:00"), INSTRUCTOR, "phone_call", discard_reason="missed")),
)
# C and the instructor under his earlier name.
PRIVATE_C = (
    (811, Said((-3, "23:10:02"), SELLER, "口座の人から聞きました。すぐ稼げる仕事ありますか")),
    (812, Said((-3, "23:15:40"), INSTRUCTOR,
               "深夜に車を出せる人いますか。大宮で待機して、合図があったら人を乗せて走るだけ、15万円。携帯は置いてきてもらいます。"
               "土曜の夜、あと4名。シグナル " + K_SIGNAL, more={"forwarded_from": "募集"})),
    (813, Said((-3, "23:17:26"), SELLER, "免許ないです。他のでもいいですか")),
    (815, Said((-2, "21:50:10"), INSTRUCTOR, "では招待を送ります。入ったら名乗って")),
    (816, Said((-1, "19:40:30"), SELLER, "やめたいです。口座のお金だけもらえませんか")),
    (817, Said((-1, "19:41:12"), INSTRUCTOR, "やめるなら口座の件も全部なしです")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of LINE's or WhatsApp's text. `who` is empty where the app speaks."""

    at: When
    who: str
    text: str


RECRUITER = "採用係"
LINE_A = (
    Line((-8, "18:02"), RECRUITER, "ご応募ありがとうございます。見本商会 採用係です"),
    Line((-8, "18:05"), "ヒロ", "ドライバーの募集を見ました。未経験でも大丈夫ですか"),
    Line((-8, "18:09"), RECRUITER, "大丈夫です。乗せて走るだけ、その日に10万円お渡しします。\n詳しい説明は消えるアプリで行います"),
    Line((-8, "18:11"), RECRUITER, "シグナル " + K_SIGNAL + " に名前を送ってください"),
    Line((-8, "18:12"), "", RECRUITER + "がメッセージの送信を取り消しました"),
    Line((-8, "18:20"), "ヒロ", "[写真]"),
    Line((-7, "09:30"), RECRUITER, "返事がないのでこちらから電話します"),
    Line((-7, "09:33"), RECRUITER, "☎ 通話時間 3:12"),
    Line((-7, "09:50"), "ヒロ", "テレグラムの方を入れました"),
    Line((-7, "09:52"), "", "ヒロがメッセージの送信を取り消しました"),
    Line((-7, "09:55"), RECRUITER, "ではそちらで。このトークは消してください"),
)
BOX = "はこ"
LINE_C = (
    Line((-9, "13:20"), BOX,
         "使っていない銀行口座、通帳とカードをセットで8万円で買い取ります。名義はそのままで大丈夫、池袋なら明日に手渡しで即金。"
         "ネット口座も可、2つ目からは上乗せ。絶対にバレません。問い合わせはLINE " + COLLECTOR),
    Line((-9, "13:41"), "アキ", "一つ余ってる口座があります。本当に8万円ですか"),
    Line((-9, "13:44"), BOX, "本当です。新しく作るなら二つ目は10万円出します"),
    Line((-9, "14:02"), "アキ", "[写真]"),
    Line((-9, "14:05"), "アキ", "見本銀行 例示支店 普通 0000031 です"),
    Line((-9, "14:06"), "", "アキがメッセージの送信を取り消しました"),
    Line((-8, "10:15"), BOX, "受け取りました。お金は確認が終わってからです"),
    Line((-6, "20:30"), "アキ", "まだ入金がないんですが"),
    Line((-6, "21:02"), BOX, "凍結されたかもしれないので、もう一つ作ってください"),
    Line((-4, "22:10"), "アキ", "☎ 通話に応答がありませんでした"),
    Line((-4, "22:31"), BOX, "急ぎなら別の仕事を紹介します。\n口座より早いです"),
    Line((-4, "22:33"), "アキ", "お願いします"),
    Line((-1, "15:00"), "アキ", "紹介の仕事が怖いので、口座の分だけ払ってください"),
    Line((-1, "15:20"), "", BOX + "がメッセージの送信を取り消しました"),
)  # fmt: skip

# SMS of A's phone: (when, type as the app counts, number, contact's name, text).
SMS_A = (
    ((-8, "17:55:10"), 1, "080-0000-0031", "(Unknown)", "見本商会の採用係です。応募の件、LINEで続けます"),
    ((-8, "17:58:44"), 2, "080-0000-0031", "(Unknown)", "わかりました"),
    ((-2, "12:00:05"), 1, "090-0000-0044", "母", "日曜は帰ってくるの？"),
    ((-2, "12:31:50"), 2, "09000000044", "母", "ごめん仕事"),
    ((0, "07:05:00"), 1, "080-0000-0031", "(Unknown)", "テレグラムが使えなくなったらこちらへ"),
)
CALLS_A = (
    ((-1, "18:36:00"), 1, "080-0000-0031", "(Unknown)", 41),
    ((0, "07:40:12"), 3, "080-0000-0031", "(Unknown)", 0),
    ((0, "08:02:00"), 2, "090-0000-0044", "母", 310),
)

# B and K on Signal: what kind, when, who ("k" or "b"), and what.
SIGNAL_B = (
    ("text", (-6, "18:30:00"), "b", "募集を見ました。見張りの仕事ですか"),
    ("text", (-6, "18:33:21"), "k", "そうです。深夜に立って、誰か来たら連絡するだけ。テレグラムの部屋に招待します"),
    ("timer", (-6, "18:34:00"), "k", 604_800),
    ("text", (-5, "12:40:10"), "b", "さっきの身分証の話、どういう意味ですか"),
    ("deleted", (-5, "12:42:00"), "k", ""),
    ("text", (-5, "12:45:33"), "k", "気にしないで。向こうでは夜間の担当、こっちでは K で通しています"),
    ("timer", (-2, "20:58:00"), "k", TIMER),
    ("call", (-1, "18:25:00"), "k", 126),
    ("edited", (-1, "22:10:00"), "k", ("明日の確認は朝7時にします", "明日の確認は朝6時半にします", (-1, "22:14:00"))),
    ("quote", (-1, "22:20:00"), "b", ("6時半ですね", (-1, "16:00:00"), "今夜また連絡する")),  # of a message whose timer ran out
    ("photo", (0, "06:40:00"), "k", "IMG_0412.jpg"),
    ("text", (0, "06:42:15"), "k", "明日の立つ場所の写真です。見たら消して"),
    ("text", (0, "06:44:09"), "b", "見ました"),
)
FRIEND = "ゆき"
WHATSAPP_B = (
    Line((-5, "08:10:04"), "", "メッセージと通話はエンドツーエンドで暗号化されています。"),
    Line((-5, "08:10:30"), FRIEND, "今度の土曜ひま？"),
    Line((-5, "08:15:12"), "ナギ", "土曜はちょっと用事"),
    Line((-1, "18:05:40"), FRIEND, "最近元気ないけど大丈夫？"),
    Line((-1, "18:09:02"), FRIEND, "このメッセージは削除されました"),
    Line((-1, "18:30:55"), "ナギ", "大丈夫。バイトが忙しいだけ"),
    Line((0, "07:10:18"), "ナギ", "画像は省略されました"),
    Line((0, "07:12:44"), FRIEND, "相談できるところあるからね #9110"),
)
