presence-break = استراحة
presence-do-not-disturb = عدم الإزعاج
presence-meeting = اجتماع
presence-changing = جارٍ التغيير
status-since = { $status } منذ { $time }
status-choices = حالتك
status-other = حالة أخرى…
status-note-available = جاهز لاستقبال المكالمات
status-note-break = لا مكالمات من قوائم الانتظار، والداخلية ترنّ كالمعتاد
status-note-do-not-disturb = لا مكالمات إطلاقًا، داخلية كانت أو خارجية
status-note-meeting = يرى فريقك أنك في اجتماع
status-asked = بانتظار الخادم
status-words = بكلماتك
status-set = تعيين
status-words-empty = اكتب ما هي حالتك.
status-words-long =
    { $most ->
        [zero] لا يتسع الحقل لأي حرف.
        [one] يتسع الحقل لحرف واحد على الأكثر.
        [two] يتسع الحقل لحرفين على الأكثر.
        [few] يتسع الحقل لـ{ NUMBER($most) } أحرف على الأكثر.
        [many] يتسع الحقل لـ{ NUMBER($most) } حرفًا على الأكثر.
       *[other] يتسع الحقل لـ{ NUMBER($most) } حرف على الأكثر.
    }
status-words-length = { NUMBER($length) } من { NUMBER($most) }
status-recent = استُخدمت مؤخرًا
status-offline-sign-in = التحويل إلى «غير متصل» تلقائيًا
status-offline-sign-in-note = عند تسجيل الدخول يبدأ رقمك الداخلي غير متصل
status-offline-title = رقمك الداخلي غير متصل
status-offline-note = لا يرنّ شيء هنا إلى أن تتصل.
status-go-online = الاتصال الآن
