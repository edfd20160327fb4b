//! What every key costs while somebody types into the search of a large book: `cargo bench -p store --bench contact_search`.
//!
//! Not criterion's: asked for is the slowest of a hundred keys (CT-02), and criterion tells means.

mod people;

use std::time::{Duration, Instant};

use book::number::Region;
use store::{ContactQuery, ListOrder, Prepared, Store, Which};

const CONTACTS: u32 = 100_000;
const ROUNDS: u32 = 5;

/// Typed letter by letter, and taken back to nothing in one.
const TYPED: [&str; 14] = [
    "mohammed haddad",
    "نورة القحطاني",
    "محمد",
    "khaled alamin",
    "abdulrahman",
    "عبدالعزيز",
    "maydan retail",
    "شركة الرياض",
    "0551234567",
    "+96655 1",
    "jurgen muller",
    "grace 99",
    "el sayed",
    "zzzz",
];

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let dir = tempfile::tempdir().expect("a folder");
    let store = runtime.block_on(async {
        let store = Store::open(dir.path()).await.expect("opens").store;
        let prepared: Vec<Prepared> = (0..CONTACTS).map(|at| Prepared::new(people::contact(at), Region::SA)).collect();
        let begin = Instant::now();
        let mut import = store.import_contacts("me").await.expect("begins");
        for some in prepared.chunks(500) {
            import.add(some).await.expect("adds");
        }
        import.finish().await.expect("keeps");
        println!("{CONTACTS} contacts written in {:.1} s", begin.elapsed().as_secs_f64());
        // As an import does at its end, and the program when it starts.
        let begin = Instant::now();
        store.learn_contacts().await.expect("learns");
        println!("read into memory in {:.0} ms", begin.elapsed().as_secs_f64() * 1e3);
        store
    });
    for which in [Which::All, Which::Company, Which::Favourites] {
        for order in [ListOrder::LatinFirst, ListOrder::ArabicFirst] {
            let mut keys: Vec<(Duration, String)> = Vec::new();
            for _ in 0..ROUNDS {
                for typed in TYPED {
                    let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8()).chain([0]);
                    for end in ends {
                        let text = typed[..end].to_owned();
                        let asked = ContactQuery { text, which, order, offset: 0, limit: 100 };
                        let begin = Instant::now();
                        std::hint::black_box(runtime.block_on(store.contacts("me", &asked)).expect("searches"));
                        keys.push((begin.elapsed(), asked.text));
                    }
                }
            }
            keys.sort_unstable();
            let ms = |share: usize| keys[(keys.len() - 1) * share / 1_000].0.as_secs_f64() * 1e3;
            let (slowest, text) = keys.last().expect("keys were pressed");
            println!(
                "{which:?}, {order:?}, {} keys: median {:.1} ms, p99 {:.1} ms, slowest {:.1} ms ({text:?})",
                keys.len(),
                ms(500),
                ms(990),
                slowest.as_secs_f64() * 1e3
            );
        }
    }
}
