//! Words of tables: what columns are called and what stands in them, in both languages. Compared as names are, so that hamzas, marks
//! and capitals do not count.

use book::fold::fold;
use model::Role;

use super::wish::UserField;

/// The language of a table that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableLanguage {
    /// English.
    English,
    /// Arabic.
    Arabic,
}

/// What columns are called. The first English and the first Arabic word is what is written.
const HEADERS: &[(UserField, &[&str], &[&str])] = &[
    (
        UserField::Id,
        &["Id", "Number", "Extension", "Number (Id)", "Ext", "User id"],
        &["المعرّف", "المعرف", "الرقم", "الرقم الداخلي", "التحويلة", "رقم", "التحويله"],
    ),
    (UserField::Password, &["Password"], &["كلمة المرور", "كلمة السر"]),
    (UserField::Pin, &["Access PIN", "PIN", "PIN code"], &["رمز الدخول", "الرمز السري", "رقم الدخول"]),
    (UserField::Role, &["Role"], &["الدور", "دور"]),
    (UserField::Name, &["Name", "Full name", "Display name", "User"], &["الاسم", "الاسم الكامل", "اسم", "اسم المستخدم"]),
    (
        UserField::Email,
        &["E-mail", "Email", "Mail", "E-mail address", "Email address"],
        &["البريد الإلكتروني", "البريد", "بريد إلكتروني", "الايميل"],
    ),
    (UserField::Department, &["Department"], &["القسم", "قسم", "الإدارة"]),
    (UserField::Agent, &["Agent", "Is agent", "Contact-centre agent"], &["موظف اتصال", "وكيل", "موظف"]),
    (UserField::CallTimeout, &["Call timeout", "Ring time"], &["مهلة الرنين", "مهلة المكالمة", "مهلة الاتصال"]),
    (UserField::WrapUp, &["Wrap up time", "Wrap-up time", "Wrap up", "Wrap-up"], &["وقت الإنهاء", "مدة الإنهاء"]),
    (UserField::MaxNoAnswer, &["Max no answer", "Maximum no answer"], &["أقصى عدم رد", "الحد الأقصى لعدم الرد"]),
    (UserField::BusyDelay, &["Busy delay time", "Busy delay"], &["مهلة الانشغال", "تأخير الانشغال"]),
    (UserField::RejectDelay, &["Reject delay time", "Reject delay"], &["مهلة الرفض", "تأخير الرفض"]),
    (UserField::NoAnswerDelay, &["No answer delay time", "No answer delay"], &["مهلة عدم الرد", "تأخير عدم الرد"]),
];

/// Roles by name, as the window has them.
const ROLES: &[(Role, &[&str], &str)] = &[
    (Role::User, &["User", "Agent"], "مستخدم"),
    (Role::Receptionist, &["Receptionist"], "موظف استقبال"),
    (Role::DepartmentAdministrator, &["Department administrator"], "مسؤول القسم"),
    (Role::Manager, &["Manager", "Supervisor"], "مدير"),
    (Role::Owner, &["Department owner", "Owner"], "مالك القسم"),
    (Role::SystemAdministrator, &["System administrator", "Administrator"], "مسؤول النظام"),
    (Role::SystemOwner, &["System owner"], "مالك النظام"),
];

const YES: &[&str] = &["true", "yes", "y", "on", "x", "نعم", "صحيح", "✓"];
const NO: &[&str] = &["false", "no", "n", "off", "لا", "خطأ"];

/// What a column seems to be by its name.
pub(super) fn field_named(name: &str) -> UserField {
    let name = plain(name);
    let is_it = |word: &&str| plain(word) == name;
    let found = HEADERS.iter().find(|(_, english, arabic)| english.iter().any(is_it) || arabic.iter().any(is_it));
    found.map_or(UserField::Ignore, |(field, ..)| *field)
}

/// What each column seems to be; no field twice.
pub(super) fn proposed(header: &[String]) -> Vec<UserField> {
    let mut taken = std::collections::BTreeSet::new();
    let once = |field: UserField| if taken.insert(field) { field } else { UserField::Ignore };
    header.iter().map(|name| field_named(name)).map(once).collect()
}

