product = رنّان
close = إغلاق
cancel = إلغاء
back = رجوع
undo = تراجع
try-again = إعادة المحاولة
retry-now = المحاولة الآن
loading = جارٍ التحميل
extension = الرقم الداخلي

sections = الأقسام
section-phone = الهاتف
section-history = السجل
section-history-missed =
    { $count ->
        [zero] السجل، لا مكالمات فائتة
        [one] السجل، مكالمة فائتة واحدة
        [two] السجل، مكالمتان فائتتان
        [few] السجل، { NUMBER($count) } مكالمات فائتة
        [many] السجل، { NUMBER($count) } مكالمة فائتة
       *[other] السجل، { NUMBER($count) } مكالمة فائتة
    }
section-history-messages =
    { $count ->
        [zero] { $history }
        [one] { $history }، رسالة جديدة واحدة
        [two] { $history }، رسالتان جديدتان
        [few] { $history }، { NUMBER($count) } رسائل جديدة
        [many] { $history }، { NUMBER($count) } رسالة جديدة
       *[other] { $history }، { NUMBER($count) } رسالة جديدة
    }
search-or-dial = ابحث أو اتصل

presence-available = متاح
presence-on-call = في مكالمة
presence-ringing = يرنّ
presence-offline = غير متصل
profile-open = حالتك: { $presence }. افتح القائمة
profile-menu = حسابك
profile-practice = حساب تجريبي على هذا الحاسوب
profile-name = الملف

language-menu = اللغة
language-digits = الأرقام
theme = المظهر
theme-system = مثل النظام
theme-light = فاتح
theme-dark = داكن

system-title = حالة النظام
system-open = حالة النظام: { $state }
system-ready = جاهز
system-web-phone = هاتف الويب
system-live-panel = اللوحة المباشرة
system-internet = الإنترنت
system-sound = الصوت
system-level-ok = يعمل
system-level-off = غير مستخدم
system-level-warn = يعمل بصعوبة
system-level-bad = لا يعمل
system-ok-web-phone = مسجّل بالرقم { $extension } والمكالمات مشفّرة
system-ok-live-panel = متصلة
system-ok-internet = الخادم يستجيب خلال { NUMBER($ms) } م.ث
system-ok-sound = الميكروفون والسماعة جاهزان
system-off = لا يستخدمه هذا الحساب
system-off-sound = يُفتح عند بدء المكالمة
system-retry-in =
    { $seconds ->
        [zero] نعيد المحاولة الآن.
        [one] نعيد المحاولة بعد ثانية واحدة.
        [two] نعيد المحاولة بعد ثانيتين.
        [few] نعيد المحاولة بعد { NUMBER($seconds) } ثوانٍ.
        [many] نعيد المحاولة بعد { NUMBER($seconds) } ثانية.
       *[other] نعيد المحاولة بعد { NUMBER($seconds) } ثانية.
    }
system-reconnecting = إعادة الاتصال
system-short-connecting = جارٍ الاتصال
system-short-unreachable = لا اتصال
system-short-badCertificate = مشكلة في الشهادة
system-short-wrongCredentials = رُفض تسجيل الدخول
system-short-notFromHere = ليس من هذه الشبكة
system-short-refused = رفض من الخادم
system-short-noAnswer = لا استجابة
system-short-serverError = مشكلة في الخادم
system-short-slow = الإنترنت بطيء
system-short-microphoneMissing = لا ميكروفون
system-short-microphoneBusy = الميكروفون مشغول
system-short-microphoneRefused = الميكروفون ممنوع
system-short-microphoneLost = انقطع الميكروفون
system-short-speakerMissing = لا سماعة
system-short-speakerBusy = السماعة مشغولة
system-short-speakerLost = انقطعت السماعة
system-short-microphoneMuted = الميكروفون مكتوم
system-short-speakerMuted = السماعة مكتومة
system-short-microphoneReplaced = ميكروفون بديل
system-short-speakerReplaced = سماعة بديلة
system-short-microphoneSilent = الميكروفون صامت
system-short-speakerNotHeard = السماعة غير مسموعة
system-short-soundFailed = مشكلة في الصوت
system-why-connecting = جارٍ الاتصال بالخادم
system-why-unreachable = تعذّر الوصول إلى الخادم. تحقّق من شبكة هذا الحاسوب.
system-why-badCertificate = شهادة الخادم غير موثوقة. راجع مسؤول النظام قبل المتابعة.
system-why-wrongCredentials = رفض الخادم الاسم أو كلمة المرور. سجّل الخروج ثم الدخول من جديد.
system-why-notFromHere = يسمح المسؤول باستخدام هذا الحساب من شبكات معيّنة فقط، وليست هذه إحداها. اتصل بشبكة الشركة أو راجع المسؤول.
system-why-refused = الخادم لا يسمح لهذا الحساب بالدخول. راجع مسؤول النظام.
system-why-noAnswer = الخادم موجود لكنه لا يستجيب.
system-why-serverError = أبلغ الخادم عن عطل لديه.
system-why-slow = استجابة الخادم بطيئة. قد تصل الأصوات متأخرة.
system-why-microphoneMissing = لم يُعثر على ميكروفون. وصّل واحدًا أو اختر غيره.
system-why-microphoneBusy = برنامج آخر يستخدم الميكروفون. أغلقه ثم حاول مجددًا.
system-why-microphoneRefused = النظام لا يسمح لرنّان باستخدام الميكروفون. اسمح به في إعدادات الخصوصية.
system-why-microphoneLost = توقّف الميكروفون. وصّله من جديد أو اختر غيره.
system-why-speakerMissing = لم يُعثر على سماعة. وصّل واحدة أو اختر غيرها.
system-why-speakerBusy = برنامج آخر يستخدم السماعة. أغلقه ثم حاول مجددًا.
system-why-speakerLost = توقّفت السماعة. وصّلها من جديد أو اختر غيرها.
system-why-microphoneMuted = الميكروفون مكتوم في النظام. فعّله من إعدادات الصوت في النظام.
system-why-speakerMuted = السماعة مكتومة في النظام. فعّلها من إعدادات الصوت في النظام.
system-why-microphoneReplaced = الميكروفون المختار غير موصول. يُستخدم غيره إلى أن يعود.
system-why-speakerReplaced = السماعة المختارة غير موصولة. تُستخدم غيرها إلى أن تعود.
system-why-microphoneSilent = لم يُسمع شيء في آخر اختبار للميكروفون. تحقّق من زر الكتم وأعد الاختبار.
system-why-speakerNotHeard = لم تسمع آخر اختبار للسماعة. تحقّق من مستوى الصوت وأعد الاختبار.
system-why-soundFailed = نظام الصوت في هذا الحاسوب لا يستجيب.

session-logout = تسجيل الخروج
session-logout-ask-title = تسجيل الخروج أثناء مكالمة؟
session-logout-ask-body = ستنتهي المكالمة، ولن تصلك المكالمات هنا بعد ذلك.
window-close-ask-title = إغلاق رنّان أثناء مكالمة؟
window-close-ask-confirm = إغلاق
