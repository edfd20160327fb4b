//! How much a contact, and a book, may hold. Pure.

use team_api::ContactCard;

/// Characters of a line.
const LINE: usize = 1_000;
/// Characters of a note.
const NOTE: usize = 20_000;
/// Numbers, addresses, groups, fields: of each.
const LINES: usize = 100;
/// Bytes of a card as it is kept.
const CARD: usize = 1024 * 1024;
/// Rows of a book, deleted ones too.
const BOOK_ROWS: i64 = 500_000;
/// Bytes of all cards of a book.
const BOOK_BYTES: i64 = 512 * 1024 * 1024;

/// The card as it is kept; `None`: it has too much of something. The company's book has no favourites of its own.
pub(crate) fn kept(card: &ContactCard, is_company: bool) -> Option<String> {
    let card = ContactCard { favourite: card.favourite && !is_company, ..card.clone() };
    let single = [&card.first_name, &card.last_name, &card.display_name, &card.company, &card.job_title];
    let numbers = card.numbers.iter().flat_map(|n| [&n.number, &n.kind, &n.label]);
    let fields = card.fields.iter().flat_map(|f| [&f.name, &f.value]);
    let several = card.emails.iter().chain(&card.sip_addresses).chain(&card.groups);
    let mut lines = single.into_iter().chain(numbers).chain(fields).chain(several);
    let counts =
        [card.numbers.len(), card.emails.len(), card.sip_addresses.len(), card.groups.len(), card.fields.len()];
    let fits = counts.into_iter().all(|count| count <= LINES)
        && lines.all(|line| line.chars().count() <= LINE)
        && card.note.chars().count() <= NOTE;
    let text = fits.then(|| serde_json::to_string(&card).expect("a card is made of strings"))?;
    (text.len() <= CARD).then_some(text)
}

/// Is there room in a book for so much more?
pub(crate) fn has_room(rows: i64, bytes: i64) -> bool {
    rows <= BOOK_ROWS && bytes <= BOOK_BYTES
}

/// A tag of an edit: 1 to 64 plain characters.
pub(crate) fn is_tag(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

#[cfg(test)]
mod tests {
    use team_api::CardNumber;

    use super::*;

    #[test]
    fn a_card_is_bounded_in_every_direction() {
        let number = |text: &str| CardNumber { number: text.into(), ..CardNumber::default() };
        let good = ContactCard { first_name: "نور".repeat(300), favourite: true, ..ContactCard::default() };
        assert!(kept(&good, false).unwrap().contains(r#""favourite":true"#));
        assert!(kept(&good, true).unwrap().contains(r#""favourite":false"#));
        for bad in [
            ContactCard { first_name: "x".repeat(1_001), ..ContactCard::default() },
            ContactCard { note: "x".repeat(20_001), ..ContactCard::default() },
            ContactCard { numbers: vec![number("1"); 101], ..ContactCard::default() },
            ContactCard { numbers: vec![number(&"1".repeat(1_001))], ..ContactCard::default() },
            ContactCard { groups: vec![String::new(); 101], ..ContactCard::default() },
            ContactCard {
                emails: vec!["\u{1}".repeat(1_000); 100],
                groups: vec!["\u{1}".repeat(1_000); 100],
                ..ContactCard::default()
            },
        ] {
            assert_eq!(kept(&bad, false), None);
        }
    }

    #[test]
    fn tags_are_plain_and_short() {
        assert!(["a", "9f.0-1", &"a".repeat(64)].iter().all(|tag| is_tag(tag)));
        assert!(["", "a b", "ü", &"a".repeat(65)].iter().all(|tag| !is_tag(tag)));
    }
}
