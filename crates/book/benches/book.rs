//! What a large address book costs: `cargo bench -p book`.

use std::hint::black_box;

use book::csv::{Options, Table, write};
use book::fold::{query, search_words};
use book::number::{Region, keys, matches};
use book::vcard;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use model::{Contact, ContactNumber, NumberKind};

const FIRST: [&str; 12] = [
    "Khaled",
    "محمد",
    "نورة",
    "Abdulrahman",
    "عبدالعزيز",
    "Grace",
    "Fatimah",
    "إبراهيم",
    "Yousef",
    "Jürgen",
    "ليلى",
    "Mohammed",
];
const LAST: [&str; 11] = [
    "Al-Amin",
    "العتيبي",
    "Whitfield",
    "القحطاني",
    "Haddad",
    "Okafor",
    "الحربي",
    "Müller",
    "El Sayed",
    "بركات",
    "Noureddine",
];
const COMPANIES: [&str; 7] =
    ["Maydan Retail", "شركة الرياض للتجارة", "Sahab Travel", "صيدلية عودة", "Toma & Sons", "", "Northgate Books"];

fn contacts(count: usize) -> Vec<Contact> {
    let contact = |at: usize| Contact {
        first_name: FIRST[at % FIRST.len()].into(),
        last_name: LAST[(at / 3) % LAST.len()].into(),
        company: COMPANIES[at % COMPANIES.len()].into(),
        emails: vec![format!("person{at}@maydan.example")],
        numbers: vec![
            ContactNumber {
                number: format!("+9665{at:08}"),
                kind: NumberKind::Mobile,
                primary: true,
                ..ContactNumber::default()
            },
            ContactNumber { number: format!("011{at:07}"), kind: NumberKind::Work, ..ContactNumber::default() },
        ],
        ..Contact::default()
    };
    (0..count).map(contact).collect()
}

fn book(c: &mut Criterion) {
    let people = contacts(100_000);
    let mut group = c.benchmark_group("book");
    group.sample_size(10);
    group.throughput(Throughput::Elements(100_000));
    group.bench_function(BenchmarkId::new("fold and index", 100_000), |b| {
        b.iter(|| people.iter().map(|contact| search_words(contact, Region::SA).folded.len()).sum::<usize>());
    });
    group.throughput(Throughput::Elements(200_000));
    group.bench_function(BenchmarkId::new("number keys", 200_000), |b| {
        let numbers = people.iter().flat_map(|contact| &contact.numbers);
        b.iter(|| numbers.clone().filter_map(|number| keys(&number.number, Region::SA)).count());
    });

    let table = write(&people[..50_000], b';');
    group.throughput(Throughput::Elements(50_000));
    group.bench_function(BenchmarkId::new("read csv", 50_000), |b| {
        b.iter(|| {
            let table = Table::open(&table, Options::sniff(&table)).expect("it was written here");
            table.rows(&table.propose(), Region::SA).filter(Result::is_ok).count()
        });
    });
    group.bench_function(BenchmarkId::new("write csv", 50_000), |b| b.iter(|| write(&people[..50_000], b';').len()));
    let cards: String = people[..50_000].iter().map(|contact| vcard::write(contact, vcard::Version::V4)).collect();
    group.bench_function(BenchmarkId::new("read vcard", 50_000), |b| {
        b.iter(|| vcard::read(cards.as_bytes()).filter(Result::is_ok).count());
    });
    group.finish();

    c.bench_function("query", |b| b.iter(|| query(black_box("عبدالرحمن القحطاني")).match_expression()));
    c.bench_function("matches", |b| {
        b.iter(|| matches(black_box("00966501234567"), black_box("050 123 4567"), Region::SA))
    });
}

criterion_group!(benches, book);
criterion_main!(benches);
