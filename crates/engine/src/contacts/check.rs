//! Whether a contact can be kept, and what about it cannot.

use book::number::{Region, read};
use book::{clean, clean_line, clean_number};
use model::Contact;

/// Characters of a line.
const LONGEST_LINE: usize = 200;
/// Characters of a note.
const LONGEST_NOTE: usize = 20_000;
/// Numbers, addresses, groups or fields of a contact.
const MOST: usize = 100;

/// What became of a contact that was to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It stands in the book, as it is here.
    Kept(Box<Contact>),
    /// Nothing was changed: this has to be mended first.
    Refused(Vec<ContactFault>),
}

/// What has to be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactFault {
    /// Where.
    pub part: ContactPart,
    /// Which of several, from 0, as they were given; 0 where there is only one.
    pub place: usize,
    /// Why.
    pub why: FaultWhy,
}

/// A part of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactPart {
    /// What it is called: first, last or display name, or the company.
    Name,
    /// Organisation.
    Company,
    /// Position.
    JobTitle,
    /// A number or its label.
    Number,
    /// An e-mail address.
    Email,
    /// A SIP address.
    SipAddress,
    /// A group.
    Group,
    /// A line of the company's own.
    Field,
    /// The note.
    Note,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultWhy {
    /// Neither a name nor a number or address.
    Missing,
    /// This cannot be called.
    NotANumber,
    /// This is no address.
    NotAnAddress,
    /// Too long.
    TooLong,
    /// Too many of them.
    TooMany,
}

/// A contact as it is kept: nothing invisible, no empty lines, one primary number at most. `Err`: what has to be mended first.
pub(super) fn checked(given: Contact) -> Result<Contact, Vec<ContactFault>> {
    let mut faults = Vec::new();
    let contact = cleaned(given, &mut faults);
    let Contact { first_name, last_name, display_name, company, .. } = &contact;
    let nameless = [first_name, last_name, display_name, company].iter().all(|name| name.is_empty());
    if nameless && contact.numbers.is_empty() && contact.emails.is_empty() && contact.sip_addresses.is_empty() {
        faults.push(ContactFault { part: ContactPart::Name, place: 0, why: FaultWhy::Missing });
    }
    if faults.is_empty() { Ok(contact) } else { Err(faults) }
}

