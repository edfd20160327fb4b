//! What a person waits for: opening a photograph of 24 megapixels, and saving the crop.
//!
//! `cargo bench -p avatar`. Issue: 24 megapixels cropped and encoded in at most 250 ms.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

#[allow(dead_code, reason = "cameras need no Adobe")]
#[path = "../tests/avatar/jpeg.rs"]
mod jpeg;

use std::hint::black_box;
use std::time::Duration;

use avatar::{Crop, Turn, open};
use criterion::{Criterion, criterion_group, criterion_main};
use jpeg::Jpeg;

/// 6000 × 4000 with half chroma, as cameras write it: shapes, slopes and the noise of a sensor. 5.1 MB: the most that is accepted.
fn photograph(shape: impl Fn(Jpeg) -> Jpeg) -> Vec<u8> {
    let noise =
        |x: u32, y: u32| (x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77)).wrapping_mul(0xC2B2_AE35) >> 28;
    let wave = |at: u32, length: f32| ((at as f32 / length).sin() * 90.0 + 120.0) as u32;
    let luma = move |x, y| {
        ((wave(x, 97.0) + wave(y, 61.0)) / 2 + if (x / 300 + y / 300) % 2 == 0 { 20 } else { 0 } + noise(x, y)) as u8
    };
    let blue = move |x, y| ((wave(x, 331.0) + wave(y, 57.0)) / 2 + noise(x, y) / 4) as u8;
    let red = move |x, y| ((wave(x, 57.0) + wave(y, 431.0)) / 2 + noise(y, x) / 4) as u8;
    let file = Jpeg { quantum: 11, ..Jpeg::new(6000, 4000, &[&luma, &blue, &red]).subsampled() };
    let file = shape(file).write();
    println!("{} bytes", file.len());
    assert!((5_000_000..5_242_880).contains(&file.len()));
    file
}

fn crops(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("24 megapixels");
    group.sample_size(20).measurement_time(Duration::from_secs(8));
    let whole = Crop { x: 1000, y: 0, side: 4000 };
    let face = Crop { x: 2500, y: 800, side: 1000 };
    let baseline = photograph(|jpeg| jpeg);
    let progressive = photograph(|jpeg| jpeg.progressive());
    let all = |bytes: &[u8], crop| open(bytes).unwrap().render(crop, Turn::None).unwrap();
    group.bench_function("open, largest crop, encode", |b| b.iter(|| black_box(all(&baseline, whole))));
    group.bench_function("open, crop of 1000, encode", |b| b.iter(|| black_box(all(&baseline, face))));
    group.bench_function("progressive: open, largest crop, encode", |b| b.iter(|| black_box(all(&progressive, whole))));
    group.bench_function("open", |b| b.iter(|| black_box(open(&baseline).unwrap())));
    let picture = open(&baseline).unwrap();
    group.bench_function("preview of 1024", |b| b.iter(|| black_box(picture.preview(1024))));
    group.bench_function("largest crop, encode", |b| b.iter(|| black_box(picture.render(whole, Turn::None).unwrap())));
    group.finish();
}

criterion_group!(benches, crops);
criterion_main!(benches);
