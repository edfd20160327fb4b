window-title = { product } · { $profile }
tray-open = فتح رنّان
tray-quit = إنهاء رنّان
tray-tooltip = رنّان – { $presence }
tray-missed =
    { $count ->
        [zero] لا مكالمات فائتة
        [one] مكالمة فائتة واحدة
        [two] مكالمتان فائتتان
        [few] { NUMBER($count) } مكالمات فائتة
        [many] { NUMBER($count) } مكالمة فائتة
       *[other] { NUMBER($count) } مكالمة فائتة
    }
tray-answer = الرد على { $person }
tray-decline = رفض { $person }
tray-own-words = { $status }
tray-status-asked = { $status } (في انتظار الخادم)
