section-directory = الدليل
section-more = المزيد
directory-search = الرقم أو الاسم أو الوصف
directory-search-clear = مسح البحث
directory-any-role = كل الأدوار
directory-any-status = كل الحالات
directory-new = مستخدم جديد
directory-column-extension = المعرّف
directory-column-name = الاسم
directory-column-role = الدور
directory-column-agent = موظف اتصال
directory-column-online = متصل
directory-column-cc = المركز
directory-column-state = التسجيل
directory-column-status = الحالة
directory-column-description = الوصف
directory-column-actions = إجراءات
directory-actions = إجراءات على { $person }
directory-yes = نعم
directory-no = لا
directory-cc-in = داخل
directory-cc-out = خارج
directory-state-idle = مسجّل
directory-state-busy = في مكالمة
directory-state-unregistered = غير مسجّل
directory-status-other = حالة أخرى
directory-suspended = موقوف
directory-count =
    { $count ->
        [zero] لا مستخدمين
        [one] مستخدم واحد
        [two] مستخدمان
        [few] { NUMBER($count) } مستخدمين
        [many] { NUMBER($count) } مستخدمًا
       *[other] { NUMBER($count) } مستخدم
    }
directory-count-shown =
    { $count ->
        [zero] { NUMBER($shown) } من لا أحد
        [one] { NUMBER($shown) } من مستخدم واحد
        [two] { NUMBER($shown) } من مستخدمَين
        [few] { NUMBER($shown) } من { NUMBER($count) } مستخدمين
        [many] { NUMBER($shown) } من { NUMBER($count) } مستخدمًا
       *[other] { NUMBER($shown) } من { NUMBER($count) } مستخدم
    }
