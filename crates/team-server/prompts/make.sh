#!/bin/sh
# Makes the prompts of the voice boxes, and what phones say of a recording (../../engine/prompts). Needs espeak-ng, opus-tools and python3; what it makes is checked in.
# The voices are those of espeak-ng (https://github.com/espeak-ng/espeak-ng); sound that it speaks is not covered by its licence.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

speak() { # name, English, Arabic
    say en "$2" "en/$1"
    say ar "$3" "ar/$1"
}

say() { # language, text, file
    mkdir -p "$(dirname "$3")"
    espeak-ng -v "$1" -s 150 -w "$work/$1.wav" "$2"
    encode "$work/$1.wav" "$3.opus"
}

encode() { # wav, opus
    opusenc --quiet --bitrate 24 --framesize 20 --downmix-mono --serial 1 --discard-comments "$1" "$2"
}

speak greeting "The person you called cannot answer now. Please leave a message after the tone." \
    "الشخص المطلوب لا يستطيع الرد الآن. يرجى ترك رسالة بعد الصافرة."
speak enter-pin "Please enter your access code, then press hash." "يرجى إدخال رمز الدخول، ثم الضغط على مفتاح المربع."
speak wrong-pin "That code is wrong." "هذا الرمز غير صحيح."
speak no-pin "Your voice box has no access code. Please ask your administrator." "لا يوجد رمز دخول لبريدك الصوتي. يرجى مراجعة المسؤول."
speak too-often "Too many wrong codes. Please try again in a quarter of an hour." "محاولات كثيرة غير صحيحة. يرجى المحاولة بعد ربع ساعة."
speak new-message "New message." "رسالة جديدة."
speak old-message "Saved message." "رسالة محفوظة."
speak menu "To hear it again, press 1. To delete it, 2. For the next one, 3. To record your greeting, 4. For the usual greeting, 5. For Arabic, 8. To finish, press star." \
    "للاستماع مجددا اضغط واحد. للحذف اثنين. للرسالة التالية ثلاثة. لتسجيل تحيتك أربعة. للتحية المعتادة خمسة. للإنجليزية ثمانية. للإنهاء اضغط النجمة."
speak no-messages "You have no messages." "لا توجد رسائل."
speak no-more "There are no more messages." "لا توجد رسائل أخرى."
speak deleted "Deleted." "حذفت الرسالة."
speak say-greeting "Say your greeting after the tone, then press hash." "سجل تحيتك بعد الصافرة، ثم اضغط مفتاح المربع."
speak greeting-kept "Callers will now hear this." "سيسمع المتصلون الآن هذه التحية."
speak greeting-usual "Callers will now hear the usual greeting." "سيسمع المتصلون الآن التحية المعتادة."
speak too-short "That was too short, and was not kept." "كان التسجيل قصيرا جدا ولم يحفظ."
speak goodbye "Goodbye." "مع السلامة."

say en "This call is being recorded." ../../engine/prompts/en/recorded
say ar "هذه المكالمة مسجلة." ../../engine/prompts/ar/recorded

python3 - "$work/tone.wav" <<'PYTHON'
import math, struct, sys, wave
with wave.open(sys.argv[1], "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(48000)
    count = 48000 * 2 // 5
    for n in range(count):
        edge = min(1.0, n / 480, (count - n) / 480)
        out.writeframes(struct.pack("<h", int(9000 * edge * math.sin(2 * math.pi * 880 * n / 48000))))
PYTHON
encode "$work/tone.wav" tone.opus
