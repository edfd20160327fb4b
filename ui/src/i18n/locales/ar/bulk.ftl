## مستخدمون كثيرون دفعة واحدة

bulk-import = استيراد CSV
bulk-range = إنشاء نطاق
bulk-export = تصدير المستخدمين المعروضين
bulk-exported = حُفظ الملف: { $path }
bulk-range-title = إنشاء نطاق من المستخدمين
bulk-import-title = استيراد المستخدمين من CSV
bulk-first = أول معرّف
bulk-last = آخر معرّف
bulk-name-pattern = نمط الاسم
bulk-name-pattern-usual = مستخدم { $mark }
bulk-email-pattern = نمط البريد الإلكتروني
bulk-pattern-help = يحلّ المعرّف محل { $mark }.
bulk-own-department = قسمك
bulk-check = عرض ما سيحدث
bulk-back = رجوع
bulk-pick-note = جدول في كل صف منه مستخدم: المعرّف على الأقل، وللمستخدم الجديد الاسم والبريد الإلكتروني. ملف CSV لا يزيد على 10 ميغابايت و10,000 صف.
bulk-pick = اختيار ملف
bulk-rows =
    { $count ->
        [zero] لا صفوف
        [one] صف واحد
        [two] صفّان
        [few] { NUMBER($count) } صفوف
        [many] { NUMBER($count) } صفًا
       *[other] { NUMBER($count) } صف
    }
bulk-sample = الصفوف الأولى من الملف
bulk-column = محتوى العمود { $name }
bulk-columns-note = من له المعرّف من قبل تُعدّل عنده هذه الأعمدة وحدها، ويُنشأ غيره. الخلايا الفارغة لا تغيّر شيئًا.
bulk-need-id = اختر العمود الذي فيه المعرّف.
bulk-field-ignore = تجاهل
bulk-field-id = الرقم (المعرّف)
bulk-field-name = الاسم
bulk-field-email = البريد الإلكتروني
bulk-field-role = الدور
bulk-field-department = القسم
bulk-field-password = كلمة المرور
bulk-field-pin = رمز الدخول
bulk-field-agent = موظف اتصال
bulk-field-callTimeout = مهلة الرنين
bulk-field-wrapUp = وقت الإنهاء
bulk-field-maxNoAnswer = أقصى عدم رد
bulk-field-busyDelay = مهلة الانشغال
bulk-field-rejectDelay = مهلة الرفض
bulk-field-noAnswerDelay = مهلة عدم الرد
bulk-ids = معرّفات النطاق
bulk-rows-label = الصفوف وما يحدث لها
bulk-row = الصف
bulk-result = النتيجة
bulk-empty-cell = فارغ
bulk-state-new = جديد
bulk-state-change = سيُعدّل
bulk-state-skipped = مستثنى
bulk-state-bad = خطأ
bulk-state-made = أُنشئ
bulk-state-changed = عُدّل
bulk-state-failed = مرفوض
bulk-counts = عدد الصفوف
bulk-count-new = للإنشاء
bulk-count-change = للتعديل
bulk-count-made = أُنشئ
bulk-count-changed = عُدّل
bulk-count-skipped = مستثنى
bulk-count-bad = أخطاء
bulk-which = الصفوف المعروضة
bulk-all = الكل
bulk-faults = أخطاء
bulk-pages = الصفحات
bulk-page = { NUMBER($from) } إلى { NUMBER($to) } من { NUMBER($all) }
bulk-page-before = الصفوف السابقة
bulk-page-next = الصفوف التالية
bulk-start =
    { $count ->
        [zero] لا أحد للإنشاء
        [one] إنشاء مستخدم واحد
        [two] إنشاء مستخدمَين
        [few] إنشاء { NUMBER($count) } مستخدمين
        [many] إنشاء { NUMBER($count) } مستخدمًا
       *[other] إنشاء { NUMBER($count) } مستخدم
    }
bulk-start-import =
    { $count ->
        [zero] لا أحد للاستيراد
        [one] استيراد مستخدم واحد
        [two] استيراد مستخدمَين
        [few] استيراد { NUMBER($count) } مستخدمين
        [many] استيراد { NUMBER($count) } مستخدمًا
       *[other] استيراد { NUMBER($count) } مستخدم
    }
