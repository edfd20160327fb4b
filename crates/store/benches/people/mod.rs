//! Made-up people: half of the names Arabic, many namesakes.

use model::{Contact, ContactId, ContactNumber, NumberKind};

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
const COMPANIES: [&str; 6] =
    ["Maydan Retail", "شركة الرياض للتجارة", "Sahab Travel", "صيدلية عودة", "Toma & Sons", "Northgate Books"];

/// The contact of a number.
pub fn contact(at: u32) -> Contact {
    let pick = |list: &[&str], step: u32| list[(at / step) as usize % list.len()].to_owned();
    Contact {
        id: ContactId(u128::from(at) + 1),
        first_name: pick(&FIRST, 1),
        last_name: format!("{} {}", pick(&LAST, 12), at / 132),
        company: pick(&COMPANIES, 7),
        numbers: vec![ContactNumber {
            number: format!("05{:08}", at * 1871 % 99_999_989),
            kind: NumberKind::Mobile,
            ..ContactNumber::default()
        }],
        favourite: at.is_multiple_of(500),
        ..Contact::default()
    }
}
