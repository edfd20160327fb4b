section-contacts = جهات الاتصال
contacts-search = ابحث في جهات الاتصال
contacts-search-clear = مسح البحث
contacts-filter = أي جهات الاتصال
contacts-favourites = المفضلة
contacts-count =
    { $count ->
        [zero] لا جهات اتصال
        [one] جهة اتصال واحدة
        [two] جهتا اتصال
        [few] { NUMBER($count) } جهات اتصال
        [many] { NUMBER($count) } جهة اتصال
       *[other] { NUMBER($count) } جهة اتصال
    }
contacts-found =
    { $count ->
        [zero] لا نتائج
        [one] نتيجة واحدة
        [two] نتيجتان
        [few] { NUMBER($count) } نتائج
        [many] { NUMBER($count) } نتيجة
       *[other] { NUMBER($count) } نتيجة
    }
contacts-found-more = أكثر من { NUMBER($count) } نتيجة. اكتب مزيدًا من الاسم.
contacts-empty = لا جهات اتصال بعد
contacts-empty-note = أضف أول جهة اتصال، أو استورد ملف vCard أو CSV من برنامج آخر.
contacts-none-found = لا نتائج للبحث
contacts-none-found-note = يُعثر على الأسماء بالحروف العربية واللاتينية، وعلى الأرقام بأي جزء منها.
contacts-no-favourites = لا مفضلة بعد
contacts-no-favourites-note = اضغط النجمة بجانب جهة اتصال لتجدها هنا.
contact-choose = لم تُختر جهة اتصال
contact-choose-note = اختر جهة اتصال من القائمة. مفتاح الإدخال يتصل بها.
contact-is-favourite = مفضلة

contacts-mine = الخاصة بي
contacts-of-company = الشركة
contacts-no-company = لا جهات اتصال للشركة بعد
contacts-no-company-note = ما يضيفه المسؤولون هنا يراه الفريق كله.
contacts-none-open = لم يبقَ ما تقرره
contacts-none-open-note = كل جهات الاتصال مطابقة لما على الخادم.
contact-is-open = بانتظار قرارك

contacts-sync-done = تمت المزامنة { $time }
contacts-sync-working = جارٍ المزامنة: { NUMBER($done) } من { NUMBER($total) }
contacts-sync-waiting =
    { $count ->
        [zero] لا تغييرات بانتظار الإرسال
        [one] تغيير واحد بانتظار الإرسال
        [two] تغييران بانتظار الإرسال
        [few] { NUMBER($count) } تغييرات بانتظار الإرسال
        [many] { NUMBER($count) } تغييرًا بانتظار الإرسال
       *[other] { NUMBER($count) } تغيير بانتظار الإرسال
    }
contacts-sync-offline = لا اتصال
contacts-day-time = { $day }، { $time }
contacts-offline = لا اتصال. تظهر آخر نسخة محفوظة ({ $time }).
contacts-offline-note = ستُرسل تغييراتك عند عودة الاتصال.
contacts-offline-never = لا اتصال. لم يُجلب شيء من الخادم بعد.
contacts-open =
    { $count ->
        [zero] لا جهات اتصال بانتظار قرارك
        [one] جهة اتصال واحدة بانتظار قرارك
        [two] جهتا اتصال بانتظار قرارك
        [few] { NUMBER($count) } جهات اتصال بانتظار قرارك
        [many] { NUMBER($count) } جهة اتصال بانتظار قرارك
       *[other] { NUMBER($count) } جهة اتصال بانتظار قرارك
    }