fn cleaned(given: Contact, faults: &mut Vec<ContactFault>) -> Contact {
    let mut check = |part, place, wrong: bool, why| {
        if wrong {
            faults.push(ContactFault { part, place, why });
        }
    };
    let long = |text: &str| text.chars().count() > LONGEST_LINE;
    let mut contact = Contact {
        first_name: clean_line(&given.first_name),
        last_name: clean_line(&given.last_name),
        display_name: clean_line(&given.display_name),
        company: clean_line(&given.company),
        job_title: clean_line(&given.job_title),
        note: clean(&given.note),
        numbers: Vec::new(),
        emails: Vec::new(),
        sip_addresses: Vec::new(),
        groups: Vec::new(),
        fields: Vec::new(),
        ..given
    };
    let names = [&contact.first_name, &contact.last_name, &contact.display_name];
    check(ContactPart::Name, 0, names.iter().any(|name| long(name)), FaultWhy::TooLong);
    check(ContactPart::Company, 0, long(&contact.company), FaultWhy::TooLong);
    check(ContactPart::JobTitle, 0, long(&contact.job_title), FaultWhy::TooLong);
    check(ContactPart::Note, 0, contact.note.chars().count() > LONGEST_NOTE, FaultWhy::TooLong);

    check(ContactPart::Number, MOST, given.numbers.len() > MOST, FaultWhy::TooMany);
    for (place, mut number) in given.numbers.into_iter().enumerate().take(MOST) {
        number.number = clean_number(&number.number);
        number.label = clean_line(&number.label);
        if number.number.is_empty() {
            continue;
        }
        let callable = read(&number.number, Region::UNKNOWN).is_some();
        check(ContactPart::Number, place, !callable, FaultWhy::NotANumber);
        check(ContactPart::Number, place, long(&number.label), FaultWhy::TooLong);
        number.primary &= !contact.numbers.iter().any(|other| other.primary);
        contact.numbers.push(number);
    }
    let mut lines = |part, values: Vec<String>, is_right: fn(&str) -> bool| {
        check(part, MOST, values.len() > MOST, FaultWhy::TooMany);
        let mut kept: Vec<String> = Vec::new();
        for (place, value) in values.iter().map(|value| clean_line(value)).enumerate().take(MOST) {
            check(part, place, long(&value), FaultWhy::TooLong);
            check(part, place, !value.is_empty() && !is_right(&value), FaultWhy::NotAnAddress);
            if !value.is_empty() && !kept.contains(&value) {
                kept.push(value);
            }
        }
        kept
    };
    contact.emails = lines(ContactPart::Email, given.emails, is_address);
    let without_scheme = |address: String| address.trim().trim_start_matches("sip:").to_owned();
    let sip = given.sip_addresses.into_iter().map(without_scheme).collect();
    contact.sip_addresses = lines(ContactPart::SipAddress, sip, is_address);
    contact.groups = lines(ContactPart::Group, given.groups, |_| true);
    check(ContactPart::Field, MOST, given.fields.len() > MOST, FaultWhy::TooMany);
    for (place, mut field) in given.fields.into_iter().enumerate().take(MOST) {
        (field.name, field.value) = (clean_line(&field.name), clean_line(&field.value));
        check(ContactPart::Field, place, long(&field.name) || long(&field.value), FaultWhy::TooLong);
        if !field.name.is_empty() || !field.value.is_empty() {
            contact.fields.push(field);
        }
    }
    contact
}

/// `somebody@somewhere`, whatever stands on either side.
fn is_address(text: &str) -> bool {
    let apart = |(user, host): (&str, &str)| !user.is_empty() && !host.is_empty() && !user.contains('@');
    !text.contains(char::is_whitespace) && text.rsplit_once('@').is_some_and(apart)
}

#[cfg(test)]
mod tests {
    use model::ContactNumber;

    use super::*;

    fn number(number: &str) -> ContactNumber {
        ContactNumber { number: number.into(), primary: true, ..ContactNumber::default() }
    }

    #[test]
    fn what_is_typed_is_tidied_and_kept() {
        let contact = checked(Contact {
            first_name: " نور\u{202e} ".into(),
            numbers: vec![number("٠٥٠ ١٢٣ ٤٥٦٧"), number("  "), number("101")],
            emails: vec!["noor@maydan.example".into(), String::new(), "noor@maydan.example".into()],
            sip_addresses: vec!["sip:noor@pbx.example".into()],
            ..Contact::default()
        })
        .unwrap();
        assert_eq!(contact.first_name, "نور");
        assert_eq!(
            contact.numbers.iter().map(|n| (n.number.as_str(), n.primary)).collect::<Vec<_>>(),
            [("050 123 4567", true), ("101", false)]
        );
        assert_eq!(contact.emails, ["noor@maydan.example"]);
        assert_eq!(contact.sip_addresses, ["noor@pbx.example"]);
    }

    #[test]
    fn each_fault_names_its_field_as_it_was_given() {
        let faults = checked(Contact {
            numbers: vec![number(""), number("call me")],
            emails: vec!["noor".into()],
            note: "x".repeat(LONGEST_NOTE + 1),
            ..Contact::default()
        })
        .unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.part, fault.place, fault.why)).collect();
        let expected = [
            (ContactPart::Note, 0, FaultWhy::TooLong),
            (ContactPart::Number, 1, FaultWhy::NotANumber),
            (ContactPart::Email, 0, FaultWhy::NotAnAddress),
        ];
        assert_eq!(found, expected);
        let missing = ContactFault { part: ContactPart::Name, place: 0, why: FaultWhy::Missing };
        assert_eq!(checked(Contact::default()), Err(vec![missing]));
    }
}
