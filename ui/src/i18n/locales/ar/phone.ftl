dial-placeholder = الاسم أو الرقم
dial-erase = حذف آخر رقم
call = اتصال
no-connection = لا اتصال
keypad-dial = لوحة الاتصال
keypad-letters-2 = ب ت ث
keypad-letters-3 = ا ء
keypad-letters-4 = س ش ص ض
keypad-letters-5 = د ذ ر ز
keypad-letters-6 = ج ح خ
keypad-letters-7 = ن هـ و ي
keypad-letters-8 = ف ق ك ل م
keypad-letters-9 = ط ظ ع غ
keypad-star = نجمة
keypad-hash = مربّع
ready-for-calls = جاهز لاستقبال المكالمات
offline-title = انقطع الاتصال بالخادم
offline-note = لن تصلك مكالمات الآن.
recent = الأخيرة
recent-filter = أي المكالمات الأخيرة
filter-all = الكل
filter-missed = الفائتة
recent-more = المزيد في السجل
recent-empty = لا مكالمات بعد
recent-empty-note = اتصل بالرقم الداخلي لأحد الزملاء، أو بالرقم { "*43" } لتسمع نفسك.
recent-none-missed = لا مكالمات فائتة
recent-none-missed-note = تبقى المكالمات الفائتة هنا حتى تراها.
call-back = الاتصال بـ { $person }

history-filter = أي المكالمات
today = اليوم
yesterday = أمس
history-calls =
    { $count ->
        [zero] لا مكالمات
        [one] مكالمة واحدة
        [two] مكالمتان
        [few] { NUMBER($count) } مكالمات
        [many] { NUMBER($count) } مكالمة
       *[other] { NUMBER($count) } مكالمة
    }
history-incoming = مكالمة واردة
history-outgoing = مكالمة صادرة
history-missed-call = مكالمة فائتة
history-rang = رنّت
history-delete = حذف من السجل
history-deleted = حُذفت من السجل

end-short-localHangUp = انتهت
end-short-remoteHangUp = انتهت
end-short-cancelled = أُلغيت
end-short-missed = فائتة
end-short-answeredElsewhere = أُجيب عليها من جهاز آخر
end-short-declined = مرفوضة
end-short-busy = مشغول
end-short-rejected = مرفوضة
end-short-noAnswer = لم يتم الرد
end-short-notFound = رقم غير موجود
end-short-badNumber = ليس رقمًا
end-short-forbidden = غير مسموح
end-short-notAcceptable = غير متوافق
end-short-serverFailure = مشكلة في الخادم
end-short-offline = لا اتصال
end-short-timeout = لا استجابة
end-short-mediaFailed = لا صوت
end-short-internal = تعذّرت
