//! The address book, from the engine's words to the shapes on the bridge and back.

use engine::{Charset, Column, FileKind, Mapping, Options};
use ipc::{
    Contact, ContactFault, ContactFaultWhy, ContactLine, ContactPart, ContactSaved, ContactStanding, ContactVersions,
    ContactsPage, ContactsSync, ContactsSyncPhase, ContactsWhich, ImportCharset, ImportColumn, ImportOptions,
    ImportPreview, ImportReport, ImportSeparator, ImportTable, LetterCount, SkipWhy, Skipped,
};
use model::NumberKind;

/// A page of the list.
#[must_use]
pub fn page(page: engine::ContactsPage) -> ContactsPage {
    let line = |line: engine::ContactLine| ContactLine {
        id: line.id.to_string(),
        name: line.name,
        company: line.company,
        number: line.number,
        favourite: line.favourite,
        book: line.book.into(),
        source: line.source,
        open: line.open,
    };
    let letter = |letter: engine::LetterCount| LetterCount { letter: letter.letter, count: letter.count };
    ContactsPage {
        lines: page.lines.into_iter().map(line).collect(),
        total: page.total,
        more: page.more,
        letters: page.letters.into_iter().map(letter).collect(),
    }
}

/// A contact under its name.
#[must_use]
pub fn contact(contact: &model::Contact) -> Contact {
    Contact::new(contact, engine::shown_name(contact))
}

/// A part of the book.
#[must_use]
pub fn which(which: ContactsWhich) -> engine::Which {
    match which {
        ContactsWhich::All => engine::Which::All,
        ContactsWhich::Favourites => engine::Which::Favourites,
        ContactsWhich::Personal => engine::Which::Personal,
        ContactsWhich::Company => engine::Which::Company,
        ContactsWhich::Open => engine::Which::Open,
    }
}

/// How an edit stands.
#[must_use]
pub fn standing(standing: engine::Standing) -> ContactStanding {
    match standing {
        engine::Standing::Clean => ContactStanding::Clean,
        engine::Standing::Waiting => ContactStanding::Waiting,
        engine::Standing::Conflict => ContactStanding::Conflict,
        engine::Standing::Refused => ContactStanding::Refused,
    }
}

/// Two versions of a contact.
#[must_use]
pub fn versions(dispute: &engine::Dispute) -> ContactVersions {
    ContactVersions {
        mine: dispute.mine.as_ref().map(contact),
        theirs: dispute.theirs.as_ref().map(contact),
        refused: dispute.why != engine::DisputeWhy::Conflict,
    }
}

/// How the books stand at the team server.
#[must_use]
pub fn sync(sync: &engine::ContactsSync) -> ContactsSync {
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    ContactsSync {
        phase: match sync.phase {
            engine::SyncPhase::Offline => ContactsSyncPhase::Offline,
            engine::SyncPhase::Rested => ContactsSyncPhase::Rested,
            engine::SyncPhase::Working { done, total } => {
                ContactsSyncPhase::Working { done: count(done), total: count(total) }
            }
        },
        synced_at_ms: sync.synced_at.map(|at| at.0),
        waiting: count(sync.waiting),
        open: count(sync.conflicts + sync.refused),
        company_writable: sync.company_writable,
    }
}

/// What became of a contact that was to be kept.
#[must_use]
pub fn saved(saved: &engine::Saved) -> ContactSaved {
    match saved {
        engine::Saved::Kept(kept) => ContactSaved::Kept { contact: Box::new(contact(kept)) },
        engine::Saved::Refused(faults) => ContactSaved::Refused { faults: faults.iter().map(fault).collect() },
    }
}

