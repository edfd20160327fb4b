//! What a column holds, and how its name tells.

use base::ascii_digit;
use model::NumberKind;

use crate::fold::fold;

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// Nothing that is taken over.
    #[default]
    Ignore,
    /// Given name.
    FirstName,
    /// Second given name; goes behind the first.
    MiddleName,
    /// Family name.
    LastName,
    /// The whole name in one cell.
    FullName,
    /// Organisation.
    Company,
    /// Position.
    JobTitle,
    /// Telephone numbers; several stand apart by ` ::: `.
    Number(NumberKind),
    /// The kind or label of the number in the next number column.
    NumberLabel,
    /// E-mail addresses.
    Email,
    /// SIP addresses.
    Sip,
    /// Groups, apart by `;`, `,` or ` ::: `.
    Groups,
    /// Note.
    Note,
    /// `1`, `true`, `yes`, `نعم`.
    Favourite,
    /// A line of its own, with this name.
    Field(String),
}

/// What each column holds, from the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(pub Vec<Column>);

impl Mapping {
    /// The first column of words is the name, if no other is.
    pub(super) fn with_names_first(mut self) -> Mapping {
        let named = self.0.iter().any(|c| matches!(c, Column::FullName));
        if let Some(first) = self.0.iter_mut().find(|c| **c == Column::Ignore).filter(|_| !named) {
            *first = Column::FullName;
        }
        self
    }
}

impl Column {
    /// A line of the company's own, under the name that its header has.
    #[must_use]
    pub fn field(header: &str) -> Column {
        Column::Field(header.trim().strip_prefix("Field: ").unwrap_or(header.trim()).to_owned())
    }

    /// By the name of the column: English and Arabic words, the exports of Google and Outlook, our own.
    #[must_use]
    pub fn named(name: &str) -> Column {
        if let Some(field) = name.trim().strip_prefix("Field: ") {
            return Column::Field(field.to_owned());
        }
        let folded = fold(name);
        // "Phone 2 - Value", "E-mail 2 Address": the number of the column is none of its meaning.
        let words: Vec<&str> = folded.split(' ').filter(|w| !w.bytes().all(|b| b.is_ascii_digit())).collect();
        let name = words.join(" ");
        let exact = EXACT.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, column)| column.clone());
        exact.unwrap_or_else(|| Column::by_words(&words))
    }

    fn by_words(words: &[&str]) -> Column {
        let words: Vec<&str> = words.iter().map(|word| word.strip_prefix("ال").unwrap_or(word)).collect();
        let has = |some: &[&str]| words.iter().any(|word| some.contains(word));
        let last = words.last().copied().unwrap_or_default();
        let phone = has(&[
            "phone",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "fax",
            "pager",
            "هاتف",
            "تلفون",
            "تليفون",
            "جوال",
            "موبايل",
            "محمول",
            "فاكس",
        ]);
        if phone && (matches!(last, "type" | "label" | "kind") || has(&["نوع"])) {
            Column::NumberLabel
        } else if phone {
            Column::Number(kind(&words))
        } else if has(&["email", "mail", "ايميل", "بريد"]) && !matches!(last, "type" | "label" | "name") {
            Column::Email
        } else {
            Column::Ignore
        }
    }

    /// By what stands in it: numbers, e-mail addresses, or something that nobody can tell.
    pub(super) fn guessed<'a>(cells: impl Iterator<Item = &'a String>) -> Column {
        let (mut numbers, mut emails, mut all) = (0, 0, 0);
        for cell in cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            let digits = cell.chars().filter(|c| ascii_digit(*c).is_some()).count();
            all += 1;
            emails += usize::from(cell.contains('@'));
            numbers += usize::from(digits >= 3 && !cell.chars().any(char::is_alphabetic));
        }
        match () {
            () if 2 * numbers > all => Column::Number(NumberKind::Other),
            () if 2 * emails > all => Column::Email,
            () => Column::Ignore,
        }
    }
}

fn kind(words: &[&str]) -> NumberKind {
    let has = |some: &[&str]| words.iter().any(|word| some.contains(word));
    match () {
        () if has(&["fax", "فاكس"]) => NumberKind::Fax,
        () if has(&["mobile", "cell", "جوال", "موبايل", "محمول"]) => NumberKind::Mobile,
        () if has(&["main"]) => NumberKind::Main,
        () if has(&["work", "business", "office", "company", "عمل", "المكتب", "مكتب"]) => NumberKind::Work,
        () if has(&["home", "منزل", "بيت"]) => NumberKind::Home,
        () => NumberKind::Other,
    }
}

/// Folded names without digits.
const EXACT: &[(&[&str], Column)] = &[
    (&["first name", "given name", "firstname", "forename", "الاسم الاول", "اسم الاول", "الاول"], Column::FirstName),
    (&["middle name", "additional name", "اسم الاب", "الاسم الاوسط"], Column::MiddleName),
    (
        &["last name", "family name", "surname", "lastname", "اسم العايله", "العايله", "اللقب", "الاسم الاخير", "الكنيه"],
        Column::LastName,
    ),
    (
        &[
            "name",
            "full name",
            "display name",
            "fullname",
            "contact",
            "contact name",
            "customer",
            "customer name",
            "الاسم",
            "اسم",
            "الاسم الكامل",
            "اسم العميل",
            "العميل",
            "اسم جهه الاتصال",
        ],
        Column::FullName,
    ),
    (
        &[
            "company",
            "organization",
            "organisation",
            "company name",
            "organization name",
            "organisation name",
            "الشركه",
            "شركه",
            "اسم الشركه",
            "الموسسه",
            "جهه العمل",
            "الجهه",
        ],
        Column::Company,
    ),
    (
        &["job title", "title", "organization title", "position", "role", "المسمي الوظيفي", "الوظيفه", "المنصب"],
        Column::JobTitle,
    ),
    (&["extension", "ext", "التحويله", "تحويله"], Column::Number(NumberKind::Extension)),
    (&["number", "numbers", "رقم", "الرقم", "الارقام", "رقم الاتصال"], Column::Number(NumberKind::Other)),
    (&["sip", "sip address", "sip uri", "عنوان sip"], Column::Sip),
    (
        &[
            "groups",
            "group",
            "labels",
            "categories",
            "category",
            "group membership",
            "tags",
            "المجموعه",
            "المجموعات",
            "التصنيف",
            "التصنيفات",
        ],
        Column::Groups,
    ),
    (&["notes", "note", "comment", "comments", "remarks", "ملاحظات", "ملاحظه", "الملاحظات"], Column::Note),
    (&["favourite", "favorite", "starred", "المفضله", "مفضل"], Column::Favourite),
];
