"""Calling or answering the phone for an unnamed party.

Why it counts: rooms full of fraud callers are staffed through "telephone operator", "customer support" and "PC work", often with room and
board.
When it misleads: call centres, telephone sales and surveys are large lawful trades with the same job titles.
"""

from andon.detection.signals.signal import Side, Signal, words
from andon.domain.kinds import Kind

SIGNAL = Signal(
    name="phone_call_work",
    group="errand",
    side=Side.FOR,
    en="work on the phone",
    ja="電話をかける仕事",
    why_ja=(
        "「電話オペレーター」「テレアポ」は詐欺拠点の言い換えに使われる。正規のコールセンターや調査の求人の方がはるかに多く、事業者名や所在"
        "地の有無が分かれ目。"
    ),
    terms=words("""
        電話(をかける|かける|を掛ける|を架ける|する|対応する|受ける|に出る|に対応する)(仕事|お仕事|バイト|作業|業務|案件|人|スタッフ)
        電話(営業|業務|案件|バイト|のバイト|の仕事|番|係|受付業務|スタッフ|オペ|オペレーター|対応(業務|スタッフ|のみ|バイト|のお仕事)|役|勧誘|要員|をかけられる|できる人|が得意|でお話|だけの仕事)
        架電 架電(業務|スタッフ|バイト|案件|作業|代行) かでん業務 テレアポ てれあぽ テレマ テレマーケ コールセンター こーるせんたー
        コールスタッフ コール(業務|バイト|案件|ワーク|要員) オペレーター募集 オペレーター(急|求|大募|案件) テレオペ アポインター
        アポ(取り|どり|取る|入れ)(バイト|の仕事|スタッフ|だけ|) アポ取り アウトバウンド インバウンド(業務|コール) 電話(一|1)本
        電話(一|1)本で 話(すのが|上手|がうまい)(好き|得意|な方|方|人) 喋り(が|に)(得意|自信|うまい|上手) しゃべりに自信
        トーク(に自信|力|がうまい|上手|できる) 口(が|)(うまい|上手い|達者)(人|方|奴|やつ) 口達者 声(だけ|の仕事|がいい|に自信)(の|)
        演技(できる|力|が得意|経験) 役者志望 日本語(が|)(話せる|できる|喋れる|上手|ネイティブ|ペラペラ)(人|方|だけ|なら|れば|)
        日本人(スタッフ|オペレーター|コール|限定|募集|歓迎|向け|の方)(募|急|求|限|で|歓|) チャットサポート
        チャット(対応|オペレーター|レディ|業務|の仕事|バイト|返信) メール(オペレーター|レディ|オペ|対応業務|返信業務|の返信) メルオペ メルレ
        メールオペ サクラのバイト ライブチャット 相談員(バイト|募) call_center call_centre telemarketing phone_operator teleapo
        customer_support_staff kaden
    """),
    guards=words("""
        コールセンターに電話 コールセンターに問 コールセンターに繋 コールセンターにつな コールセンターの対応 コールセンターがつな
        コールセンターが繋 電話営業がうざ 電話番号 留守番電話番組 インバウンドコール消費
    """),
    kinds=(Kind.FRAUD_CALLER, Kind.OVERSEAS),
)