bulk-running = يجري إنشاء المستخدمين
bulk-progress = { NUMBER($done) } من { NUMBER($all) }. يمكنك إغلاق هذه النافذة، وسيستمر العمل.
bulk-stop = إيقاف
bulk-stopping = يتوقف بعد المستخدمين الموجودين الآن لدى الخادم
bulk-stopped = أُوقف
bulk-interrupted = انقطع الاتصال بالخادم
bulk-rest-note = من أُنشئ من المستخدمين يبقى. تابع بالباقي متى شئت، ولن يُنشأ أحد مرتين.
bulk-go-on = متابعة الباقي
bulk-done =
    { $count ->
        [zero] لم يُنجز أي مستخدم
        [one] أُنجز مستخدم واحد
        [two] أُنجز مستخدمان
        [few] أُنجز { NUMBER($count) } مستخدمين
        [many] أُنجز { NUMBER($count) } مستخدمًا
       *[other] أُنجز { NUMBER($count) } مستخدم
    }
bulk-done-wrong = لم تُنفذ بعض الصفوف. احفظها وصحّحها ثم استوردها من جديد.
bulk-passwords = كلمات المرور الجديدة متاحة الآن فقط
bulk-passwords-note = انسخها واحدة واحدة، أو احفظها كلها في ملف لا يقرؤه غيرك. سلّمه بأمان ثم احذفه.
bulk-passwords-save = حفظ الكل
bulk-password-copy = نسخ كلمة مرور { $person }
bulk-saved = حُفظ الملف:
bulk-faults-save = حفظ الأخطاء
bulk-reason = السبب
bulk-leave-title = الإغلاق دون حفظ كلمات المرور؟
bulk-leave-note = لا يمكن عرضها مرة أخرى، وستحتاج إلى تعيين كلمات جديدة.
bulk-leave-confirm = إغلاق
bulk-leave-stay = البقاء
bulk-why-exists = لمستخدم هذا المعرّف من قبل، فيُستثنى.
bulk-why-queue = لطابور هذا المعرّف. استخدم معرّفًا آخر.
bulk-why-extensionTaken = لمستخدم أو طابور هذا المعرّف. استخدم معرّفًا آخر.
bulk-why-emailTaken = يسجّل مستخدم آخر الدخول بهذا البريد. استخدم بريدًا آخر.
bulk-why-twice = المعرّف مذكور في صف سابق أيضًا.
bulk-why-nothing = لا يغيّر هذا الصف شيئًا.
bulk-why-badId = المعرّف ناقص أو غير صالح: من 1 إلى 32 حرفًا لاتينيًا أو رقمًا أو . - _
bulk-why-badName = الاسم ناقص أو أطول من 200 حرف.
bulk-why-badEmail = البريد الإلكتروني ناقص أو غير صالح.
bulk-why-weakPassword = كلمة المرور ضعيفة: 8 أحرف، فيها حرف كبير وحرف صغير ورقم ورمز.
bulk-why-badPin = رمز الدخول من 4 إلى 12 رقمًا.
bulk-why-noRole = لا يوجد دور بهذا الاسم.
bulk-why-roleAbove = هذا الدور أعلى من دورك.
bulk-why-noDepartment = لا تدير قسمًا بهذا الاسم.
bulk-why-badAgent = اكتب نعم أو لا، أو رقمًا.
bulk-why-badNumber = اكتب رقمًا من 0 إلى 999، ولا يقل رنين المكالمة عن ثانية.
bulk-why-tooLong = خلية أطول مما ينبغي. هل بقيت علامة اقتباس مفتوحة؟
bulk-why-notYours = لا يحق لك تعديل هذا المستخدم.
bulk-why-gone = حُذف المستخدم في هذه الأثناء.
bulk-why-changed = يعدّل شخص آخر هذا المستخدم. حاول من جديد.
bulk-why-yourself = لا يمكنك فعل هذا بحسابك.
bulk-why-lastOwner = هذا آخر مالك للنظام.
bulk-why-refused = لم يقبل الخادم هذا الصف.
