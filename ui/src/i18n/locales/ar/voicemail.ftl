filter-voicemail = البريد الصوتي
voicemail-none = لا توجد رسائل
voicemail-none-note = إذا لم تتمكن من الرد على مكالمة، يستطيع المتصل أن يترك لك رسالة هنا.
voicemail-count = { $count ->
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
}
voicemail-new = رسالة جديدة
voicemail-nobody = متصل مجهول
voicemail-listen = الاستماع إلى الرسالة من { $person }
voicemail-close = إغلاق الرسالة من { $person }
voicemail-mark-heard = تعليم الرسالة من { $person } كمسموعة
voicemail-mark-new = تعليم الرسالة من { $person } كجديدة
voicemail-delete = حذف الرسالة من { $person }
voicemail-delete-ask = هل تريد حذف هذه الرسالة؟
voicemail-delete-note = ستُحذف الرسالة من { $person } نهائيًا. لا يمكن التراجع عن ذلك.
voicemail-delete-confirm = حذف
