sources-open = دفاتر العناوين…
sources = دفاتر العناوين
sources-note = جهات اتصال محفوظة في مكان آخر. تجدها وتتصل بها من هنا حتى دون اتصال، وتُعدَّل هناك.
sources-empty = لا دفاتر عناوين بعد
sources-empty-note = أضف دفترًا عبر CardDAV أو LDAP.
source-add = إضافة دفتر عناوين
source-edit = تعديل دفتر العناوين
source-edit-named = تعديل { $name }
source-refresh = إعادة قراءة { $name }
source-remove-named = إزالة { $name }
source-remove = إزالة
source-remove-ask = أتريد إزالة { $name }؟
source-remove-note = ستختفي جهات اتصاله من هذا الحاسوب، ولا يتغير شيء في الخادم.
source-reading = جارٍ القراءة…
source-never = لم يُقرأ بعد
source-read = قُرئ { $time }
source-read-day = قُرئ { $day }، { $time }
source-stays = تبقى جهات الاتصال من آخر قراءة.
source-kind = نوع دفتر العناوين
source-kind-cardDav = دفتر CardDAV
source-kind-ldap = دليل LDAP
source-name = الاسم
source-address = العنوان
source-address-help = يكفي عنوان الخادم، وتُكتشف دفاتره تلقائيًا.
source-address-ldap-help = عنوان الخادم مسبوقًا بـ { "ldaps://" } أو { "ldap://" }، مع رقم المنفذ إن لم يكن المعتاد.
source-starttls = تعمية اتصالات { "ldap://" } ‏(STARTTLS)
source-user = اسم المستخدم
source-user-help = اتركه فارغًا للقراءة دون تسجيل دخول.
source-password-kept = اتركها فارغة للإبقاء على كلمة المرور المحفوظة.
source-base = الاسم الأساسي (base DN)
source-base-help = الجزء الذي يُبحث فيه من الدليل.
source-filter = المرشِّح
source-filter-help = اتركه فارغًا لكل من له رقم هاتف.
source-certificate = اختيار شهادة…
source-certificate-none = للخوادم التي تستخدم شهادة خاصة بها.
source-certificate-there = ملف شهادتك موثوق لهذا الخادم.
source-certificate-remove = إلغاء الثقة به
source-test = اختبار
source-choose = عُثر على عدة دفاتر عناوين. اختر واحدًا منها.
contact-from-source = من { $name }، ويُعدَّل هناك
contact-copy-to-mine = نسخ إلى جهات اتصالي
contact-copied-to-mine = نُسخ { $name } إلى جهات اتصالك
source-works =
    { $count ->
        [zero] نجح الاختبار، ودفتر العناوين فارغ.
        [one] نجح الاختبار. عُثر على جهة اتصال واحدة.
        [two] نجح الاختبار. عُثر على جهتي اتصال.
        [few] نجح الاختبار. عُثر على { NUMBER($count) } جهات اتصال.
        [many] نجح الاختبار. عُثر على { NUMBER($count) } جهة اتصال.
       *[other] نجح الاختبار. عُثر على { NUMBER($count) } جهة اتصال.
    }
source-why-badAddress = هذا ليس عنوانًا لخادم من هذا النوع.
source-why-cleartext = ستنتقل كلمة مرورك دون تعمية. استخدم https أو ldaps أو STARTTLS.
source-why-badCertificateFile = لا يحتوي هذا الملف على شهادة صالحة. اختر ملفًا بصيغة PEM.
source-why-badFilter = هذا المرشِّح غير صالح.
source-why-noPassword = اكتب كلمة مرور هذا المستخدم.
source-why-noSuchHost = لا يوجد خادم بهذا الاسم. تحقق من العنوان.
source-why-unreachable = لا أحد يجيب عند هذا العنوان.
source-why-timedOut = لم يجب الخادم في الوقت المحدد.
source-why-unknownIssuer = شهادة الخادم غير موثوقة. إن كانت شهادتك فاختر ملفها ضمن الملفات الموثوقة.
source-why-wrongName = شهادة الخادم صادرة لاسم آخر.
source-why-expired = شهادة الخادم غير صالحة اليوم.
source-why-badCertificate = في شهادة الخادم خلل.
source-why-noTls = لا يوفر الخادم اتصالًا معمّى عند هذا العنوان.
source-why-wrongCredentials = اسم المستخدم أو كلمة المرور غير صحيح.
source-why-notAllowed = لا يُسمح لهذا المستخدم بقراءة دفتر العناوين.
source-why-notABook = لا يوجد دفتر عناوين عند هذا العنوان.
source-why-severalBooks = هناك عدة دفاتر عناوين. عدّل ثم اختبر واختر واحدًا منها.
source-why-noSuchBase = لم يُعثر على الاسم الأساسي (base DN) في الخادم.
source-why-tooLarge = دفتر العناوين كبير جدًا.
source-why-serverLimit = لا يعطي الخادم إلا جزءًا من جهات الاتصال. ضيّق المرشِّح أو راجع مسؤول الخادم.
source-why-elsewhere = يحيل الخادم إلى مضيف آخر. اكتب عنوانه إن كنت تثق به.
source-why-serverFailed = أبلغ الخادم عن عطل.
source-why-notUnderstood = تعذّر فهم جواب الخادم.
source-why-noKeychain = تعذّر استخدام سلسلة المفاتيح في هذا الحاسوب، فلا تُحفظ كلمة المرور.
