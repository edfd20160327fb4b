section-panel = اللوحة المباشرة
panel-live = مباشر، حُدّث الآن
panel-not-live = غير مباشر
panel-sums = نظرة عامة
panel-sum-waiting = في الانتظار الآن
panel-sum-ready = موظفون جاهزون
panel-sum-calls = في مكالمات
panel-sum-answered = تم الرد اليوم
panel-sum-abandoned = متروكة
panel-sum-level = مستوى الخدمة
panel-longest = الأطول { $time }
panel-signed-in =
    { $count ->
        [zero] لا أحد مسجّل
        [one] من موظف واحد مسجّل
        [two] من موظفَين مسجّلَين
        [few] من { NUMBER($count) } مسجّلين
        [many] من { NUMBER($count) } مسجّلًا
       *[other] من { NUMBER($count) } مسجّل
    }
panel-average = المتوسط { $time }
panel-yesterday = أمس { NUMBER($count) }
panel-of-calls = { $share } من المكالمات
panel-target = الهدف { $share } في { NUMBER($seconds) } ث
panel-queues = قوائم الانتظار
panel-all-queues = كل القوائم
panel-no-queues = لا قائمة انتظار يخدمها هؤلاء الموظفون.
panel-column-queue = القائمة
panel-column-waiting = انتظار
panel-column-longest = الأطول
panel-column-agents = الموظفون
panel-column-ready = جاهز
panel-column-level = مستوى الخدمة
panel-column-lost = متروكة
panel-broken = دون مستوى الخدمة
panel-queue-agents = جاهز: { NUMBER($ready) }، في مكالمة: { NUMBER($busy) }، متوقف: { NUMBER($paused) }
panel-people = المكالمات المنتظرة والموظفون
panel-waiting = مكالمات تنتظر
panel-nobody-waits = لا أحد ينتظر.
panel-withheld = الرقم غير معروض
panel-rings-at = يرنّ عند { $person }
panel-show-more =
    { $count ->
        [zero] لا مكالمات أخرى
        [one] عرض مكالمة أخرى
        [two] عرض مكالمتين أخريين
        [few] عرض { NUMBER($count) } مكالمات أخرى
        [many] عرض { NUMBER($count) } مكالمة أخرى
       *[other] عرض { NUMBER($count) } مكالمة أخرى
    }
panel-show-fewer = عرض أقل
panel-caller-actions = إجراءات لـ{ $person }
panel-pull = سحب المكالمة إليّ
panel-pulled = المكالمة قادمة إلى هاتفك.
panel-send = إرسال إلى…
panel-send-title = إرسال المتصل إلى
panel-send-search = قائمة أو موظف أو رقم داخلي
panel-send-none = لا نتائج. يمكن كتابة رقم داخلي.
panel-send-confirm = إرسال
panel-send-to = إرسال إلى { $target }
panel-sent = أُرسل المتصل.
panel-agents = الموظفون
panel-no-agents = لا أحد يخدم هذه القائمة.
panel-held = معلّقة
panel-pausing = وقفة قصيرة
panel-left = بقي { $time }
panel-limit = الحد { $time }
panel-agent-actions = إجراءات لـ{ $person }
panel-recordings = التسجيلات…
panel-listen = استماع
panel-listen-to = استماع إلى { $person }
panel-whisper = همس
panel-whisper-to = همس إلى { $person }
panel-barge = تدخّل
panel-barge-in = تدخّل في مكالمة { $person }
panel-supervised-listen = مشرف يستمع
panel-supervised-whisper = مشرف يهمس
panel-supervised-barge = مشرف يشارك
panel-stale = هذه اللوحة ليست مباشرة
panel-stale-note = انقطع الاتصال، وقد يكون المعروض قديمًا. يعود من تلقاء نفسه.
panel-failed = تعذّر فتح اللوحة المباشرة
panel-forbidden = اللوحة المباشرة ليست من صلاحياتك
panel-forbidden-note = هي لمن يشرف على الموظفين، ويستطيع مسؤول النظام تغيير ما تراه.
panel-empty = لا شيء لعرضه بعد
panel-empty-note = يظهر هنا موظفو أقسامك وقوائم انتظارها.
panel-wall = لوحة الحائط
panel-wall-open = لوحة الحائط (F11)
panel-wall-leave = مغادرة لوحة الحائط (Esc)
panel-charts-failed = تعذّر تحميل الرسوم
panel-chart-read = { $title }: مفاتيح الأسهم تقرأ القيم
panel-chart-calls = المكالمات كل نصف ساعة
panel-answered = تم الرد
panel-abandoned = متروكة
panel-chart-target = الهدف { $share }
panel-chart-time = الوقت
panel-no-calls = لا مكالمات
panel-no-calls-today = لا مكالمات اليوم بعد.
panel-reading = { $name }: { $value }
panel-reading-calls = { $time }: تم الرد { NUMBER($answered) }، متروكة { NUMBER($abandoned) }
panel-chart-states = حالة المستخدمين
panel-chart-state = الحالة
panel-chart-people = المستخدمون
panel-state-idle = خامل
panel-state-busy = في مكالمة
panel-state-unregistered = غير مسجّل
panel-chart-directions = الأرقام الداخلية حسب اتجاه المكالمة
panel-chart-extension = الرقم الداخلي
panel-direction-inbound = واردة
panel-direction-outbound = صادرة
panel-direction-internal = داخلية
panel-direction-conference = جماعية
panel-direction-eavesdrop = استماع
panel-reading-directions = { $name }: واردة { NUMBER($inbound) }، صادرة { NUMBER($outbound) }، داخلية { NUMBER($internal) }، جماعية { NUMBER($conference) }، استماع { NUMBER($eavesdrop) }
panel-chart-breaks = الاستراحات اليوم
panel-chart-reason = السبب
panel-chart-duration = المدة
panel-chart-share = النسبة
panel-reading-break = { $name }: { $time }، { $share }
panel-no-breaks = لا استراحات اليوم بعد.
