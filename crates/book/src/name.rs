//! What a contact is called on screen, and where it stands in the letter index.

use model::Contact;

use crate::fold::fold;

/// The line that names a contact: what its owner chose, or first and last name, or the company, or how it is reached.
///
/// Empty only for a contact that has nothing of these.
#[must_use]
pub fn shown(contact: &Contact) -> String {
    let full = format!("{} {}", contact.first_name.trim(), contact.last_name.trim());
    let reached = || {
        let number = contact.numbers.iter().find(|n| n.primary).or(contact.numbers.first()).map(|n| n.number.as_str());
        number.or(contact.sip_addresses.first().map(String::as_str)).or(contact.emails.first().map(String::as_str))
    };
    [contact.display_name.trim(), full.trim(), contact.company.trim()]
        .into_iter()
        .find(|text| !text.is_empty())
        .or_else(reached)
        .unwrap_or_default()
        .to_owned()
}

/// The letter under which a name stands: `A`…`Z`, an Arabic letter without the article (أ for every alef), or `#`.
#[must_use]
pub fn letter(name: &str) -> char {
    match bare(&fold(name)).chars().next() {
        Some('ا') => 'أ',
        Some(c) if c.is_alphabetic() => c.to_uppercase().next().unwrap_or(c),
        _ => '#',
    }
}

/// Names in the order of their bytes: no case, no accents, no article. All of one [`letter`] stand together within one script.
#[must_use]
pub fn sort_key(name: &str) -> String {
    bare(&fold(name)).to_owned()
}

/// Without the article, as far as a name is left.
fn bare(folded: &str) -> &str {
    folded.strip_prefix("ال").filter(|rest| rest.chars().nth(1).is_some_and(|c| c != ' ')).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_ignore_the_article_and_the_form_of_alef() {
        let letters: String =
            ["Khaled", "الأمين", "إبراهيم", "العتيبي", "élan", "+966", "", "ال", "الله"].map(letter).iter().collect();
        assert_eq!(letters, "KأأعE##أل");
    }

    #[test]
    fn names_are_sorted_without_article_and_accents() {
        let mut names = ["الحربي", "بركات", "Zaki", "Éva", "إبراهيم", "adam"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["adam", "Éva", "Zaki", "إبراهيم", "بركات", "الحربي"]);
    }

    #[test]
    fn a_name_is_the_first_thing_that_is_there() {
        let mut contact = Contact { company: "Maydan".into(), ..Contact::default() };
        assert_eq!(shown(&contact), "Maydan");
        contact.last_name = "نور".into();
        assert_eq!(shown(&contact), "نور");
        contact.display_name = "N.".into();
        assert_eq!(shown(&contact), "N.");
        assert_eq!(shown(&Contact::default()), "");
    }
}
