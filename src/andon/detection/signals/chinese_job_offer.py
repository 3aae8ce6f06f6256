"""An offer in Chinese.

Why it counts: Collectors and buyers are sought in Chinese groups with hourly or daily sums.
When it misleads: Lawful part-time adverts in Chinese are common.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="chinese_job_offer",
    group="foreign",
    side=Side.FOR,
    en="an offer in Chinese",
    ja="中国語の勧誘",
    why_ja="中国語のグループで回収役・購入役を日当や時給で募る。正規の中国語求人も多い。",
    terms=words("""
        招人 招聘 急招 招兼职 招兼職 兼职 兼職 日结 日結 日薪 现结 現結 当天结 當天結 高薪 轻松 輕鬆 来钱快 來錢快 无需经验 無需經驗 不需要经验 小白 跑腿 代取 取货 取貨 取包裹 收包裹 代收 代收快递 转运 轉運 带货 帶貨
        捎带 捎帶 送货 送貨 送包 送东西 司机 司機 有车 有車 有驾照 取钱 取錢 取现 取現 提现 提款 刷卡 买手 買手 代购 扫货 掃貨 背包客 安全无风险 安全可靠 没风险 没有风险 不犯法 合法 正规 报销 報銷 包机票 包吃住
        包吃包住 包住 黑户 黑戶 没签证 沒簽證 留学生 留學生 在日 联系我 聯繫我 联系 聯繫 私我 私信 想赚钱 想賺錢 赚钱 賺錢 缺钱 缺錢 有偿 一单 一單 一次 一趟 一天 男女不限 名额 名額 电话客服 客服 话务 缅甸 緬甸
        柬埔寨 泰国 泰國 迪拜
    """),
)
