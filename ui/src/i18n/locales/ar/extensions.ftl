extensions-page = الأرقام الداخلية
extensions-note = الهواتف المسجّلة الآن لمن تديرهم.
extensions-loading = تجري قراءة الأرقام الداخلية
extensions-failed = تعذّرت قراءة الأرقام الداخلية
extensions-none = لا هاتف مسجّلًا
extensions-column-extension = الرقم الداخلي
extensions-column-person = الشخص
extensions-column-device = الجهاز
extensions-column-transport = النقل
extensions-column-address = العنوان
extensions-column-since = مسجّل منذ
extensions-no-device = غير معروف
extensions-again = القراءة من جديد
extensions-unregister = إلغاء التسجيل
extensions-unregister-of = إلغاء تسجيل { $extension }، { $person }
extensions-unregister-title = إلغاء تسجيل { $extension }؟
extensions-unregister-body = لا يرنّ شيء في هذا الهاتف لدى { $person } حتى يُسجَّل من جديد، وقد يحدث ذلك تلقائيًا.
extensions-count =
    { $count ->
        [zero] لا هواتف مسجّلة
        [one] هاتف مسجّل واحد
        [two] هاتفان مسجّلان
        [few] { NUMBER($count) } هواتف مسجّلة
        [many] { NUMBER($count) } هاتفًا مسجّلًا
       *[other] { NUMBER($count) } هاتف مسجّل
    }
