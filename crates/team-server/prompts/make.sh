#!/bin/sh
# Makes the prompts of the voice boxes. Needs espeak-ng, opus-tools and python3; what it makes is checked in.
# The voices are those of espeak-ng (https://github.com/espeak-ng/espeak-ng); sound that it speaks is not covered by its licence.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

speak() { # language, text
    mkdir -p "$1"
    espeak-ng -v "$1" -s 150 -w "$work/$1.wav" "$2"
    encode "$work/$1.wav" "$1/greeting.opus"
}

encode() { # wav, opus
    opusenc --quiet --bitrate 24 --framesize 20 --downmix-mono --serial 1 --discard-comments "$1" "$2"
}

speak en "The person you called cannot answer now. Please leave a message after the tone."
speak ar "الشخص المطلوب لا يستطيع الرد الآن. يرجى ترك رسالة بعد الصافرة."

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
