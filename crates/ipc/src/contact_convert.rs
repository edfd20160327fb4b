//! The address book, from the words inside to the shapes on the bridge and back.

use model::ContactId;

use crate::{Contact, ContactBook, ContactField, ContactNumber, NumberKind};

impl Contact {
    /// A contact under the name that is shown.
    #[must_use]
    pub fn new(contact: &model::Contact, name: String) -> Self {
        Contact {
            id: contact.id.to_string(),
            book: contact.book.into(),
            name,
            first_name: contact.first_name.clone(),
            last_name: contact.last_name.clone(),
            display_name: contact.display_name.clone(),
            company: contact.company.clone(),
            job_title: contact.job_title.clone(),
            numbers: contact.numbers.iter().map(Into::into).collect(),
            emails: contact.emails.clone(),
            sip_addresses: contact.sip_addresses.clone(),
            groups: contact.groups.clone(),
            fields: contact.fields.iter().map(Into::into).collect(),
            note: contact.note.clone(),
            favourite: contact.favourite,
        }
    }

    /// What is to be kept; `None` when the id is none.
    #[must_use]
    pub fn into_model(self) -> Option<model::Contact> {
        let id = if self.id.is_empty() { ContactId::default() } else { self.id.parse().ok()? };
        Some(model::Contact {
            id,
            book: self.book.into(),
            first_name: self.first_name,
            last_name: self.last_name,
            display_name: self.display_name,
            company: self.company,
            job_title: self.job_title,
            numbers: self.numbers.into_iter().map(Into::into).collect(),
            emails: self.emails,
            sip_addresses: self.sip_addresses,
            groups: self.groups,
            fields: self.fields.into_iter().map(Into::into).collect(),
            note: self.note,
            favourite: self.favourite,
            ..model::Contact::default()
        })
    }
}

impl From<model::Book> for ContactBook {
    fn from(book: model::Book) -> Self {
        match book {
            model::Book::Personal => ContactBook::Personal,
            model::Book::Company => ContactBook::Company,
        }
    }
}

impl From<ContactBook> for model::Book {
    fn from(book: ContactBook) -> Self {
        match book {
            ContactBook::Personal => model::Book::Personal,
            ContactBook::Company => model::Book::Company,
        }
    }
}

impl From<&model::ContactNumber> for ContactNumber {
    fn from(number: &model::ContactNumber) -> Self {
        ContactNumber {
            number: number.number.clone(),
            kind: number.kind.into(),
            label: number.label.clone(),
            primary: number.primary,
        }
    }
}

impl From<ContactNumber> for model::ContactNumber {
    fn from(number: ContactNumber) -> Self {
        model::ContactNumber {
            number: number.number,
            kind: number.kind.into(),
            label: number.label,
            primary: number.primary,
        }
    }
}

impl From<&model::ContactField> for ContactField {
    fn from(field: &model::ContactField) -> Self {
        ContactField { name: field.name.clone(), value: field.value.clone() }
    }
}

impl From<ContactField> for model::ContactField {
    fn from(field: ContactField) -> Self {
        model::ContactField { name: field.name, value: field.value }
    }
}

macro_rules! same_kinds {
    ($($name:ident),* $(,)?) => {
        impl From<model::NumberKind> for NumberKind {
            fn from(kind: model::NumberKind) -> Self {
                match kind {
                    $(model::NumberKind::$name => NumberKind::$name,)*
                }
            }
        }

        impl From<NumberKind> for model::NumberKind {
            fn from(kind: NumberKind) -> Self {
                match kind {
                    $(NumberKind::$name => model::NumberKind::$name,)*
                }
            }
        }
    };
}

same_kinds!(Mobile, Work, Home, Main, Extension, Fax, Other);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_comes_back_as_it_went() {
        let contact = model::Contact {
            id: ContactId(7),
            book: model::Book::Company,
            first_name: "نور".into(),
            numbers: vec![model::ContactNumber {
                number: "101".into(),
                kind: model::NumberKind::Extension,
                ..Default::default()
            }],
            fields: vec![model::ContactField { name: "Branch".into(), value: "Riyadh".into() }],
            favourite: true,
            ..model::Contact::default()
        };
        assert_eq!(Contact::new(&contact, "نور".into()).into_model(), Some(contact));
        let odd = Contact { id: "none".into(), ..Contact::new(&model::Contact::default(), String::new()) };
        assert_eq!(odd.into_model(), None);
    }
}
