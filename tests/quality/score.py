#!/usr/bin/env python3
"""How speech sounds after a bad network and our receive buffer: PESQ-WB, STOI and delay per condition.

  score.py SPEECH.wav ... [--only clean,loss20] [--seeds 5] [--sender ours|foreign] [--receiver buffer|ideal|plain]
           [--extra dred=1000,fec=0] [--playout PROGRAM] [--json FILE]

Encodes with our encoder, applies seeded loss and jitter, plays through the receive buffer in virtual time (the example
`playout_wav` of crates/audio) and scores windows of 8 s against what was spoken. Speech: 48 kHz, mono, 16 bits.
README.md says where to get it and which Python packages this needs.
"""
import argparse, concurrent.futures, ctypes, ctypes.util, json, os, struct, subprocess, tempfile, warnings, wave
import numpy as np
from scipy.signal import correlate, resample_poly

FS = 16000
WINDOW = 8.0
SETTLE = 4.0
# Condition, settings of the network. The names are those of the measuring rig.
CONDITIONS = {
    'clean': '', 'loss5': 'loss=.05', 'loss10': 'loss=.1', 'loss20': 'loss=.2', 'loss30': 'loss=.3',
    'burst10x5': 'loss=.1 burst=5', 'burst20x10': 'loss=.2 burst=10',
    'b5': 'loss=.05 burst=4', 'b10': 'loss=.1 burst=4', 'b20': 'loss=.2 burst=4', 'b30': 'loss=.3 burst=4',
    'jitter30': 'jitter=30', 'jitter80': 'jitter=80', 'exp30': 'exp=30', 'jitter30loss5': 'jitter=30 loss=.05',
    'drift': 'ppm=200',
}


def read16(path):
    with wave.open(path) as f:
        x = np.frombuffer(f.readframes(f.getnframes()), np.int16).astype(np.float32) / 32768
    return resample_poly(x, 1, 3).astype(np.float32)


def lag(ref, deg):
    """Best position of ref inside deg (samples), and the normalised correlation there."""
    c = correlate(deg, ref, 'valid', 'fft')
    e = np.concatenate(([0], np.cumsum(deg.astype(np.float64) ** 2)))
    energy = np.sqrt(np.maximum(e[len(ref):] - e[:-len(ref)], 1e-9) * np.sum(ref.astype(np.float64) ** 2))
    c = np.where(energy > 1e-3, c / np.maximum(energy, 1e-9), 0)
    k = int(np.argmax(c))
    return k, float(c[k])


def windows(ref, deg, start=SETTLE):
    """(PESQ, STOI, delay in ms) of each whole window; each is aligned by the median delay of its seconds."""
    from pesq import NoUtterancesError, pesq
    from pystoi import stoi
    at, n, second = int(start * FS), int(WINDOW * FS), FS
    while at + n <= len(ref):
        found = []
        for t in range(at, at + n - second + 1, second // 2):
            r = ref[t:t + second]
            if np.sqrt(np.mean(r ** 2)) > 0.005:
                k, c = lag(r, deg[t:t + second + int(0.8 * FS)])
                if c > 0.35:
                    found.append(k)
        d = int(np.median(found)) if found else int(0.1 * FS)
        r, g = ref[at:at + n], deg[at + d:at + d + n]
        g = np.pad(g, (0, n - len(g)))
        try:
            p = float(pesq(FS, r, g, 'wb')) if np.max(np.abs(g)) > 1e-3 else 1.0
        except NoUtterancesError:
            p = 1.0
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            yield p, float(stoi(r, g, FS)), d / FS * 1000
        at += n


def system_opus():
    """The system's own libopus, as any other program would use it."""
    opus = ctypes.CDLL(ctypes.util.find_library('opus') or 'libopus.so.0')
    opus.opus_decoder_create.restype = opus.opus_encoder_create.restype = ctypes.c_void_p
    opus.opus_decode_float.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    opus.opus_encode.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int32]
    opus.opus_encoder_ctl.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    opus.opus_decoder_destroy.argtypes = opus.opus_encoder_destroy.argtypes = [ctypes.c_void_p]
    return opus


