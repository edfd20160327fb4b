//! Names found across scripts and spellings (SPEC 3 item 5: recall of at least 95 %).

use book::fold::{Found, Hit, Indexed, WordIndex, query, search_words};
use book::number::Region;
use model::{Contact, ContactNumber};

const NAMES: &str = include_str!("data/names.txt");
const UNSEEN: &str = include_str!("data/names_unseen.txt");
const SEARCHES: &str = include_str!("data/searches.txt");

struct Spelling {
    group: usize,
    text: &'static str,
    indexed: Indexed,
}

fn indexed(name: &str, numbers: &str) -> Indexed {
    let number = |number: &str| ContactNumber { number: number.trim().into(), ..ContactNumber::default() };
    let numbers = numbers.split(',').filter(|n| !n.trim().is_empty()).map(number).collect();
    search_words(&Contact { display_name: name.trim().into(), numbers, ..Contact::default() }, Region::SA)
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn spellings(names: &'static str) -> Vec<Spelling> {
    let split = |(group, line): (usize, &'static str)| {
        line.split(['|', ',', '،']).map(move |text| Spelling { group, text: text.trim(), indexed: indexed(text, "") })
    };
    lines(names).enumerate().flat_map(split).collect()
}

/// Whether a spelling of the one is spelled like a word of the other: Nour El Din is no wrong answer to نور.
fn related(all: &[Spelling], asked: usize, other: usize) -> bool {
    let of = |group: usize| all.iter().filter(move |s| s.group == group);
    of(asked).any(|a| of(other).any(|b| query(a.text).hit(&b.indexed) == Some(Hit::Spelling)))
}

/// What came of asking every spelling for every other.
struct Outcome {
    names: usize,
    recall: f64,
    precision: f64,
    missed: String,
    confused: String,
}

fn judge(names: &'static str) -> Outcome {
    let all = spellings(names);
    let (mut wanted, mut found, mut missed, mut confused) = (0_u32, 0_u32, Vec::new(), Vec::new());
    for asked in &all {
        let query = query(asked.text);
        for other in &all {
            let hit = query.hit(&other.indexed);
            if other.group == asked.group {
                wanted += 1;
                found += u32::from(hit.is_some());
                if hit.is_none() {
                    missed.push(format!("{} ↛ {}", asked.text, other.text));
                }
            } else if hit == Some(Hit::Sound) && !related(&all, asked.group, other.group) {
                confused.push(format!("{} → {}", asked.text, other.text));
            }
        }
    }
    let strangers = u32::try_from(confused.len()).unwrap();
    Outcome {
        names: all.last().map_or(0, |s| s.group + 1),
        recall: f64::from(found) / f64::from(wanted),
        precision: f64::from(found) / f64::from(found + strangers),
        missed: missed.join(", "),
        confused: confused.join(", "),
    }
}

#[test]
fn spec_3_item_5_names_are_found_in_either_script() {
    for (list, names, least) in [("tuned", NAMES, 120), ("unseen", UNSEEN, 50)] {
        let Outcome { names, recall, precision, missed, confused } = judge(names);
        println!("{list}: {names} names, recall {recall:.3}, precision {precision:.3}; missed: {missed}");
        assert!(names >= least, "{names} names");
        assert!(recall >= 0.95, "{list}: recall {recall:.4}; missed {missed}");
        assert!(precision >= 0.80, "{list}: precision {precision:.4}; confused {confused}");
    }
}

#[test]
fn spec_ct_02_searches_find_what_was_meant() {
    let mut wrong = Vec::new();
    for line in lines(SEARCHES) {
        let [contact, typed, expected] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        let (name, numbers) = contact.split_once('/').unwrap_or((contact, ""));
        let hit = match query(typed).hit(&indexed(name, numbers)) {
            Some(Hit::Spelling) => "spelling",
            Some(Hit::Number) => "number",
            Some(Hit::Sound) => "sound",
            None => "none",
        };
        if hit != expected {
            wrong.push(format!("{line}: {hit}; {:?} {:?}", query(typed), indexed(name, numbers)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_question_holds_only_quoted_words() {
    let asked = query("No\"or OR (x) NEAR* ^a:b 050").match_expression().expect("there are words in it");
    let outside: String = asked.split('"').step_by(2).collect();
    let words: Vec<&str> = outside.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    assert!(words.iter().all(|w| ["OR", "AND", "folded", "skeleton", "digits"].contains(w)), "{asked}");
    assert_eq!(query("nour").match_expression().as_deref(), Some(r#"((folded : ("nour"*) OR skeleton : ("nur")))"#));
    let open = query("mohamm").match_expression().expect("a word");
    assert!(open.contains("\"mhm\"*"), "{open}");
    assert_eq!(query(" \u{200f}-").match_expression(), None);
    assert!(query("").is_empty());
    assert_eq!(query("+٩٦٦ (٥٠)").digits(), Some("96650"));
    assert_eq!(query("a1").digits(), None);
}

#[test]
fn notes_are_not_searched_and_fields_are() {
    let contact = Contact {
        first_name: "Rana".into(),
        note: "secret".into(),
        emails: vec!["rana@maydan.example".into()],
        groups: vec!["الجملة".into()],
        ..Contact::default()
    };
    let indexed = search_words(&contact, Region::SA);
    assert_eq!(query("secret").hit(&indexed), None);
    assert_eq!(query("maydan").hit(&indexed), Some(Hit::Spelling));
    assert_eq!(query("جمله").hit(&indexed), Some(Hit::Spelling));
}

/// Everything that is typed, asked of everybody.
#[test]
fn the_index_in_memory_says_what_each_contact_says() {
    let people: Vec<Indexed> = lines(NAMES)
        .chain(lines(UNSEEN))
        .flat_map(|line| line.split(['|', ',', '،']))
        .zip(["+966 50 123 4567", "190", "", "0112345678, 4455"].into_iter().cycle())
        .map(|(name, numbers)| indexed(name, numbers))
        .collect();
    let mut index = WordIndex::default();
    for (at, one) in people.iter().enumerate() {
        assert_eq!(index.add(one) as usize, at);
    }
    let gone = [0, 7, 64];
    gone.iter().for_each(|&place| index.remove(place));
    assert_eq!((index.removed(), index.added() as usize), (3, people.len()));
    let typed = lines(SEARCHES).filter_map(|line| line.split('|').nth(1)).chain([
        "",
        "0",
        "19",
        "12 34",
        "nour 4567",
        "+966 5",
    ]);
    let all: Vec<&str> = typed.chain(lines(UNSEEN).flat_map(|line| line.split('|'))).collect();
    for typed in all {
        for end in typed.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let asked = query(&typed[..end]);
            let Found { spelled, heard } = index.find(&asked);
            for (at, one) in people.iter().enumerate() {
                let place = u32::try_from(at).unwrap();
                let said = (spelled.contains(place), heard.contains(place));
                let hit = asked.hit(one).filter(|_| !gone.contains(&place));
                assert_eq!(
                    said,
                    (matches!(hit, Some(Hit::Spelling | Hit::Number)), hit == Some(Hit::Sound)),
                    "{:?}: {one:?}",
                    &typed[..end]
                );
            }
        }
    }
}
