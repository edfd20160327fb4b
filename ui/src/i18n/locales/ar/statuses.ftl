statuses-page = حالات الفريق
statuses-note = ما يمكن لكل فرد في الفريق اختياره. يسري التغيير ابتداءً من المكالمة التالية على كل من اختار الحالة.
statuses-loading = تجري قراءة الحالات
statuses-failed = تعذّرت قراءة الحالات
statuses-new = حالة جديدة
statuses-edit-title = تعديل الحالة
statuses-edit = تعديل { $status }
statuses-up = نقل { $status } إلى أعلى
statuses-down = نقل { $status } إلى أسفل
statuses-people =
    { $count ->
        [zero] لا أحد
        [one] شخص واحد
        [two] شخصان
        [few] { NUMBER($count) } أشخاص
        [many] { NUMBER($count) } شخصًا
       *[other] { NUMBER($count) } شخص
    }
statuses-people-keep =
    { $count ->
        [zero] لا أحد على هذه الحالة.
        [one] شخص واحد على هذه الحالة. يسري التغيير على مكالمته التالية، وإن سُحبت بقيت له حتى يختار غيرها.
        [two] شخصان على هذه الحالة. يسري التغيير على مكالمتهما التالية، وإن سُحبت بقيت لهما حتى يختارا غيرها.
        [few] { NUMBER($count) } أشخاص على هذه الحالة. يسري التغيير على مكالمتهم التالية، وإن سُحبت بقيت لهم حتى يختاروا غيرها.
        [many] { NUMBER($count) } شخصًا على هذه الحالة. يسري التغيير على مكالمتهم التالية، وإن سُحبت بقيت لهم حتى يختاروا غيرها.
       *[other] { NUMBER($count) } شخص على هذه الحالة. يسري التغيير على مكالمتهم التالية، وإن سُحبت بقيت لهم حتى يختاروا غيرها.
    }
statuses-retired = مسحوبة
statuses-retired-note = لا يمكن لأحد اختيارها. تبقى أسماؤها في التقارير.
statuses-kind = النوع
statuses-name-en = الاسم بالإنجليزية
statuses-name-ar = الاسم بالعربية
statuses-name-usual = الاسم المعتاد
statuses-name-missing = اكتب اسمًا.
statuses-keeps-away = تمنع
statuses-fixed = معنى هذه الحالة في اسمها، فلا يمكن تغيير ما تمنعه.
statuses-queue = مكالمات قوائم الانتظار
statuses-internal = مكالمات الفريق
statuses-external = المكالمات الخارجية
statuses-blocks-queue = مكالمات قوائم الانتظار
statuses-blocks-internal = مكالمات الفريق
statuses-blocks-external = المكالمات الخارجية
statuses-blocks = تمنع: { $calls }
statuses-blocks-nothing = تسمح بكل المكالمات
statuses-blocks-everything = لا تسمح بأي مكالمة
statuses-retire = سحب
statuses-bring-back = إعادة
