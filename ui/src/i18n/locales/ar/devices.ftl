## The screen of devices

section-settings = الإعدادات
devices-title = الأجهزة
devices-settings = إعدادات الصوت
devices-ringer = جهاز الرنين
devices-ringer-note = يرنّ هنا عند ورود مكالمة، حتى لو كانت سماعة الرأس على المكتب.
devices-ringer-choose = اختيار أجهزة رنين المكالمات الواردة
devices-ringer-speaker = السماعة نفسها
devices-ringer-several = الأجهزة: { $count }
devices-ringer-volume = مستوى صوت الرنين
devices-ringer-fallback = الجهاز المختار غير موصول. ترنّ المكالمات على السماعة.
devices-absent = (غير موصول)
devices-fallback = { $wanted } غير موصول. يُستخدم { $live } إلى أن يعود.
microphone-muted-by-system = { $device } مكتوم في النظام. فعّله من إعدادات الصوت في النظام.
speaker-muted-by-system = { $device } مكتومة في النظام. فعّلها من إعدادات الصوت في النظام.
devices-in-call = يمكن تغيير الأجهزة أثناء المكالمة، أما الاختبارات فبعد انتهائها.
devices-none = لم يُعثر على أجهزة صوت
devices-none-cure = وصّل سماعة رأس. وإن كانت موصولة فأعد تشغيل نظام الصوت في هذا الحاسوب.
devices-permission-cure = فعّل «رنّان» في إعدادات الخصوصية في النظام ثم أعد الاختبار.
voice-processing = تحسين الصوت
voice-noise = كبت الضوضاء
voice-noise-note = يزيل صوت المكيّف والشارع، والقوي يزيل أيضًا لوحة المفاتيح وأصوات المكتب
voice-noise-off = إيقاف
voice-noise-standard = عادي
voice-noise-strong = قوي
voice-echo = إلغاء الصدى
voice-echo-note = التلقائي يتوقف مع سماعة الرأس؛ شغّله دائمًا إن بقي صدى مع سماعات المكتب
voice-echo-off = إيقاف
voice-echo-auto = تلقائي
voice-echo-on = تشغيل
voice-gain = ضبط مستوى الصوت تلقائيًا
voice-gain-note = يثبّت مستوى صوتك إن اقتربت أو ابتعدت
devices-echo = مكالمة اختبار الصدى
devices-echo-note = تكلّم، وستسمع صوتك كما يسمعه العميل بعد ثانية
devices-echo-offline = غير ممكنة دون اتصال بالخادم
devices-not-saved = لم يُحفظ بعد. تستخدم المكالمات ما حُفظ.
save = حفظ
devices-unsaved-title = المغادرة دون حفظ؟
devices-unsaved-body = الأجهزة التي اخترتها لم تُحفظ.
devices-unsaved-discard = مغادرة
devices-unsaved-stay = بقاء
yes = نعم
no = لا

## Tests of devices

test = اختبار
test-again = إعادة الاختبار
test-stop = إيقاف
test-opening = جارٍ فتح الميكروفون
test-speak = تكلّم الآن. ستسمع صوتك بعد لحظات.
test-listen = هكذا يسمعك العميل
test-hear-left = يُشغَّل صوت من اليسار. هل تسمعه؟
test-hear-right = يُشغَّل صوت من اليمين. هل تسمعه؟
test-hear-both = يُشغَّل صوت من الجانبين. هل تسمعه؟
test-ringing = يرنّ الآن. هل تسمعه؟
test-microphone-heard = سمعناك بوضوح.
test-microphone-silent = لم نسمع شيئًا منذ 5 ثوانٍ. هل زر الكتم في سماعة الرأس مفعّل؟
test-microphone-notHeard = لم تسمع صوتك. اختر سماعة أخرى.
test-microphone-noPermission = النظام لا يسمح لرنّان باستخدامه.
test-microphone-busy = برنامج آخر يستخدمه. أغلق ذلك البرنامج ثم أعد الاختبار.
test-microphone-gone = فُصل الجهاز. وصّله من جديد أو اختر غيره.
test-microphone-failed = تعذّر فتحه. اختر غيره أو وصّله من جديد.
test-microphone-inUse = الأجهزة مستخدمة في مكالمة. أعد الاختبار بعدها.
test-speaker-heard = تعمل جيدًا.
test-speaker-silent = بقيت صامتة. اختر سماعة أخرى.
test-speaker-notHeard = لم تسمع الصوت. اختر سماعة أخرى أو تحقق من مستوى الصوت.
test-speaker-noPermission = النظام لا يسمح لرنّان باستخدامها.
test-speaker-busy = برنامج آخر يستخدمها. أغلق ذلك البرنامج ثم أعد الاختبار.
test-speaker-gone = فُصلت السماعة. وصّلها من جديد أو اختر غيرها.
test-speaker-failed = تعذّر فتحها. اختر غيرها أو وصّلها من جديد.
test-speaker-inUse = الأجهزة مستخدمة في مكالمة. أعد الاختبار بعدها.

## Another device is used, though nobody chose it

device-moved-microphone-gone = فُصل الميكروفون. يُستخدم الآن { $device }.
device-moved-microphone-failing = الميكروفون لا يعمل. يُستخدم الآن { $device }.
device-moved-microphone-back = عاد { $device } ويُستخدم ميكروفونًا من جديد.
device-moved-microphone-newDefault = أصبح { $device } ميكروفون النظام ويُستخدم الآن.
device-moved-speaker-gone = فُصلت السماعة. تُستخدم الآن { $device }.
device-moved-speaker-failing = السماعة لا تعمل. تُستخدم الآن { $device }.
device-moved-speaker-back = عادت { $device } وتُستخدم سماعةً من جديد.
device-moved-speaker-newDefault = أصبحت { $device } سماعة النظام وتُستخدم الآن.
device-moved-ringer-gone = فُصل جهاز الرنين. ترنّ المكالمات على { $device }.
device-moved-ringer-failing = جهاز الرنين لا يعمل. ترنّ المكالمات على { $device }.
device-moved-ringer-back = عاد { $device } ويرنّ من جديد.
device-moved-ringer-newDefault = ترنّ المكالمات الآن على { $device }.