contacts-open-show = عرضها
contacts-open-all = عرض الكل
contact-book = الحفظ في
contact-company-book = جهة اتصال للشركة
contact-company-book-locked = جهة اتصال للشركة، يغيّرها المسؤولون فقط
contact-standing-waiting = بانتظار الإرسال
contact-standing-conflict = تغيّرت جهة الاتصال هذه في مكانين.
contact-standing-refused = لم يقبل الخادم تغييرك.
versions-compare = مقارنة
versions-look = الاطلاع
versions-title = نسختان من { $name }
versions-note = تغيّرت على هذا الحاسوب وفي مكان آخر. اختر لكل جزء ما يُعتمد من الآن.
versions-all-mine = الكل من هنا
versions-all-theirs = الكل من الخادم
versions-mine = هنا
versions-theirs = على الخادم
versions-empty = لا شيء
versions-not-favourite = ليست مفضلة
versions-save = اعتماد هذا
versions-deleted-there = غيّرتَ جهة الاتصال هذه، وحُذفت في مكان آخر.
versions-deleted-here = حذفتَ جهة الاتصال هذه، وتغيّرت في مكان آخر.
versions-keep = الإبقاء عليها
versions-refused = لم يقبل الخادم تغييرك: لا حق لك في تغيير جهة الاتصال هذه، أو فيها أكثر مما يُسمح به. عدّلها مجددًا أو تخلَّ عن تغييرك.
versions-refused-new = لم يقبل الخادم جهة الاتصال هذه: لا حق لك في إضافتها، أو فيها أكثر مما يُسمح به. عدّلها مجددًا أو تخلَّ عنها.
versions-discard = التخلي عن تغييري
versions-firstName = الاسم الأول
versions-lastName = اسم العائلة
versions-displayName = الاسم المعروض
versions-company = الشركة
versions-jobTitle = المسمى الوظيفي
versions-numbers = الأرقام
versions-emails = البريد الإلكتروني
versions-sipAddresses = عناوين SIP
versions-groups = المجموعات
versions-fields = الحقول المخصصة
versions-notes = ملاحظات
versions-favourite = المفضلة

contacts-more = المزيد عن جهات الاتصال
contacts-export-vcf = تصدير بصيغة vCard
contacts-export-csv = تصدير بصيغة CSV
contacts-exported = صُدّرت جهات الاتصال
contacts-region = الأرقام التي بلا رمز دولة تتبع
contacts-region-none = غير محدد
contacts-region-note = يُستخدم للبحث عن الأرقام ولمعرفة المتصل.

contact-new = جهة اتصال جديدة
contact-edit = تعديل
contact-more = المزيد عن جهة الاتصال
contact-delete = حذف جهة الاتصال
contact-deleted = حُذفت جهة الاتصال { $name }
contact-saved = حُفظت جهة الاتصال { $name }
contact-left = لم تُحفظ التغييرات على { $name }
contact-new-left = لم تُحفظ جهة الاتصال الجديدة
contact-go-on = متابعة التعديل
contact-favour = إضافة إلى المفضلة
contact-unfavour = إزالة من المفضلة
contact-call = الاتصال بالرقم { $number }
contact-copy = نسخ { $text }
copy = نسخ
copied = تم النسخ
contact-first-name = الاسم الأول
contact-last-name = اسم العائلة
contact-company = الشركة
contact-job-title = المسمى الوظيفي
contact-numbers = الأرقام
contact-number = الرقم
number-kind = نوع الرقم
number-kind-mobile = الجوال
number-kind-work = العمل
number-kind-home = المنزل
number-kind-main = المقسم
number-kind-extension = الرقم الداخلي
number-kind-fax = الفاكس
number-kind-other = غير ذلك
number-primary = الأساسي
number-add = إضافة رقم
email-add = إضافة بريد إلكتروني
contact-sip = عنوان SIP
sip-add = إضافة عنوان SIP
contact-fields = الحقول المخصصة
field-name = اسم الحقل
field-value = محتوى الحقل
field-add = إضافة حقل
line-remove = إزالة هذا السطر
contact-groups = المجموعات
contact-groups-help = تُفصل المجموعات بفواصل.
contact-note = ملاحظات
contact-fault-missing = اكتب اسمًا أو شركة أو رقمًا.
contact-fault-notANumber = لا يمكن الاتصال بهذا. استعمل الأرقام و * و #، مع + أو 00 قبل رمز الدولة.
contact-fault-notAnAddress = اكتب العنوان هكذا: name@example.com
contact-fault-tooLong = هذا أطول من اللازم.
contact-fault-tooMany = هذه السطور أكثر من اللازم.
history-add-contact = إضافة إلى جهات الاتصال
history-show-contact = عرض جهة الاتصال

