//! Any bytes as a table: rows are read or have a reason, within bounds; what was read can be written, and reads the same.
//!
//! The first byte chooses whether the file is sniffed, or how it is read.

#![no_main]

use book::charset::Charset;
use book::csv::{Options, SEPARATORS, Table, write};
use book::number::Region;
use libfuzzer_sys::fuzz_target;
use model::Contact;

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let choice = usize::from(choice);
    let options = match choice & 1 {
        0 => Options::sniff(bytes),
        _ => Options {
            charset: Charset::all()[(choice >> 4) % Charset::all().len()],
            separator: SEPARATORS[(choice >> 1) & 3],
            header: choice & 8 != 0,
        },
    };
    let Ok(table) = Table::open(bytes, options) else { return };
    assert!(table.header().len() <= 256 && table.preview(5).len() <= 5);
    let read: Vec<Contact> =
        table.rows(&table.propose(), Region::SA).flatten().map(|row| row.contact).take(50).collect();
    assert!(read.iter().all(|contact| contact.numbers.len() <= 100 && contact.groups.len() <= 100));
    if read.is_empty() {
        return;
    }
    let written = write(&read, b';');
    let options = Options { separator: b';', ..Options::sniff(&written) };
    assert!(options.header && options.charset == Charset::Utf8);
    let table = Table::open(&written, options).expect("our own table");
    let again: Vec<_> = table.rows(&table.propose(), Region::SA).collect();
    assert_eq!(again.len(), read.len());
    assert!(again.iter().all(Result::is_ok), "{again:?}");
});
