#!/usr/bin/env python3
"""How speech sounds after a bad network and our receive buffer: PESQ-WB, STOI and delay per condition.

  score.py SPEECH.wav ... [--only clean,loss20] [--seeds 3] [--extra dred=1000,fec=0] [--playout PROGRAM] [--json FILE]

Encodes with our encoder, applies seeded loss and jitter, plays through the receive buffer in virtual time (the example
`playout_wav` of crates/audio) and scores windows of 8 s against what was spoken. Speech: 48 kHz, mono, 16 bits.
README.md says where to get it and which Python packages this needs.
"""
import argparse, concurrent.futures, json, os, subprocess, tempfile, warnings, wave
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


def run(program, speech, condition, seed, extra):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out.wav')
        command = [program, speech, out, f'seed={seed}', *CONDITIONS[condition].split(), *extra]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return list(windows(read16(speech), read16(out))), json.loads(done.stdout)


def main():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('speech', nargs='+')
    parser.add_argument('--only', default='clean,loss5,loss10,loss20,loss30,burst10x5,burst20x10,jitter30,jitter80')
    parser.add_argument('--seeds', type=int, default=3)
    parser.add_argument('--extra', default='')
    parser.add_argument('--playout', default=os.path.join(root, 'target', 'debug', 'examples', 'playout_wav'))
    parser.add_argument('--json')
    parser.add_argument('--jobs', type=int, default=2)
    args = parser.parse_args()
    extra = [word for word in args.extra.split(',') if word]
    rows = {}
    print(f'{"condition":14} {"PESQ":>5} {"median":>6} {"low":>5} {"STOI":>5} {"delay":>6}  buffer')
    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        jobs = {c: [pool.submit(run, args.playout, s, c, seed, extra) for s in args.speech for seed in range(1, args.seeds + 1)]
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
