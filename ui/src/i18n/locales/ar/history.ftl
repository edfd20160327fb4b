filter-incoming = الواردة
filter-outgoing = الصادرة
history-period = المدة
history-period-ever = في أي وقت
history-period-today = اليوم
history-period-days =
    { $days ->
        [zero] اليوم
        [one] آخر يوم
        [two] آخر يومين
        [few] آخر { NUMBER($days) } أيام
        [many] آخر { NUMBER($days) } يومًا
       *[other] آخر { NUMBER($days) } يوم
    }
history-search = البحث في السجل
history-export = تصدير كجدول
history-exported = حُفظ السجل
history-none-found = لا مكالمات مطابقة
history-show-all = عرض كل المكالمات
history-note = ملاحظة:
history-note-add = إضافة ملاحظة
history-note-edit = تعديل الملاحظة
