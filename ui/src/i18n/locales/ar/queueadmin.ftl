queues-page = الطوابير
queues-note = من يتصل بأحد هذه الأرقام ينتظر حتى يفرغ أحد الوكلاء. يسري التغيير فورًا.
queues-failed = تعذّرت قراءة الطوابير
queues-none = لا توجد طوابير بعد
queues-none-note = أعطِ الطابور اسمًا ورقمًا، ثم اختر من يرد.
queues-new = طابور جديد
queues-edit = تعديل { $queue }
queues-count =
    { $count ->
        [zero] لا طوابير
        [one] طابور واحد
        [two] طابوران
        [few] { $number } طوابير
        [many] { $number } طابورًا
       *[other] { $number } طابور
    }
queues-agents-count =
    { $count ->
        [zero] لا وكلاء
        [one] وكيل واحد
        [two] وكيلان
        [few] { $number } وكلاء
        [many] { $number } وكيلًا
       *[other] { $number } وكيل
    }
queues-nobody = لا أحد يرد بعد
queues-settings = إعدادات الطابور
queues-name = الاسم
queues-extension = الرقم
queues-extension-help = ما يطلبه المتصلون، ولا يكون لغيره.
queues-strategy = من يُسأل أولًا
queues-strategy-longestIdle = الأطول انتظارًا
queues-strategy-longestIdle-note = المكالمة التالية لمن طال انتظاره أكثر من غيره.
queues-strategy-roundRobin = بالتناوب
queues-strategy-roundRobin-note = يُمرّ على القائمة ابتداءً من حيث ذهبت المكالمة الأخيرة.
queues-strategy-topDown = من الأعلى
queues-strategy-topDown-note = تبدأ كل مكالمة بأول القائمة.
queues-strategy-ringAll = الجميع معًا
queues-strategy-ringAll-note = يرنّ عند كل من هو متفرغ، والمكالمة لأول من يرد.
queues-strategy-fewestCalls = الأقل مكالمات
queues-strategy-fewestCalls-note = المكالمة التالية لمن رد على أقل عدد من المكالمات.
queues-strategy-leastTalkTime = الأقل تحدثًا
queues-strategy-leastTalkTime-note = المكالمة التالية لمن تحدث أقل من غيره.
queues-strategy-skills = الأمهر
queues-strategy-skills-note = المكالمة التالية للأمهر فيما يطلبه الطابور.
queues-tiers = انتظار المستويات العليا
queues-tiers-note = وإلا سُئل المستوى الأعلى متى لم يكن في ما دونه متفرغ.
queues-tier-wait = بعد أن ينتظر المتصل
queues-tier-multiply = هذه المدة لكل مستوى
queues-tier-at-once = فورًا إذا لم يكن أحد من المستويات الدنيا في الخدمة
queues-max-wait = أطول انتظار
queues-max-wait-note = ثم يُحوَّل المتصل. 0: لا يُحوَّل أبدًا.
queues-max-no-agent = الانتظار دون وكلاء
queues-max-no-agent-note = يُحوَّل المتصلون إذا خلت الخدمة من الوكلاء هذه المدة. 0: لا يُحوَّلون أبدًا.
queues-max-callers = أكثر المتصلين
queues-max-callers-note = من زاد عليهم يُحوَّل فورًا. من 1 إلى 1000.
queues-overflow = إلى أين يُحوَّل المتصلون
queues-overflow-hangUp = لا يُحوَّلون: تنتهي المكالمة
queues-overflow-queue = إلى طابور آخر
queues-overflow-extension = إلى هاتف
queues-overflow-voicemail = إلى صندوق صوتي
queues-overflow-which = أي طابور
queues-overflow-phone = رقم الهاتف
queues-overflow-box = رقم صاحب الصندوق
queues-service-level = الرد في الوقت
queues-service-level-note = خلال هذه الثواني. منها يُحسب مستوى الخدمة.
queues-resume = حفظ الدور
queues-resume-note = من أنهى المكالمة ثم عاود الاتصال لا يبدأ من آخر الطابور.
queues-discard = المدة
queues-discard-note = بعدها يبدأ من آخر الطابور.
queues-skip-other = ترك من يتحدث
queues-skip-other-note = لا يُسأل الوكلاء المنشغلون بمكالمة خاصة بهم.
queues-skills = المهارات المطلوبة
queues-skills-help = على الوكيل أن يتقنها كلها، بهذا القدر على الأقل. من 1 إلى { NUMBER($most) }.
queues-agents = الوكلاء
queues-agents-note = تُسأل المستويات الدنيا أولًا، ثم المراتب الدنيا داخل المستوى. تسري التغييرات هنا فورًا.
queues-agents-later = أنشئ الطابور أولًا، ثم اختر من يرد.
queues-agent-find = إضافة وكيل
queues-agent-add = إضافة { $person }
queues-agent-none = لا وكيل بهذا الاسم. يُجعل من يرد وكيلًا في الدليل.
queues-agent-more =
    { $count ->
        [zero] لا أحد غيرهم
        [one] شخص آخر
        [two] شخصان آخران
        [few] { $number } أشخاص آخرين
        [many] { $number } شخصًا آخر
       *[other] { $number } شخص آخر
    }
queues-agent-not = ليس وكيلًا: لا يُسأل
queues-level = المستوى
queues-level-of = مستوى { $person }
queues-position = المرتبة
queues-position-of = مرتبة { $person }
queues-agent-remove = إخراج { $person } من هذا الطابور
queues-make = إنشاء الطابور
queues-remove = حذف الطابور
queues-remove-title = هل تريد حذف { $queue }؟
queues-remove-note = يُحوَّل من ينتظر، ولا يمكن لأحد الاتصال برقم { $extension } بعد ذلك. تبقى مكالماته السابقة في الأرقام.
queues-unsaved = لم يُحفظ الطابور
queues-unsaved-note = سيضيع ما غيّرته في إعداداته. أما وكلاؤه فمحفوظون.
queues-lack-name = أعطِ الطابور اسمًا
queues-lack-extension = من 1 إلى 32 رقمًا أو حرفًا لاتينيًا، بلا مسافات
queues-lack-target = حدّد إلى أين يُحوَّل المتصلون
queues-lack-itself = هذا هو الطابور نفسه. اختر رقمًا آخر.
