//! What a large book costs on disk: `cargo bench -p store`.

#![allow(missing_docs, reason = "the macros of criterion")]

mod people;

use std::hint::black_box;

use book::number::Region;
use criterion::{Criterion, criterion_group, criterion_main};
use store::{ContactQuery, ListOrder, Prepared, Store, Which};

const CONTACTS: u32 = 50_000;
fn benches(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let dir = tempfile::tempdir().expect("a folder");
    let store = runtime.block_on(async {
        let store = Store::open(dir.path()).await.expect("opens").store;
        let mut import = store.import_contacts("me").await.expect("begins");
        for at in 0..CONTACTS {
            import.add(&[Prepared::new(people::contact(at), Region::SA)]).await.expect("adds");
        }
        import.finish().await.expect("keeps");
        store
    });
    let mut group = criterion.benchmark_group("contacts of 50,000");
    group.sample_size(20);
    for (name, text) in [
        ("first page", ""),
        ("one letter", "m"),
        ("one Arabic letter", "م"),
        ("two letters", "mo"),
        ("a name", "mohamm"),
        ("the same in Arabic", "محمد"),
        ("two words", "nora qahtani"),
        ("a company", "maydan"),
        ("three digits", "055"),
        ("a number", "0551234"),
        ("nothing", "zzzzqq"),
    ] {
        let asked =
            ContactQuery { text: text.into(), which: Which::All, order: ListOrder::LatinFirst, offset: 0, limit: 100 };
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(runtime.block_on(store.contacts("me", &asked)).expect("searches")));
        });
    }
    let far = ContactQuery {
        text: String::new(),
        which: Which::All,
        order: ListOrder::ArabicFirst,
        offset: 45_000,
        limit: 100,
    };
    group.bench_function("a page far down", |bencher| {
        bencher.iter(|| black_box(runtime.block_on(store.contacts("me", &far)).expect("lists")));
    });
    group.bench_function("who is calling", |bencher| {
        bencher.iter(|| black_box(runtime.block_on(store.who_is("me", "+966500001871", Region::SA)).expect("looks")));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
