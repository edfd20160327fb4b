//! A table of 50,000 rows through the engine, as a person waits for it: opened, previewed, imported, and found.
//! `cargo bench -p tests --bench contact_import`. Issue: 50,000 rows with progress in under 10 s; the app stays responsive.
//!
//! Not criterion's: a whole engine and server of its own for each run.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{
    ContactQuery, EngineConfig, EngineEvent, FileKind, ImportWish, ListOrder, MemorySecrets, MicOverride,
    SoundOverride, SpeakerOverride, Which,
};
use team_server::ServerConfig;

const ROWS: u32 = 50_000;
const RUNS: u32 = 3;

/// Half of the names Arabic, a number, a company and an address each.
fn table() -> Vec<u8> {
    const NAMES: [[&str; 2]; 4] =
        [["نورة", "القحطاني"], ["Khaled", "Al-Amin"], ["محمد", "العتيبي"], ["Grace", "Whitfield"]];
    let mut text = "First name;Last name;Company;Mobile;E-mail\r\n".to_owned();
    for at in 0..ROWS {
        let [first, last] = NAMES[at as usize % NAMES.len()];
        let number = u64::from(at) * 1871 % 99_999_989;
        writeln!(text, "{first};{last} {at};Maydan {};05{number:08};p{at}@example.com\r", at % 97).expect("writes");
    }
    text.into_bytes()
}

async fn run() {
    let dir = tempfile::tempdir().expect("a folder");
    let server = team_server::start(ServerConfig::practice(&dir.path().join("server"))).await.expect("starts");
    let config = EngineConfig {
        data_dir: dir.path().join("phone"),
        user_agent: "Rannan-bench/0".into(),
        device_name: "bench".into(),
        extra_ca: None,
        tones: false,
        sound: SoundOverride {
            microphone: Some(MicOverride::Samples(Arc::from([0.0; 480]))),
            speaker: Some(SpeakerOverride::Wav(dir.path().join("heard.wav"))),
            voice: None,
        },
        codecs: engine::ALL_CODECS.to_vec(),
        secrets: Arc::new(MemorySecrets::default()),
    };
    let (engine, mut events) = engine::start(config).expect("starts");
    let steps = tokio::spawn(async move {
        let mut steps = 0_u32;
        while let Some(event) = events.recv().await {
            steps += u32::from(matches!(event, EngineEvent::ContactsImport { .. }));
        }
        steps
    });
    engine.sign_in_practice(&format!("http://{}", server.addr()), "one").await.expect("lets us in");
    let begin = Instant::now();
    let preview = engine.contacts_open_file("people.csv", table()).await.expect("a table");
    let FileKind::Table(look) = preview.kind else { panic!("a table") };
    let previewed = begin.elapsed();
    let wish = ImportWish { file: preview.file, table: Some((look.options, look.mapping)), keep_both: false };
    let begin = Instant::now();
    let import = tokio::spawn({
        let engine = engine.clone();
        async move { engine.contacts_import(wish).await.expect("imports") }
    });
    // Somebody goes on searching meanwhile.
    let mut slowest = Duration::ZERO;
    let asked =
        ContactQuery { text: "nora".into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 100 };
    while !import.is_finished() {
        let key = Instant::now();
        engine.contacts(&asked).await.expect("searches");
        slowest = slowest.max(key.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let report = import.await.expect("ends");
    let imported = begin.elapsed();
    assert_eq!((report.imported, report.skipped_count), (ROWS, 0));
    let key = Instant::now();
    assert_eq!(engine.contacts(&asked).await.expect("searches").total, 1_000);
    let found = key.elapsed();
    engine.shutdown().await;
    drop(engine);
    println!(
        "{ROWS} rows: previewed in {:.2} s, imported in {:.2} s ({} steps told), slowest search meanwhile {:.0} ms, first search afterwards {:.1} ms",
        previewed.as_secs_f64(),
        imported.as_secs_f64(),
        steps.await.expect("counts"),
        slowest.as_secs_f64() * 1e3,
        found.as_secs_f64() * 1e3
    );
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for _ in 0..RUNS {
        runtime.block_on(run());
    }
}
