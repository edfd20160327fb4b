//! Times of calls, without more machinery than that.

use std::hint::black_box;
use std::time::Instant;

/// Calls `work` for `rounds` rounds of 100 and prints the quickest and the middle round's time per call.
#[expect(clippy::disallowed_methods, reason = "a benchmark is the place for a clock")]
pub fn per_call<T>(name: &str, rounds: usize, mut work: impl FnMut(usize) -> T) {
    let mut times: Vec<f64> = (0..rounds)
        .map(|round| {
            let start = Instant::now();
            for n in 0..100 {
                black_box(work(round * 100 + n));
            }
            start.elapsed().as_secs_f64() * 1e4
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name:44} {:8.1} µs least, {:8.1} µs median", times[0], times[times.len() / 2]);
}
