profile-settings = إعدادات الملف الشخصي
profile-page = الملف الشخصي
profile-name-edit = تعديل الاسم
profile-name-form = اسمك
profile-first-name = الاسم الأول
profile-last-name = اسم العائلة
photo-upload = رفع صورة
photo-remove = إزالة
photo-note = JPG أو PNG، حتى 5 م.بايت، والأفضل 200×200 بكسل فأكثر
photo-drop = أفلت الصورة هنا
photo-opening = جارٍ فتح { $name }…
photo-remove-title = أتريد إزالة صورتك؟
photo-remove-body = سيرى فريقك الأحرف الأولى من اسمك بدلًا منها.
photo-remove-confirm = إزالة الصورة
profile-account = معلومات الحساب
profile-email-note = يحدّده مسؤول النظام
profile-email-copy = نسخ البريد الإلكتروني
profile-email-copied = نُسخ
profile-status = حالة الحساب
profile-active = نشط
profile-suspended = موقوف
profile-service = الخدمة
profile-service-voice = المكالمات الصوتية
profile-service-contactCentre = مركز الاتصال: الصوت وقوائم الانتظار
profile-service-unknown = أخرى
profile-role = الدور
profile-role-user = مستخدم
profile-role-receptionist = موظف استقبال
profile-role-departmentAdministrator = مسؤول القسم
profile-role-manager = مدير
profile-role-owner = مالك القسم
profile-role-systemAdministrator = مسؤول النظام
profile-role-systemOwner = مالك النظام
profile-server = الخادم
profile-sip-note = هذا حساب SIP، ويُحدَّد اسمه وكلمة مروره حيث أُنشئ.

crop-title = ضبط الصورة
crop-size = { $size } م.بايت
crop-size-small = { $size } ك.بايت
crop-view = الصورة. الأسهم تحرّكها، وزائد وناقص للتكبير والتصغير، وR للتدوير
crop-zoom = التكبير
crop-zoom-out = تصغير
crop-zoom-in = تكبير
crop-percent = { $percent }%
crop-rotate-left = تدوير إلى اليسار
crop-rotate-right = تدوير إلى اليمين
crop-help = اسحب الصورة أو حرّكها بالأسهم
crop-help-zoom = تكبير
crop-help-rotate = تدوير
crop-small = أبعاد هذه الصورة { NUMBER($width) }×{ NUMBER($height) } بكسل وستبدو خشنة. الأفضل { NUMBER($least) }×{ NUMBER($least) } فأكثر.
crop-save = حفظ الصورة

photo-fault-empty = الملف { $name } فارغ. اختر صورة أخرى.
photo-fault-tooManyBytes = حجم الملف { $name } هو { $size }، والحد الأقصى للصورة 5 م.بايت.
photo-fault-foreign = الملف { $name } من نوع { $format } ‏({ $size }). اختر صورة JPG أو PNG.
photo-fault-unknown = الملف { $name } ‏({ $size }) ليس صورة. اختر صورة JPG أو PNG.
photo-fault-tooManyPixels = في الصورة { $name } بكسلات أكثر من اللازم. اختر صورة لا تتجاوز 48 ميغابكسل.
photo-fault-tooComplex = فتح الصورة { $name } يستغرق وقتًا طويلًا. احفظها من جديد بصيغة JPG أو PNG عادية.
photo-fault-unsupported = الصورة { $name } من نوع JPG نادر. احفظها من جديد بصيغة JPG أو PNG عادية.
photo-fault-truncated = الصورة { $name } مبتورة. انسخها أو نزّلها من جديد.
photo-fault-damaged = الصورة { $name } تالفة. اختر صورة أخرى.

password-change = تغيير كلمة المرور
password-changed-on = آخر تغيير: { $day }
password-never-changed = لم تتغيّر منذ إنشاء حسابك
password-change-open = تغيير…
password-current = كلمة المرور الحالية
password-new = كلمة المرور الجديدة
password-confirm = تأكيد كلمة المرور الجديدة
password-needs = يجب أن تحتوي على
password-rule-length = 8 أحرف على الأقل
password-rule-upper = حرف لاتيني كبير
password-rule-lower = حرف لاتيني صغير
password-rule-number = رقم
password-rule-special = رمز خاص مثل ! أو #
password-rule-same = التطابق في الخانتين
password-rule-kept = { $rule }: تم
password-rule-missing = { $rule }: ناقص
password-mismatch = كلمتا المرور الجديدتان غير متطابقتين.
password-wrong = هذه ليست كلمة مرورك الحالية.
password-wrong-tries =
    { $count ->
        [zero] هذه ليست كلمة مرورك الحالية. كانت هذه المحاولة الأخيرة الآن.
        [one] هذه ليست كلمة مرورك الحالية. بقيت محاولة واحدة.
        [two] هذه ليست كلمة مرورك الحالية. بقيت محاولتان.
        [few] هذه ليست كلمة مرورك الحالية. بقيت { NUMBER($count) } محاولات.
        [many] هذه ليست كلمة مرورك الحالية. بقيت { NUMBER($count) } محاولة.
       *[other] هذه ليست كلمة مرورك الحالية. بقيت { NUMBER($count) } محاولة.
    }
password-changed = تغيّرت كلمة مرورك، وسُجّل خروجك من كل مكان آخر.
