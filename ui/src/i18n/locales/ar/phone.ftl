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

passport = كيف كان صوت المكالمة
passport-head-good = كان الصوت جيدًا
passport-head-fair = كان الصوت مقبولًا
passport-head-unsteady = كان الصوت غير مستقر
passport-head-bad = كان الصوت سيئًا
passport-head-unknown = لم تكفِ القياسات
passport-well-good = وصل الصوتان سليمين.
passport-well-fair = ضاعت أجزاء صغيرة وجرى تعويضها.
passport-well-unsteady = ضاعت أجزاء من الصوت أحيانًا.
passport-well-bad = ضاع كثير من الصوت.
passport-well-unknown = كانت المكالمة أقصر من أن يُعرف كيف كان صوتها.
passport-cause-noMicrophone = تعطّل الميكروفون أحيانًا، فلم يسمعك الطرف الآخر.
passport-cause-stalls = انشغل هذا الحاسوب أحيانًا فلم يلحق بالصوت.
passport-cause-lossIn = ضاعت أحيانًا أجزاء من صوت الطرف الآخر في الطريق إليك.
passport-cause-lossOut = ضاعت أحيانًا أجزاء من صوتك في الطريق إلى الطرف الآخر.
passport-cause-lossBoth = ضاعت أحيانًا أجزاء من الصوتين في الطريق.
passport-cause-jitter = وصل صوت الطرف الآخر أحيانًا متفاوتًا حتى إن أجزاء منه تأخرت.
passport-cause-delay = مرّ أحيانًا وقت طويل قبل أن يسمع أحدكما الآخر.
passport-cause-nothing = لم يصل شيء من الطرف الآخر أحيانًا.
passport-cause-farPlayout = وصل صوتك سليمًا، لكن الطرف الآخر شغّله أحيانًا متقطّعًا.
passport-heard = ما سمعته
passport-spoken = ما سمعه الآخر
passport-measured = مدة القياس
passport-jitter-most = أعلى تذبذب
passport-rtt-most = أطول ذهاب وعودة
passport-late = وصل متأخرًا
passport-mos-in-least = أدنى المسموع
passport-mos-out-least = أدنى المرسل
passport-trouble-microphone = خلل الميكروفون
passport-trouble-computer = بطء الحاسوب
passport-trouble-ownNetwork = خلل شبكتك
passport-trouble-farEnd = خلل الطرف الآخر
passport-none = لم يمرّ صوت في هذه المكالمة، فليس هناك ما يقال عنه.
passport-save = حفظ في ملف
passport-saved = حُفظت أرقام المكالمة

end-short-localHangUp = انتهت
end-short-remoteHangUp = انتهت
end-short-cancelled = أُلغيت
end-short-missed = فائتة
end-short-answeredElsewhere = أُجيب عليها من جهاز آخر
end-short-declined = مرفوضة
end-short-transferred = محوّلة
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
favourites-edit = تعديل

park = ركن
park-running = يجري ركن هذه المكالمة في الموقف { $slot }
park-parked = المكالمة مركونة في الموقف { $slot }
park-take-back = استعادتها
park-title = المكالمات المركونة
park-somebody = مكالمة مركونة
park-by = ركنها { $person }
park-comes-back = ترنّ من جديد عند { $person }
park-pick-up = التقاط المكالمة المركونة في الموقف { $slot }
park-came-back = عادت مكالمة مركونة
park-was-parked = كانت مركونة