directory-offline = لا يُعرف الآن من هو موجود
directory-offline-note = الخادم لا يخبر بذلك حاليًا، وتتجدد القائمة من تلقاء نفسها.
directory-failed = تعذّر تحميل الدليل
directory-empty = لا أحد هنا بعد
directory-empty-note = يظهر هنا المستخدمون الذين تديرهم.
directory-none-found = لا نتائج
directory-none-found-note = جرّب كلمة أخرى، أو اعرض الجميع.
directory-show-all = عرض الجميع
directory-edit = تعديل
directory-look = عرض البطاقة
directory-force = فرض الحالة
directory-force-note = يصل إلى { $person } إشعار باسمك.
directory-force-title = حالة { $person }
directory-force-words = بالكلمات
directory-force-set = تعيين
directory-forced = فُرضت الحالة الجديدة على { $person } ووصل الإشعار.
directory-end-sessions = إنهاء الجلسة
directory-end-sessions-title = إنهاء جلسة { $person }؟
directory-end-sessions-body = يُسجَّل الخروج من كل حاسوب وتُلغى تسجيلات الهواتف. يمكن تسجيل الدخول من جديد بكلمة المرور.
directory-sessions-ended = سُجّل خروج { $person } من كل مكان.
directory-delete = حذف…
directory-delete-title = هل تريد بالتأكيد حذف { $person }؟
directory-delete-body = يُسجَّل الخروج فورًا ولا رجعة فيه. تُفقد البطاقة والصلاحيات والأماكن في قوائم الانتظار وجهات الاتصال الخاصة، ولا يرنّ الرقم الداخلي { $extension } في أي مكان بعد ذلك.
directory-delete-confirm = حذف
directory-deleted = حُذف { $person }.
directory-saved = حُفظت بطاقة { $person }.
directory-made = أصبح بإمكان { $person } تسجيل الدخول.
directory-created = أُنشئ في { $day }
directory-card-failed = تعذّرت قراءة البطاقة
directory-read-only = يمكنك رؤية هذه البطاقة دون تغييرها.
directory-identity = الهوية
directory-id-help = معرّف SIP ورقم الهاتف، ولا يتغيّر بعد ذلك.
directory-id-fixed = معرّف SIP ورقم الهاتف، ثابت
directory-password-same = دون تغيير
directory-password-help = 8 أحرف أو أكثر: كبيرة وصغيرة ورقم ورمز
directory-password-ends = عند الحفظ يُسجَّل الخروج من كل مكان.
directory-password-make = إنشاء
directory-password-copy = نسخ كلمة المرور
directory-password-copied = نُسخت
directory-pin = رمز الدخول PIN
directory-pin-help = للبريد الصوتي وDISA
directory-pin-none = لا رمز
directory-pin-removed = لا رمز
directory-pin-removing = عند الحفظ يُلغى الرمز.
directory-pin-remove = إزالة
directory-acl = العناوين المسموح بها (ACL)
directory-acl-any = أي عنوان
directory-acl-help = تُسجَّل الهواتف من هذه العناوين فقط، مثل 10.20.0.0/16
directory-remove = إزالة { $what }
directory-voicemail = استخدام البريد الصوتي
directory-voicemail-note = يمكن للمتصلين الذين لا يُجاب عليهم ترك رسالة
directory-active = الحساب مفعّل
directory-active-note = عند الإيقاف يُسجَّل الخروج من كل مكان ولا يمكن الدخول
directory-agent = موظف مركز اتصال
directory-agent-note = يستقبل مكالمات قوائم الانتظار
directory-seconds = ث
directory-call-timeout = مهلة الرنين
directory-call-timeout-note = مدة رنين مكالمة القائمة ({ NUMBER($least) } إلى { NUMBER($most) })
directory-wrap-up = وقت ما بعد المكالمة
directory-wrap-up-note = استراحة بين مكالمتين ({ NUMBER($least) } إلى { NUMBER($most) })
directory-max-no-answer = أقصى عدد بلا رد
directory-max-no-answer-note = فوائت متتالية ثم استراحة ({ NUMBER($least) }: لا استراحة، والأقصى { NUMBER($most) })
directory-busy-delay = مهلة الانشغال
directory-busy-delay-note = الانتظار بعد «مشغول» ({ NUMBER($least) } إلى { NUMBER($most) })
directory-reject-delay = مهلة الرفض
directory-reject-delay-note = الانتظار بعد الرفض ({ NUMBER($least) } إلى { NUMBER($most) })
directory-no-answer-delay = مهلة عدم الرد
directory-no-answer-delay-note = الانتظار بعد عدم الرد ({ NUMBER($least) } إلى { NUMBER($most) })
directory-skills = المهارات
directory-skills-help = المستوى من 1 إلى { NUMBER($most) }، لاختيار الموظف الأنسب
directory-skill-level = مستوى { $skill }
directory-make = إنشاء المستخدم
directory-fault-missing = هذا الحقل مطلوب.
directory-fault-password = كلمة مرور ضعيفة: 8 أحرف أو أكثر، كبيرة وصغيرة ورقم ورمز.
directory-fault-acl = اكتب عناوين مثل 192.0.2.14 أو 10.20.0.0/16 أو 2001:db8::/32.
directory-unsaved = المغادرة دون حفظ؟
directory-unsaved-note = ستفقد ما غيّرته في هذه البطاقة.
directory-unsaved-discard = تجاهل التغييرات
directory-unsaved-stay = البقاء
directory-conflict = غيّر شخص آخر هذه البطاقة في هذه الأثناء
directory-conflict-note = اختر لكل حقل ما يُعتمد. لم يُحفظ شيء بعد.
directory-conflict-mine = لديك
directory-conflict-theirs = لدى الآخر
directory-conflict-reload = إعادة التحميل وترك تغييراتي
directory-conflict-save = حفظ الاختيار
status-forced = حالتك الآن { $status }، بقرار من { $by }
status-forced-note = يمكنك اختيار حالة أخرى في أي وقت.
status-forced-seen = مفهوم
