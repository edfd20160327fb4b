#!/bin/bash
# Makes the speech for score.py in the folder given: 48 kHz, mono, 16 bits, −24 dBFS, pauses cut to a quarter of a second.
# The packages are named in README.md.
set -e
out=${1:?folder}
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prompts=/usr/share/asterisk/sounds/en_US_f_Allison

finish() {
    sox "$1" -r 48000 -c 1 -b 16 "$work/cut.wav" highpass 50 gain -n -6 silence -l 1 0.05 0.4% -1 0.25 0.4%
    gain=$(sox "$work/cut.wav" -n stats 2>&1 | awk '/RMS lev dB/ { print -24 - $4 }')
    sox "$work/cut.wav" "$2" gain "$gain" trim 0 36
}

for name in demo-congrats demo-abouttotry demo-instruct; do
    ffmpeg -loglevel error -y -f g722 -i "$prompts/$name.g722" -ar 48000 -ac 1 "$work/$name.wav"
done
sox "$work/demo-congrats.wav" "$work/demo-abouttotry.wav" "$work/demo-instruct.wav" "$work/en1.wav"
finish "$work/en1.wav" "$out/en1.wav"
sox /usr/share/pocketsphinx/test/data/librivox/*.wav "$work/en2.wav"
finish "$work/en2.wav" "$out/en2.wav"
for letter in /usr/share/klettres/ar/alpha/*.ogg; do
    ffmpeg -loglevel error -y -i "$letter" -ar 48000 -ac 1 "$work/letter-$(basename "$letter" .ogg).wav"
done
sox "$work"/letter-*.wav "$work/ar1.wav"
finish "$work/ar1.wav" "$out/ar1.wav"
