//! Under which number a contact's words are kept.
//!
//! FTS5 gives what it finds by rowid, and only then can it stop after the first page. So the rowid is made of the name:
//!
//! ```text
//! bit  62..61   60..19                            18..0
//!      script   seven characters, six bits each   chance, from the contact's id
//! ```
//! Names that are alike in seven characters stand there in no order; whoever shows them sorts them.

use std::ops::RangeInclusive;

use model::ContactId;
use sqlx::SqliteConnection;

use super::index::drop_words;
use super::list::ListOrder;
use super::prepared::Prepared;

const CHARACTERS: u32 = 7;
const BITS: u32 = 6;
const CHANCE: u32 = 19;
const SCRIPT: u32 = CHARACTERS * BITS + CHANCE;

/// Numbers that are tried with the name before any free one will do.
const TRIES: u64 = 64;

/// The rows in the order of a list: one range after the other, each from its beginning.
pub(super) fn in_order(order: ListOrder) -> impl Iterator<Item = RangeInclusive<i64>> {
    let scripts: &[RangeInclusive<i64>] = match order {
        ListOrder::LatinFirst => &[0..=3],
        ListOrder::ArabicFirst => &[1..=1, 0..=0, 2..=3],
    };
    scripts.iter().map(|scripts| scripts.start() << SCRIPT..=(scripts.end() << SCRIPT) | ((1 << SCRIPT) - 1))
}

/// A number for a contact that nobody else has; the words of the number that it had are gone then.
pub(super) async fn take(from: &mut SqliteConnection, owner: &str, prepared: &Prepared) -> Result<i64, sqlx::Error> {
    for attempt in 0.. {
        let row = row(&prepared.sort_latin, prepared.contact.id, attempt);
        let (had, taken): (Option<i64>, bool) = sqlx::query_as(
            "SELECT (SELECT search_row FROM contacts WHERE owner = $1 AND id = $2),
                    EXISTS (SELECT 1 FROM contacts WHERE search_row = $3 AND NOT (owner = $1 AND id = $2))",
        )
        .bind(owner)
        .bind(prepared.contact.id.to_string())
        .bind(row)
        .fetch_one(&mut *from)
        .await?;
        if taken {
            continue;
        }
        if let Some(had) = had {
            drop_words(from, had).await?;
        }
        return Ok(row);
    }
    unreachable!("there are more numbers than rows in any database")
}

fn row(sort_latin: &str, id: ContactId, attempt: u64) -> i64 {
    let chance = mixed(id, attempt);
    if attempt >= TRIES {
        return (chance >> 1).cast_signed();
    }
    let mut characters = sort_latin.chars();
    // The first is the rank of the script, '1' to '4'.
    let script = characters.next().and_then(|c| c.to_digit(10)).map_or(3, |rank| i64::from(rank.clamp(1, 4)) - 1);
    let name = (0..CHARACTERS).fold(0, |name, _| name << BITS | characters.next().map_or(0, six_bits));
    let chance = (chance >> (u64::BITS - CHANCE)).cast_signed();
    script << SCRIPT | name << CHANCE | chance
}

/// Where a character of a sort key stands among the others of its script. Folded names hold few others; those come last.
fn six_bits(c: char) -> i64 {
    let place = match c {
        ' ' => 1,
        '0'..='9' => 2 + u32::from(c) - u32::from('0'),
        'a'..='z' => 12 + u32::from(c) - u32::from('a'),
        'ء'..='ي' => 12 + u32::from(c) - u32::from('ء'),
        _ => 63,
    };
    i64::from(place)
}

/// Bits in which each of the id's takes part (SplitMix64, Steele and others 2014).
fn mixed(id: ContactId, attempt: u64) -> u64 {
    let [high, low] = [id.0 >> 64, id.0].map(|half| u64::try_from(half & u128::from(u64::MAX)).expect("masked"));
    let mut z = high.rotate_left(32) ^ low ^ attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use book::number::Region;
    use model::Contact;

    use super::*;

    fn of(name: &str, id: u128) -> i64 {
        let contact = Contact { id: ContactId(id), first_name: name.into(), ..Contact::default() };
        row(&Prepared::new(contact, Region::UNKNOWN).sort_latin, ContactId(id), 0)
    }

    #[test]
    fn rows_stand_as_names_do() {
        let names = ["3com", "Adam", "Adam 2", "Grace", "Zaki", "إبراهيم", "بركات", "يوسف", "Ωmega", "☎"];
        let mut sorted = names;
        sorted.sort_by_key(|name| of(name, 7));
        assert_eq!(sorted, ["Adam", "Adam 2", "Grace", "Zaki", "إبراهيم", "بركات", "يوسف", "Ωmega", "☎", "3com"]);
        assert!(names.iter().all(|name| of(name, u128::MAX) > 0));
    }

    #[test]
    fn every_row_is_in_one_range_of_each_list() {
        for name in ["Adam", "بركات", "Ωmega", "+966"] {
            for order in [ListOrder::LatinFirst, ListOrder::ArabicFirst] {
                assert_eq!(in_order(order).filter(|range| range.contains(&of(name, 1))).count(), 1, "{name} {order:?}");
            }
        }
        let first = |order| in_order(order).next().expect("a range");
        assert!(first(ListOrder::ArabicFirst).contains(&of("بركات", 1)));
        assert!(!first(ListOrder::ArabicFirst).contains(&of("Adam", 1)));
    }

    #[test]
    fn namesakes_get_rows_of_their_own() {
        let rows: std::collections::BTreeSet<i64> = (0..1_000).map(|id| of("Customer", id)).collect();
        assert!(rows.len() > 990, "{} of 1,000", rows.len());
        let again = (0..TRIES + 2).map(|attempt| row("1customer", ContactId(1), attempt));
        assert!(again.collect::<std::collections::BTreeSet<i64>>().len() > 60);
    }
}