def foreign(speech, path, packet=960):
    """Packets into a file as baresip makes them: application audio, complexity 10, 32 kbit/s, FEC for 10 %."""
    opus = system_opus()
    encoder = opus.opus_encoder_create(48000, 1, 2049, ctypes.byref(ctypes.c_int()))
    # OPUS_SET_BITRATE, _COMPLEXITY, _INBAND_FEC, _PACKET_LOSS_PERC
    for request, value in (4002, 32000), (4010, 10), (4012, 1), (4014, 10):
        opus.opus_encoder_ctl(encoder, request, value)
    with wave.open(speech) as f:
        samples = f.readframes(f.getnframes())
    room = ctypes.create_string_buffer(1500)
    with open(path, 'wb') as out:
        for number in range(len(samples) // (2 * packet)):
            size = opus.opus_encode(encoder, samples[number * 2 * packet:(number + 1) * 2 * packet], packet, room, 1500)
            out.write(struct.pack('<II', number, size) + room.raw[:size])
    opus.opus_encoder_destroy(encoder)


def plain(path, packet=960):
    """What the system's own libopus makes of the packets in a file, in order: FEC for the last of a hole, its concealment for the rest."""
    opus = system_opus()
    decoder = opus.opus_decoder_create(48000, 1, ctypes.byref(ctypes.c_int()))
    buffer, sound = np.zeros(5760, np.float32), [np.zeros(960, np.float32)]

    def decode(payload, samples, fec):
        count = opus.opus_decode_float(decoder, payload, len(payload or b''), buffer.ctypes.data, samples, fec)
        sound.append(buffer[:max(count, 0)].copy())

    data, packets, at = open(path, 'rb').read(), {}, 0
    while at < len(data):
        number, size = struct.unpack_from('<II', data, at)
        packets[number] = data[at + 8:at + 8 + size]
        at += 8 + size
    for number in range(max(packets) + 1):
        if number in packets:
            decode(packets[number], 5760, 0)
        elif number + 1 in packets:
            decode(packets[number + 1], packet, 1)
        else:
            decode(None, packet, 0)
    opus.opus_decoder_destroy(decoder)
    return resample_poly(np.clip(np.concatenate(sound), -1, 1), 1, 3).astype(np.float32), sum(map(len, packets.values())) / len(packets)


def run(program, speech, condition, seed, sender, receiver, extra):
    with tempfile.TemporaryDirectory() as folder:
        out, packets = os.path.join(folder, 'out.wav'), os.path.join(folder, 'packets')
        command = [program, speech, out, f'seed={seed}', *CONDITIONS[condition].split(), *extra]
        command += dict(buffer=[], ideal=['receiver=ideal'], plain=['receiver=none', f'packets={packets}'])[receiver]
        if sender == 'foreign':
            foreign(speech, packets)
            command.append(f'encoded={packets}')
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        if receiver == 'plain':
            sound, size = plain(packets)
            return list(windows(read16(speech), sound)), dict(bytes=size)
        return list(windows(read16(speech), read16(out))), json.loads(done.stdout)


def main():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('speech', nargs='+')
    parser.add_argument('--only', default='clean,loss5,loss10,loss20,loss30,burst10x5,burst20x10,jitter30,jitter80')
    parser.add_argument('--seeds', type=int, default=5)
    parser.add_argument('--sender', default='ours', choices=['ours', 'foreign'])
    parser.add_argument('--receiver', default='buffer', choices=['buffer', 'ideal', 'plain'])
    parser.add_argument('--extra', default='')
    parser.add_argument('--playout', default=os.path.join(root, 'target', 'debug', 'examples', 'playout_wav'))
    parser.add_argument('--json')
    parser.add_argument('--jobs', type=int, default=2)
    args = parser.parse_args()
    extra = [word for word in args.extra.split(',') if word]
    rows = {}
    print(f'{"condition":14} {"PESQ":>5} {"median":>6} {"low":>5} {"STOI":>5} {"delay":>6}  buffer')
    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        jobs = {c: [pool.submit(run, args.playout, s, c, seed, args.sender, args.receiver, extra) for s in args.speech for seed in range(1, args.seeds + 1)]
                for c in args.only.split(',')}
        for condition, futures in jobs.items():
            results = [future.result() for future in futures]
            scores = np.array([window for result, _ in results for window in result])
            counts = {key: round(float(np.mean([stats[key] for _, stats in results])), 1) for key in results[0][1]}
            rows[condition] = dict(pesq=float(scores[:, 0].mean()), median=float(np.median(scores[:, 0])), low=float(scores[:, 0].min()),
                                   stoi=float(scores[:, 1].mean()), delay_ms=float(np.median(scores[:, 2])), n=len(scores), **{'buffer': counts})
            r = rows[condition]
            print(f'{condition:14} {r["pesq"]:5.2f} {r["median"]:6.2f} {r["low"]:5.2f} {r["stoi"]:5.2f} {r["delay_ms"]:6.0f}  '
                  + ' '.join(f'{key} {value:g}' for key, value in counts.items()), flush=True)
    if args.json:
        json.dump(rows, open(args.json, 'w'), indent=1)


if __name__ == '__main__':
    main()