/// What a column is called.
pub(super) fn header(field: UserField, language: TableLanguage) -> &'static str {
    let words = HEADERS.iter().find(|(it, ..)| *it == field);
    let words = words.map_or(&[][..], |(_, english, arabic)| match language {
        TableLanguage::English => english,
        TableLanguage::Arabic => arabic,
    });
    words.first().copied().unwrap_or_default()
}

/// A role by its name or code.
pub(super) fn role_named(text: &str) -> Option<Role> {
    let text = plain(text);
    let is_it = |(role, english, arabic): &&(Role, &[&str], &str)| {
        plain(role.code()) == text || plain(arabic) == text || english.iter().any(|word| plain(word) == text)
    };
    ROLES.iter().find(is_it).map(|(role, ..)| *role)
}

/// The name of a role.
pub(super) fn role_name(role: Role, language: TableLanguage) -> &'static str {
    let found = ROLES.iter().find(|(it, ..)| *it == role);
    found.map_or("", |(_, english, arabic)| match language {
        TableLanguage::English => english.first().copied().unwrap_or_default(),
        TableLanguage::Arabic => arabic,
    })
}

/// Yes, or a number above 0; no, or 0. `None`: neither.
pub(super) fn is_yes(text: &str) -> Option<bool> {
    let text = text.trim();
    let digits: Option<String> = text.chars().map(base::ascii_digit).collect();
    match digits.filter(|digits| !digits.is_empty()) {
        Some(digits) => Some(digits.chars().any(|digit| digit != '0')),
        None if YES.iter().any(|word| plain(word) == plain(text)) => Some(true),
        None if NO.iter().any(|word| plain(word) == plain(text)) => Some(false),
        None => None,
    }
}

/// The word for it.
pub(super) fn yes_or_no(yes: bool, language: TableLanguage) -> &'static str {
    match (yes, language) {
        (true, TableLanguage::English) => "Yes",
        (false, TableLanguage::English) => "No",
        (true, TableLanguage::Arabic) => "نعم",
        (false, TableLanguage::Arabic) => "لا",
    }
}

/// Without case, marks and what stands between words.
pub(super) fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| !(c.is_whitespace() || "-_().:".contains(*c))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names_in_both_languages_bk_02() {
        for (name, field) in [
            ("Number (Id)", UserField::Id),
            (" EXTENSION ", UserField::Id),
            ("الرقم", UserField::Id),
            ("e-mail", UserField::Email),
            ("البريد الالكتروني", UserField::Email),
            ("Wrap Up Time", UserField::WrapUp),
            ("wrap_up", UserField::WrapUp),
            ("الدور", UserField::Role),
            ("Favourite colour", UserField::Ignore),
            ("", UserField::Ignore),
        ] {
            assert_eq!(field_named(name), field, "{name}");
        }
        for (field, ..) in HEADERS {
            for language in [TableLanguage::English, TableLanguage::Arabic] {
                assert_eq!(field_named(header(*field, language)), *field, "{field:?}");
            }
        }
        let twice = ["Id", "Name", "Extension"].map(str::to_owned);
        assert_eq!(proposed(&twice), [UserField::Id, UserField::Name, UserField::Ignore]);
    }

    #[test]
    fn roles_and_yes_are_read_in_both_languages_bk_02() {
        for role in Role::every() {
            assert_eq!(role_named(role.code()), Some(*role));
            for language in [TableLanguage::English, TableLanguage::Arabic] {
                assert_eq!(role_named(role_name(*role, language)), Some(*role));
            }
        }
        assert_eq!(role_named("Agnet"), None);
        for (text, yes) in [
            ("TRUE", Some(true)),
            ("yes", Some(true)),
            ("نعم", Some(true)),
            ("3", Some(true)),
            ("٢", Some(true)),
            ("0", Some(false)),
            ("لا", Some(false)),
            ("No", Some(false)),
            ("-1", None),
            ("maybe", None),
        ] {
            assert_eq!(is_yes(text), yes, "{text}");
        }
    }
}
