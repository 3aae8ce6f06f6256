"""What removal letters say: to companies, in plain and polite words. A finding is a suspicion, nobody is identified, and nothing is claimed to be binding."""

from __future__ import annotations

REMOVAL_LETTERS: dict[str, tuple[str, str]] = {
    "removal.letter.title.first": ("投稿の削除に関する依頼書", "Request to remove posts"),
    "removal.letter.title.more": ("投稿の削除に関する追加の依頼書", "Further request to remove posts"),
    "removal.letter.title.second": ("投稿の削除に関する再依頼書", "Second request to remove posts"),
    "removal.letter.title.escalation": ("投稿の削除に関する申入書", "Escalation of a request to remove posts"),
    "removal.letter.number": ("{number}　{date}", "{number}, {date}"),
    "removal.letter.to": ("{name} 御中", "To: {name}"),
    "removal.letter.from": ("{unit}　{person}", "{unit}, {person}"),
    "removal.letter.contact": ("連絡先: {contact}", "Contact: {contact}"),
    "removal.letter.subject": ("【{number}】{title}（{posts:,} 件）", "[{number}] {title} (posts: {posts:,})"),
    "removal.letter.ask.first": (
        "貴社のサービスに掲載されている下記の投稿 {posts:,} 件について、担当者が内容を確認し、{category}に当たるおそれがあると判断しました。内容をご確認のうえ、削除その他の送信防止措置をご検討くださいますよう、お願いいたします。",
        "The posts listed below ({posts:,}) are published on your service. A member of our staff has read them and considers that they may be {category}. Please review them and consider removing them or otherwise keeping them from being shown.",
    ),
    "removal.letter.ask.more": (
        "先にお知らせした投稿と同じ文面または連絡先の投稿、もしくは削除の後に再び掲載された投稿 {posts:,} 件を確認しました。{category}に当たるおそれがあると判断しましたので、削除その他の送信防止措置をご検討くださいますよう、お願いいたします。",
        "Further posts ({posts:,}) have been found: worded like those that we wrote about, naming the same contact, or published again after removal. We consider that they may be {category}. Please consider removing them or otherwise keeping them from being shown.",
    ),
    "removal.letter.ask.second": (
        "先に削除をお願いした下記の投稿 {posts:,} 件が、まだ閲覧できる状態です。{category}に当たるおそれがあるため、あらためて削除その他の送信防止措置をご検討くださいますよう、お願いいたします。",
        "The posts listed below ({posts:,}), which we asked you to remove, can still be read. As they may be {category}, we ask you once more to consider removing them or otherwise keeping them from being shown.",
    ),
    "removal.letter.ask.escalation": (
        "{provider} に対して下記の投稿 {posts:,} 件の削除を依頼しましたが、まだ閲覧できる状態です。{category}に当たるおそれがあるため、必要な対応をご検討くださいますよう、お願いいたします。",
        "We asked {provider} to remove the posts listed below ({posts:,}), which can still be read. As they may be {category}, we ask you to consider what can be done.",
    ),
    "removal.letter.earlier": ("これまでの依頼: {number}（{date}）", "Earlier request: {number} of {date}"),
    "removal.letter.ground": ("根拠", "Ground"),
    "removal.letter.ground.category": ("インターネット・ホットラインセンターの区分: {category}", "Category of the Internet Hotline Center (Japan): {category}"),
    "removal.letter.ground.law.perpetrator_recruitment": (
        "関係する法令: 職業安定法第63条（有害な業務に就かせる目的での募集）、同法第5条の4（募集情報の的確な表示）",
        "Law concerned: Employment Security Act (Japan), article 63 (recruiting for harmful work) and article 5-4 (what a job advert must state)",
    ),
    "removal.letter.ground.law.account_transfer": (
        "関係する法令: 犯罪による収益の移転防止に関する法律（預貯金通帳等の譲渡し及びその勧誘）",
        "Law concerned: Act on Prevention of Transfer of Criminal Proceeds (Japan): handing over bank accounts, and soliciting it",
    ),
    "removal.letter.ground.law.phone_transfer": (
        "関係する法令: 携帯音声通信事業者による契約者等の本人確認等及び携帯音声通信役務の不正な利用の防止に関する法律",
        "Law concerned: Act on Prevention of Improper Use of Mobile Phones (Japan)",
    ),
    "removal.letter.ground.law.drug_advert": (
        "関係する法令: 規制薬物に係る不正行為を助長する行為等の防止に関する法令（麻薬特例法など）",
        "Law concerned: Japan's laws on promoting offences with controlled drugs (Anti-Drug Special Provisions Act and others)",
    ),
    "removal.letter.ground.missing": (
        "求人として必要な次の事項の記載が見当たりません（職業安定法第5条の4）: {items}",
        "Items that a job advert must state and that we did not find (Employment Security Act, article 5-4): {items}",
    ),
    "removal.letter.missing_item": ("{item}（{posts:,} 件）", "{item} ({posts:,})"),
    "removal.letter.ground.terms": ("貴社の利用規約: {terms}", "Your terms of service: {terms}"),
    "removal.letter.and": ("、", ", "),
    "removal.letter.why": ("判断の理由", "Why"),
    "removal.letter.why_text": (
        "閲覧者に求めていると考えられる行為: {kind}。根拠とした表現は、投稿ごとに抜き出して示します。",
        "What readers seem to be asked to do: {kind}. The words that this rests on are quoted under each post.",
    ),
    "removal.letter.kind_unsaid": ("明示されていない", "not said openly"),
    "removal.letter.why_count": ("{label}: {posts:,} か所", "{label}: {posts:,}"),
    "removal.letter.note": ("補足", "Further remarks"),
    "removal.letter.reply": ("ご回答のお願い", "Your answer"),
    "removal.letter.reply_text": (
        "{date}までに、対応の結果（削除した投稿、削除しない投稿とその理由）を、番号 {number} を添えてお知らせください。",
        "Please tell us by {date} what you decided (posts removed; posts not removed, and why), naming the number {number}.",
    ),
    "removal.letter.no_force": (
        "この依頼に法的な強制力はありません。削除するかどうかは貴社のご判断によります。この書面は、投稿者が誰であるかや、犯罪が成立することを示すものではありません。",
        "This request has no compulsory force: whether to remove is yours to decide. It does not say who anybody is, nor that a crime has been committed.",
    ),
    "removal.letter.posts": ("対象の投稿（{posts:,} 件）", "Posts ({posts:,})"),
    "removal.letter.no_url": ("（アドレス不明）", "(address unknown)"),
    "removal.letter.row.account": ("掲載元", "Where"),
    "removal.letter.row.times": ("日時", "Times"),
    "removal.letter.row.posted": ("投稿", "posted"),
    "removal.letter.row.seen": ("確認", "seen"),
    "removal.letter.row.there": ("掲載を最後に確認", "last seen there"),
    "removal.letter.row.asked": ("前回の依頼", "asked before"),
    "removal.letter.row.back": ("再掲載を確認", "seen again"),
    "removal.letter.row.missing": ("記載のない事項", "Not stated"),
    "removal.letter.row.quote": ("抜粋", "Quote"),
    "removal.letter.quote": ("「{text}」（{label}）", "“{text}” ({label})"),
    "removal.letter.row.text_hash": ("本文の SHA-256", "SHA-256 of the text"),
    "removal.letter.row.evidence": ("保存した証拠", "Evidence kept"),
    "removal.letter.evidence": ("{kind} SHA-256 {sha256}", "{kind} SHA-256 {sha256}"),
    "removal.letter.evidence_stamped": ("{kind} SHA-256 {sha256}（タイムスタンプあり）", "{kind} SHA-256 {sha256} (time-stamped)"),
    "removal.letter.evidence.record": ("記録", "record"),
    "removal.letter.evidence.page": ("ページ", "page"),
    "removal.letter.evidence.screenshot": ("画面", "screenshot"),
    "removal.letter.evidence_note": (
        "証拠は当部署で保存しています。上の SHA-256 で、保存したものとの一致を確かめられます。",
        "The evidence is kept by us; the SHA-256 values above let anyone check that it is the same.",
    ),
    "removal.letter.signs_note": (
        "[U+1F4A9] のような表記は、この書面の書体にない文字を番号で示したものです。",
        "A text like [U+1F4A9] stands for a character that this document's typeface does not have.",
    ),
    "removal.letter.sign": ("[U+{number}]", "[U+{number}]"),
    "removal.letter.system_note": (
        "この書面は andon で作成し、記名の担当者が承認しました（{number}）。",
        "Made with andon and approved by the person named above ({number}).",
    ),
    "removal.letter.mail_posts": ("対象の投稿のアドレス（詳細は添付の書面と一覧をご覧ください）", "Addresses of the posts (details: see the attached letter and list)"),
    "removal.letter.mail_attached": ("添付: 依頼書（PDF）、一覧（CSV）、XARF（JSON Lines）", "Attached: letter (PDF), list (CSV), XARF (JSON Lines)"),
    "removal.letter.text_below": ("（日本語の本文は下にあります）", "(English text below)"),
}