fn fault(fault: &engine::ContactFault) -> ContactFault {
    let part = match fault.part {
        engine::ContactPart::Name => ContactPart::Name,
        engine::ContactPart::Company => ContactPart::Company,
        engine::ContactPart::JobTitle => ContactPart::JobTitle,
        engine::ContactPart::Number => ContactPart::Number,
        engine::ContactPart::Email => ContactPart::Email,
        engine::ContactPart::SipAddress => ContactPart::SipAddress,
        engine::ContactPart::Group => ContactPart::Group,
        engine::ContactPart::Field => ContactPart::Field,
        engine::ContactPart::Note => ContactPart::Note,
    };
    let why = match fault.why {
        engine::FaultWhy::Missing => ContactFaultWhy::Missing,
        engine::FaultWhy::NotANumber => ContactFaultWhy::NotANumber,
        engine::FaultWhy::NotAnAddress => ContactFaultWhy::NotAnAddress,
        engine::FaultWhy::TooLong => ContactFaultWhy::TooLong,
        engine::FaultWhy::TooMany => ContactFaultWhy::TooMany,
    };
    ContactFault { part, place: narrow(fault.place), why }
}

/// What an import would bring.
#[must_use]
pub fn preview(preview: &engine::ImportPreview) -> ImportPreview {
    let table = match &preview.kind {
        FileKind::Cards => None,
        FileKind::Table(look) => Some(ImportTable {
            options: ImportOptions {
                charset: charset(look.options.charset),
                separator: separator(look.options.separator),
                header: look.options.header,
            },
            mapping: look.mapping.0.iter().map(column).collect(),
            header: look.header.clone(),
            rows: look.rows.clone(),
        }),
    };
    ImportPreview {
        file: u32::try_from(preview.file).unwrap_or(u32::MAX),
        name: preview.name.clone(),
        table,
        contacts: preview.contacts,
        sample: preview.sample.iter().map(contact).collect(),
        skipped: preview.skipped.iter().map(skipped).collect(),
        skipped_count: preview.skipped_count,
    }
}

/// What became of an import.
#[must_use]
pub fn report(report: &engine::ImportReport) -> ImportReport {
    ImportReport {
        imported: report.imported,
        skipped: report.skipped.iter().map(skipped).collect(),
        skipped_count: report.skipped_count,
    }
}

fn skipped(skipped: &engine::Skipped) -> Skipped {
    let why = match skipped.why {
        engine::SkipWhy::Empty => SkipWhy::Empty,
        engine::SkipWhy::NoNumber => SkipWhy::NoNumber,
        engine::SkipWhy::Rounded => SkipWhy::Rounded,
        engine::SkipWhy::TooLong => SkipWhy::TooLong,
        engine::SkipWhy::NoEnd => SkipWhy::NoEnd,
        engine::SkipWhy::TooLarge => SkipWhy::TooLarge,
        engine::SkipWhy::AlreadyThere => SkipWhy::AlreadyThere,
        engine::SkipWhy::TooMany => SkipWhy::TooMany,
    };
    Skipped { line: u32::try_from(skipped.line).unwrap_or(u32::MAX), column: skipped.column.map(narrow), why }
}

/// How to read a table.
#[must_use]
pub fn options(options: &ImportOptions) -> Options {
    let charset = match options.charset {
        ImportCharset::Utf8 => Charset::Utf8,
        ImportCharset::Utf16Le => Charset::Utf16Le,
        ImportCharset::Utf16Be => Charset::Utf16Be,
        ImportCharset::Windows1256 => Charset::Windows1256,
        ImportCharset::Windows1252 => Charset::Windows1252,
    };
    let separator = match options.separator {
        ImportSeparator::Semicolon => b';',
        ImportSeparator::Comma => b',',
        ImportSeparator::Tab => b'\t',
        ImportSeparator::Bar => b'|',
    };
    Options { charset, separator, header: options.header }
}

/// How a table is read.
#[must_use]
pub fn told_options(options: Options) -> ImportOptions {
    ImportOptions { charset: charset(options.charset), separator: separator(options.separator), header: options.header }
}

fn charset(charset: Charset) -> ImportCharset {
    match charset {
        Charset::Utf8 => ImportCharset::Utf8,
        Charset::Utf16Le => ImportCharset::Utf16Le,
        Charset::Utf16Be => ImportCharset::Utf16Be,
        Charset::Windows1256 => ImportCharset::Windows1256,
        Charset::Windows1252 => ImportCharset::Windows1252,
    }
}

fn separator(byte: u8) -> ImportSeparator {
    match byte {
        b';' => ImportSeparator::Semicolon,
        b'\t' => ImportSeparator::Tab,
        b'|' => ImportSeparator::Bar,
        _ => ImportSeparator::Comma,
    }
}