import = استيراد جهات الاتصال
import-open = استيراد…
import-pick-note = اختر ملف vCard أو CSV من برنامج آخر، أو أسقطه على جهات الاتصال. لا يُكتب شيء قبل أن ترى ما فيه.
import-pick = اختيار ملف
import-other = ملف آخر…
import-reading = جارٍ قراءة { $name }…
import-is-cards = بطاقات vCard
import-is-table = جدول
import-charset = ترميز النص
import-separator = الفاصل بين الخلايا
import-separator-semicolon = فاصلة منقوطة ;
import-separator-comma = فاصلة ,
import-separator-tab = مسافة جدولة
import-separator-bar = خط عمودي |
import-header = الصف الأول فيه أسماء الأعمدة
import-sample = الصفوف الأولى من الملف
import-column = العمود { $name } فيه
import-column-ignore = يُترك
import-column-fullName = الاسم الكامل
import-column-firstName = الاسم الأول
import-column-middleName = الاسم الأوسط
import-column-lastName = اسم العائلة
import-column-company = الشركة
import-column-jobTitle = المسمى الوظيفي
import-column-mobile = الجوال
import-column-work = رقم العمل
import-column-home = رقم المنزل
import-column-main = المقسم
import-column-extension = الرقم الداخلي
import-column-fax = الفاكس
import-column-other = رقم آخر
import-column-numberLabel = نوع الرقم التالي
import-column-email = البريد الإلكتروني
import-column-sip = عنوان SIP
import-column-groups = المجموعات
import-column-note = ملاحظات
import-column-favourite = المفضلة
import-column-field = حقل مخصص
import-can =
    { $count ->
        [zero] لا جهة اتصال يمكن قراءتها
        [one] يمكن قراءة جهة اتصال واحدة
        [two] يمكن قراءة جهتي اتصال
        [few] يمكن قراءة { NUMBER($count) } جهات اتصال
        [many] يمكن قراءة { NUMBER($count) } جهة اتصال
       *[other] يمكن قراءة { NUMBER($count) } جهة اتصال
    }
import-cannot =
    { $count ->
        [zero] لا صفوف متروكة
        [one] يُترك صف واحد
        [two] يُترك صفان
        [few] تُترك { NUMBER($count) } صفوف
        [many] يُترك { NUMBER($count) } صفًا
       *[other] يُترك { NUMBER($count) } صف
    }
import-keep-both = إضافة الموجودة من قبل أيضًا
import-start =
    { $count ->
        [zero] استيراد
        [one] استيراد جهة اتصال واحدة
        [two] استيراد جهتي اتصال
        [few] استيراد { NUMBER($count) } جهات اتصال
        [many] استيراد { NUMBER($count) } جهة اتصال
       *[other] استيراد { NUMBER($count) } جهة اتصال
    }
import-running = جارٍ استيراد { $name }…
import-done =
    { $count ->
        [zero] لم تُستورد أي جهة اتصال
        [one] استُوردت جهة اتصال واحدة
        [two] استُوردت جهتا اتصال
        [few] استُوردت { NUMBER($count) } جهات اتصال
        [many] استُوردت { NUMBER($count) } جهة اتصال
       *[other] استُوردت { NUMBER($count) } جهة اتصال
    }
import-left-out =
    { $count ->
        [zero] لم يُترك شيء.
        [one] تُرك صف واحد.
        [two] تُرك صفان.
        [few] تُركت { NUMBER($count) } صفوف.
        [many] تُرك { NUMBER($count) } صفًا.
       *[other] تُرك { NUMBER($count) } صف.
    }
import-skipped = الصفوف المتروكة
import-line = السطر { NUMBER($line) }
import-more-skipped = يظهر أول { $shown } من { $all }.
import-skip-empty = ليس فيه اسم ولا رقم.
import-skip-noNumber = ما فيه ليس رقمًا.
import-skip-rounded = قرّب برنامج الجداول الرقم فضاعت خاناته.
import-skip-tooLong = إحدى الخلايا طويلة جدًا، ويبدو أن علامة اقتباس لم تُغلق.
import-skip-noEnd = البطاقة مبتورة.
import-skip-tooLarge = البطاقة كبيرة جدًا.
import-skip-alreadyThere = جهة الاتصال هذه موجودة من قبل.
import-skip-tooMany = يتسع الملف الواحد لـ { NUMBER(100000) } جهة اتصال، ويُترك ما بعدها.
