recording-on = يُسجَّل
recording-paused = التسجيل متوقف مؤقتًا
recording-held = التسجيل في الانتظار
recording-failed = لم تُسجَّل
recording-pause = إيقاف مؤقت
recording-go-on = متابعة
record = تسجيل
record-stop = إيقاف التسجيل
filter-recordings = التسجيلات
recordings-of-title = تسجيلات { $person }
recordings-none = لا توجد تسجيلات
recordings-none-note = تظهر المكالمات المسجَّلة هنا فور وصولها إلى خادم الفريق.
recordings-count = { $count ->
    [zero] لا تسجيلات
    [one] تسجيل واحد
    [two] تسجيلان
    [few] { $count } تسجيلات
    [many] { $count } تسجيلًا
   *[other] { $count } تسجيل
}
recordings-of = لدى { $person }
recordings-of-nobody = حساب سابق
recordings-by-button = بالزر
recordings-listen = الاستماع إلى المكالمة مع { $person }
recordings-close = إغلاق تسجيل المكالمة مع { $person }
recordings-delete = حذف تسجيل المكالمة مع { $person }
recordings-delete-ask = هل تريد حذف هذا التسجيل؟
recordings-delete-note = سيُحذف تسجيل المكالمة مع { $person } لدى الجميع. لا يمكن التراجع عن ذلك، ويُكتب في سجل التدقيق.
recordings-delete-confirm = حذف
recordings-older = عرض الأقدم
recordings-older-failed = تعذّرت قراءة التسجيلات الأقدم
recordings-waiting = { $count ->
    [zero] لا تسجيلات في الطريق إلى خادم الفريق
    [one] تسجيل واحد في الطريق إلى خادم الفريق
    [two] تسجيلان في الطريق إلى خادم الفريق
    [few] { $count } تسجيلات في الطريق إلى خادم الفريق
    [many] { $count } تسجيلًا في الطريق إلى خادم الفريق
   *[other] { $count } تسجيل في الطريق إلى خادم الفريق
}
recordings-waiting-note = تُحفظ مشفّرة على هذا الحاسوب حتى يستلمها الخادم.
player = المشغّل
player-play = تشغيل
player-pause = إيقاف مؤقت
player-position = الموضع
player-speed = السرعة
player-speed-of = ‏{ $factor }× السرعة
player-sides = في الأعلى: الطرف الآخر. في الأسفل: { $person }.
player-loading = جارٍ جلب التسجيل…
player-gone = لم يعد هذا التسجيل موجودًا
player-gone-note = حُذف، أو لم يعد مسموحًا لك بسماعه.
player-failed = تعذّر تشغيل التسجيل
player-failed-note = تحقّق من الاتصال بخادم الفريق.
rules-recording = التسجيلات
rules-recording-said = التنبيه إلى تسجيل المكالمة
rules-recording-said-note = يسمعه الطرفان عند بدء التسجيل، ونغمةً عند متابعته بعد التوقف. وإلا فأخبروا المتصلين بطريقة أخرى.
rules-recording-said-none = لا
rules-recording-said-tone = بنغمة قصيرة
rules-recording-said-words = بالعربية والإنجليزية
rules-recording-said-wordsEn = بالإنجليزية
rules-recording-said-wordsAr = بالعربية
rules-recording-pause = يمكن للموظفين إيقاف التسجيل مؤقتًا
rules-recording-pause-note = ريثما يذكر المتصل رقم بطاقة أو كلمة مرور.
rules-recording-keep = الاحتفاظ بالتسجيلات
rules-recording-keep-note = يحذف الخادم الأقدم منها خلال ساعة.
rules-recording-for-ever = دائمًا
rules-recording-days = { $count ->
    [zero] لا أيام
    [one] يوم واحد
    [two] يومان
    [few] { $number } أيام
    [many] { $number } يومًا
   *[other] { $number } يوم
}
rules-recording-shorter = هل تريد حذف التسجيلات الأقدم؟
rules-recording-shorter-note = ستُحذف خلال ساعة التسجيلات التي مضى عليها أكثر من { $days }. لا يمكن التراجع عن ذلك.
rules-recording-shorter-confirm = حذف الأقدم