/// What each column holds; one of its own is called as its header.
#[must_use]
pub fn mapping(columns: &[ImportColumn], header: &[String]) -> Mapping {
    let own = |at: usize| Column::field(header.get(at).map_or("", String::as_str));
    let number = Column::Number;
    let column = |(at, column): (usize, &ImportColumn)| match column {
        ImportColumn::Ignore => Column::Ignore,
        ImportColumn::FirstName => Column::FirstName,
        ImportColumn::MiddleName => Column::MiddleName,
        ImportColumn::LastName => Column::LastName,
        ImportColumn::FullName => Column::FullName,
        ImportColumn::Company => Column::Company,
        ImportColumn::JobTitle => Column::JobTitle,
        ImportColumn::Mobile => number(NumberKind::Mobile),
        ImportColumn::Work => number(NumberKind::Work),
        ImportColumn::Home => number(NumberKind::Home),
        ImportColumn::Main => number(NumberKind::Main),
        ImportColumn::Extension => number(NumberKind::Extension),
        ImportColumn::Fax => number(NumberKind::Fax),
        ImportColumn::Other => number(NumberKind::Other),
        ImportColumn::NumberLabel => Column::NumberLabel,
        ImportColumn::Email => Column::Email,
        ImportColumn::Sip => Column::Sip,
        ImportColumn::Groups => Column::Groups,
        ImportColumn::Note => Column::Note,
        ImportColumn::Favourite => Column::Favourite,
        ImportColumn::Field => own(at),
    };
    Mapping(columns.iter().enumerate().map(column).collect())
}

fn column(column: &Column) -> ImportColumn {
    match column {
        Column::Ignore => ImportColumn::Ignore,
        Column::FirstName => ImportColumn::FirstName,
        Column::MiddleName => ImportColumn::MiddleName,
        Column::LastName => ImportColumn::LastName,
        Column::FullName => ImportColumn::FullName,
        Column::Company => ImportColumn::Company,
        Column::JobTitle => ImportColumn::JobTitle,
        Column::Number(NumberKind::Mobile) => ImportColumn::Mobile,
        Column::Number(NumberKind::Work) => ImportColumn::Work,
        Column::Number(NumberKind::Home) => ImportColumn::Home,
        Column::Number(NumberKind::Main) => ImportColumn::Main,
        Column::Number(NumberKind::Extension) => ImportColumn::Extension,
        Column::Number(NumberKind::Fax) => ImportColumn::Fax,
        Column::Number(NumberKind::Other) => ImportColumn::Other,
        Column::NumberLabel => ImportColumn::NumberLabel,
        Column::Email => ImportColumn::Email,
        Column::Sip => ImportColumn::Sip,
        Column::Groups => ImportColumn::Groups,
        Column::Note => ImportColumn::Note,
        Column::Favourite => ImportColumn::Favourite,
        Column::Field(_) => ImportColumn::Field,
    }
}

/// A name from a header: those carry ASCII only. What is no escape stays as it is.
#[must_use]
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        let escaped = rest.strip_prefix('%').and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok());
        let length = if escaped.is_some() { 3 } else { rest.chars().next().map_or(1, char::len_utf8) };
        match escaped {
            Some(byte) => bytes.push(byte),
            None if length == 1 => bytes.push(first),
            None => bytes.extend_from_slice(&rest.as_bytes()[..length]),
        }
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_arrive_whole() {
        assert_eq!(percent_decoded("%D8%B9%D9%85%D9%84%D8%A7%D8%A1%20100%25.csv"), "عملاء 100%.csv");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%é"), "%zz%é");
        assert_eq!(percent_decoded(""), "");
    }

    #[test]
    fn columns_go_there_and_back() {
        let header: Vec<String> = ["Name", "Field: Branch", "Tel"].map(str::to_owned).into();
        let inside = mapping(&[ImportColumn::FullName, ImportColumn::Field, ImportColumn::Work], &header);
        assert_eq!(inside.0[1], Column::Field("Branch".into()));
        let outside: Vec<ImportColumn> = inside.0.iter().map(column).collect();
        assert_eq!(outside, [ImportColumn::FullName, ImportColumn::Field, ImportColumn::Work]);
    }
}
