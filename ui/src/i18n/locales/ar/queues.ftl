queue-wrap-up = ما بعد المكالمة
queue-wrap-up-note = لا مكالمات من قوائم الانتظار حتى ينتهي
queue-ready = أنا جاهز
queue-extend = { $more } ث
queue-from = قائمة الانتظار: { $queue }
queue-why-title = لماذا لا تصلني مكالمات؟
queue-why-none = مكالمات قوائم الانتظار تصل إليك.
queue-why-status = حالتك تمنع مكالمات قوائم الانتظار
queue-why-forced-break =
    { $missed ->
        [zero] استراحة إلزامية
        [one] استراحة إلزامية: مكالمة واحدة لم تُجب
        [two] استراحة إلزامية: مكالمتان متتاليتان لم تُجابا
        [few] استراحة إلزامية: { NUMBER($missed) } مكالمات متتالية لم تُجب
        [many] استراحة إلزامية: { NUMBER($missed) } مكالمة متتالية لم تُجب
       *[other] استراحة إلزامية: { NUMBER($missed) } مكالمة متتالية لم تُجب
    }
queue-why-logged-out = أنت غير متصل
queue-why-not-registered = هاتفك غير متصل بالخادم
queue-why-offered = مكالمة ترنّ لديك الآن
queue-why-in-queue-call = أنت في مكالمة من قائمة انتظار
queue-why-not-ready = لم تصبح جاهزًا بعد
queue-why-wrap-up = ما بعد المكالمة
queue-why-busy-delay = مهلة لأن خطك كان مشغولًا
queue-why-reject-delay = مهلة بعد رفض مكالمة
queue-why-no-answer-delay = مهلة بعد مكالمة لم يُردّ عليها
queue-why-not-registered-delay = مهلة لتعذّر الوصول إلى هاتفك
queue-why-other-call = أنت في مكالمة أخرى
queue-why-skill = تتطلب { $queue } مهارة { $skill }
queue-why-skill-somewhere = تتطلب إحدى قوائم الانتظار مهارة { $skill }
queue-why-no-queue = لست في أي قائمة انتظار
queue-why-other = قاعدة أخرى على الخادم
queue-place-next = أنت التالي في قائمة الانتظار
queue-place = ترتيبك في قائمة الانتظار: { $position }
queue-place-wait = · نحو { $time }
