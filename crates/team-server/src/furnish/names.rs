//! Names of people who do not exist.

/// First names of half of them.
const FIRST: [(&str, &str, &str); 16] = [
    ("Noor", "نور", "noor"),
    ("Khalid", "خالد", "khalid"),
    ("Rana", "رنا", "rana"),
    ("Salma", "سلمى", "salma"),
    ("Omar", "عمر", "omar"),
    ("Yusuf", "يوسف", "yusuf"),
    ("Lina", "لينا", "lina"),
    ("Maryam", "مريم", "maryam"),
    ("Tariq", "طارق", "tariq"),
    ("Grace", "غريس", "grace"),
    ("Huda", "هدى", "huda"),
    ("Daniel", "دانيال", "daniel"),
    ("Faisal", "فيصل", "faisal"),
    ("Emma", "إيما", "emma"),
    ("Samir", "سمير", "samir"),
    ("Aisha", "عائشة", "aisha"),
];
const LAST: [(&str, &str); 13] = [
    ("Haddad", "حداد"),
    ("Al-Amin", "الأمين"),
    ("Khoury", "خوري"),
    ("Al-Otaibi", "العتيبي"),
    ("Nasser", "ناصر"),
    ("Al-Harbi", "الحربي"),
    ("Farouk", "فاروق"),
    ("Al-Zahrani", "الزهراني"),
    ("Bennett", "بينيت"),
    ("Mansour", "منصور"),
    ("Okafor", "أوكافور"),
    ("Sayegh", "صايغ"),
    ("Costa", "كوستا"),
];

/// Name and mailbox of the person with this number; no two below 208 are the same.
pub(super) fn person(number: usize, arabic: bool) -> (String, String) {
    let (en, ar, mailbox) = FIRST[number % FIRST.len()];
    // 16 and 13 have no common divisor: each pair comes once in 208.
    let (last_en, last_ar) = LAST[number % LAST.len()];
    let name = if arabic { format!("{ar} {last_ar}") } else { format!("{en} {last_en}") };
    (name, format!("{mailbox}.{}", number + 1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn nobody_is_there_twice() {
        let all: BTreeSet<_> = (0..208).map(|number| super::person(number, number % 2 == 1).0).collect();
        assert_eq!(all.len(), 208);
    }
}
