"""An offer in English.

Why it counts: Groups also recruit foreigners in Japan, and people abroad, in English.
When it misleads: Lawful agencies use the same words.
"""

from andon.detection.signals.signal import Side, Signal, words

SIGNAL = Signal(
    name="english_job_offer",
    group="foreign",
    side=Side.FOR,
    en="an offer in English",
    ja="英語の勧誘",
    why_ja="在留外国人や海外の人を英語で誘う例がある。正規の人材会社も同じ語を使う。",
    terms=words("""
        easy_money quick_cash fast_cash easy_job easy_work part_time part-time no_experience no_questions cash_same_day
        same_day_pay paid_daily daily_pay paid_in_cash cash_in_hand looking_for_people need_people need_workers need_someone
        looking_for_someone workers_needed drivers_needed driver_needed need_driver high_salary good_salary good_pay per_day
        a_day per_week per_trip per_package pick_up_package receive_package receive_packages deliver_package carry_luggage
        carry_bag carry_a_bag bring_luggage just_carry just_deliver side_job side_hustle hiring urgent_hiring job_offer
        work_in_japan earn_money make_money earn_up_to ticket_paid we_pay_ticket free_ticket flight_paid visa_free
        visa_not_needed no_visa no_japanese_needed contact_me message_me text_me dm_for_details pm_for_details on_telegram
        via_telegram whatsapp_me safe_job legal_job 100%_safe no_risk call_center customer_service_job overstay need_2_people
        boys_and_girls yen_per
    """),
)
