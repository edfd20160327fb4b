use super::*;
use crate::level::rms;
use base::Dbfs;

#[test]
fn payloads_are_read_and_written_as_rfc_3389_draws_them() {
    let payload = [40, 127, 0, 254, 200];
    let sid = Sid::parse(&payload).expect("not empty");
    assert_eq!(sid.level(), Dbfs(-40.0));
    assert_eq!([0, 1, 2].map(|n| sid.reflection(n)), [0.0, -127.0 * 258.0 / 32_768.0, 127.0 * 258.0 / 32_768.0]);
    let mut out = [0; 20];
    assert_eq!(sid.write(&mut out), 5);
    assert_eq!(out[..5], payload);
    assert_eq!(sid.write(&mut out[..3]), 3, "a short buffer gets what fits");
}

#[test]
fn odd_payloads_are_survived() {
    assert_eq!(Sid::parse(&[]), None);
    let long = Sid::parse(&[255; 60]).expect("not empty");
    assert_eq!(long.level(), Dbfs(-127.0), "the reserved bit is not a level");
    assert!((0..100).all(|n| long.reflection(n).abs() < 1.0));
    let mut generator = Generator::new();
    let mut out = [0.5; 800];
    generator.fill(&mut out);
    assert_eq!(out, [0.0; 800], "silent before the first description");
    for payload in [&[0u8, 254, 0, 254, 0, 254, 0][..], &[0; 13], &[0, 255, 255, 255], &[127], &[20, 0]] {
        generator.describe(&Sid::parse(payload).expect("not empty"));
        generator.fill(&mut out);
        assert!(out.iter().all(|s| s.is_finite() && s.abs() <= 1.0), "{payload:?}");
    }
}

/// Low-pass, flat and high-pass noise at three levels comes out as it went in.
#[test]
fn noise_keeps_its_level_and_its_colour() {
    for (tilt, level) in [(-0.8, -50.0), (0.0, -35.0), (0.6, -60.0)] {
        let mut source = Generator::new();
        source.describe(&Sid::new(Dbfs(level), &[tilt]));
        let (mut analyser, mut copy) = (Analyser::new(), Generator::new());
        let mut noise = vec![0.0; 16_000];
        source.fill(&mut noise);
        noise.chunks(77).for_each(|piece| analyser.hear(piece));
        copy.describe(&analyser.describe().expect("two seconds were heard"));
        let mut again = vec![0.0; 16_000];
        copy.fill(&mut again);
        let difference = 20.0 * (rms(&again) / rms(&noise)).log10();
        assert!(difference.abs() < 1.5, "level {level} with tilt {tilt} is off by {difference} dB");
        assert!((20.0 * rms(&noise).log10() - level).abs() < 1.5, "level {level} is what was asked for");
        let colour = |s: &[f32]| s.windows(2).map(|w| w[0] * w[1]).sum::<f32>() / s.iter().map(|s| s * s).sum::<f32>();
        assert!((colour(&noise) + tilt).abs() < 0.05, "A(z) = 1 + k z⁻¹: {}", colour(&noise));
        assert!((colour(&again) - colour(&noise)).abs() < 0.1, "{} became {}", colour(&noise), colour(&again));
    }
}

#[test]
fn an_update_glides() {
    let mut generator = Generator::new();
    generator.describe(&Sid::new(Dbfs(-60.0), &[]));
    let mut out = [0.0; 80];
    generator.fill(&mut out);
    generator.describe(&Sid::new(Dbfs(-30.0), &[]));
    let levels: Vec<f32> = (0..20)
        .map(|_| {
            generator.fill(&mut out);
            20.0 * rms(&out).log10()
        })
        .collect();
    assert!(levels[0] < -34.0 && (levels[15] + 30.0).abs() < 2.0, "{levels:?}");
}
