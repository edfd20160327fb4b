rules-page = قواعد الفريق
rules-note = تسري على الجميع.
rules-failed = تعذّرت قراءة القواعد
rules-supervision = الإشراف
rules-agents-see = يرى الموظفون من يشرف على مكالماتهم
rules-agents-see-note = وإلا فلا يعلم بذلك سوى المشرف. وفي الحالتين يُكتب كل شيء في سجل التدقيق.
audit-page = سجل التدقيق
audit-note = ما قام به المسؤولون والمشرفون، الأحدث أولًا.
audit-area = عرض
audit-area-all = كل شيء
audit-area-user = الحسابات
audit-area-rights = الصلاحيات
audit-area-role = الأدوار
audit-area-department = الأقسام
audit-area-queue = الطوابير
audit-area-status = الحالات
audit-area-setting = الإعدادات
audit-area-supervision = الإشراف
audit-area-recording = التسجيلات
audit-area-call = المكالمات
audit-area-caller = المتصلون المنتظرون
audit-again = إعادة قراءة سجل التدقيق
audit-failed = تعذّرت قراءة سجل التدقيق
audit-none = لم يُسجَّل شيء بعد
audit-older = عرض الأقدم
audit-nobody = شخص ما
audit-by-nobody = حساب لم يعد موجودًا
audit-changes = { $count ->
    [zero] لا تغييرات
    [one] تغيير واحد
    [two] تغييران
    [few] { NUMBER($count) } تغييرات
    [many] { NUMBER($count) } تغييرًا
   *[other] { NUMBER($count) } تغيير
}
audit-hide = إخفاء
audit-column-what = البند
audit-column-before = قبل
audit-column-after = بعد
audit-user-created = إنشاء حساب { $subject }
audit-user-changed = تعديل حساب { $subject }
audit-user-deleted = حذف حساب { $subject }
audit-user-sessions-ended = إنهاء جلسات { $subject }
audit-user-status-forced = فرض حالة على { $subject }
audit-rights-changed = تعديل صلاحيات { $subject }
audit-role-changed = تعديل دور
audit-department-created = إنشاء القسم { $subject }
audit-department-changed = تعديل القسم { $subject }
audit-department-deleted = حذف القسم { $subject }
audit-queue-created = إنشاء الطابور { $subject }
audit-queue-changed = تعديل الطابور { $subject }
audit-queue-removed = إزالة الطابور { $subject }
audit-queue-agent-put = تعيين موظف في الطابور { $subject }
audit-queue-agent-removed = إخراج موظف من الطابور { $subject }
audit-status-created = إنشاء حالة
audit-status-changed = تعديل حالة
audit-status-ordered = إعادة ترتيب الحالات
audit-setting-changed = تعديل إعداد للفريق
audit-caller-pulled = أخذ متصل منتظر
audit-caller-sent-on = تحويل متصل منتظر
audit-call-picked-up = التقاط مكالمة { $subject }
audit-call-diverted = تحويل مكالمة واردة إلى { $subject }
audit-call-transferred = تحويل مكالمة { $subject }
audit-supervision-allowed = السماح بدخول مكالمة { $subject }
audit-supervision-refused = رفض دخول مكالمة { $subject }
audit-supervision-began = الانضمام إلى مكالمة { $subject }
audit-supervision-changed = تغيير طريقة المشاركة في مكالمة { $subject }
audit-supervision-ended = مغادرة مكالمة { $subject }
audit-recording-heard = الاستماع إلى تسجيل مكالمة { $subject }
audit-recording-deleted = حذف تسجيل مكالمة { $subject }
audit-recording-expired = حُذفت تسجيلات قديمة

rules-parking = المكالمات المركونة
rules-parking-back = تعود المكالمة بعد
rules-parking-back-note = إذا لم يأخذها أحد رنّت عند من ركنها.
rules-parking-minutes =
    { $count ->
        [zero] أقل من دقيقة
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $number } دقائق
        [many] { $number } دقيقة
       *[other] { $number } دقيقة
    }
rules-parking-seconds =
    { $count ->
        [zero] حالًا
        [one] ثانية واحدة
        [two] ثانيتين
        [few] { $number } ثوانٍ
        [many] { $number } ثانية
       *[other] { $number } ثانية
    }
