//! What an administrator may do with a status. Pure.

use model::{Blocks, StatusKind, StatusNames, status_text};
use team_api::{EditStatus, NewStatus, code};

use crate::db::status_rows::{Draft, StatusRecord};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSo {
    /// There is no such kind, or only the server sets it.
    Kind,
    /// A name is missing, too long, or not one line.
    Names,
    /// It means what it says.
    BlocksFixed,
    /// It is always there.
    BuiltIn,
}

impl NotSo {
    /// As in a problem, with what to say.
    pub(crate) fn told(self) -> (&'static str, &'static str) {
        match self {
            NotSo::Kind => (code::BAD_BODY, "A status is of kind available, break, dnd, meeting or other."),
            NotSo::Names => {
                (code::STATUS_NAMES, "A status has a name of 1 to 40 characters, one line, in each language.")
            }
            NotSo::BlocksFixed => (code::BUILT_IN_STATUS, "What this status keeps away is what it means."),
            NotSo::BuiltIn => (code::BUILT_IN_STATUS, "This status is always there."),
        }
    }
}

/// *Available* lets calls through, *Do not disturb* none (ST-04), and *Offline* is set by the server: nobody may make them say something else.
pub(crate) fn blocks_fixed(record: &StatusRecord) -> bool {
    record.built_in
        && matches!(record.status.kind, StatusKind::Available | StatusKind::DoNotDisturb | StatusKind::Offline)
}

/// A new status, tidied.
pub(crate) fn new_status(wish: &NewStatus) -> Result<(StatusKind, Draft), NotSo> {
    let kind = StatusKind::from_code(&wish.kind).filter(|kind| *kind != StatusKind::Offline).ok_or(NotSo::Kind)?;
    let names = Some(tidy(&wish.names).ok_or(NotSo::Names)?);
    Ok((kind, Draft { names, blocks: blocks(wish.blocks), retired: false }))
}

/// How it will stand.
pub(crate) fn edited(record: &StatusRecord, wish: &EditStatus) -> Result<Draft, NotSo> {
    let names = match &wish.names {
        None => record.status.names.clone(),
        Some(names) if record.built_in && names.en.trim().is_empty() && names.ar.trim().is_empty() => None,
        Some(names) => Some(tidy(names).ok_or(NotSo::Names)?),
    };
    let blocks = wish.blocks.map_or(record.status.blocks, blocks);
    if blocks != record.status.blocks && blocks_fixed(record) {
        return Err(NotSo::BlocksFixed);
    }
    let retired = wish.retired.unwrap_or(record.retired);
    if retired && record.built_in {
        return Err(NotSo::BuiltIn);
    }
    Ok(Draft { names, blocks, retired })
}

fn tidy(names: &team_api::StatusNames) -> Option<StatusNames> {
    Some(StatusNames { en: status_text(&names.en)?.to_owned(), ar: status_text(&names.ar)?.to_owned() })
}

fn blocks(wish: team_api::StatusBlocks) -> Blocks {
    Blocks { queue: wish.queue, internal: wish.internal, external: wish.external }
}

#[cfg(test)]
mod tests {
    use model::Status;
    use team_api::StatusBlocks;

    use super::*;

    fn record(kind: StatusKind, built_in: bool) -> StatusRecord {
        let status = Status { id: kind.code().to_owned(), kind, names: None, blocks: Blocks::usual(kind) };
        StatusRecord { status, built_in, retired: false, people: 0, version: 3 }
    }

    fn names(en: &str, ar: &str) -> team_api::StatusNames {
        team_api::StatusNames { en: en.into(), ar: ar.into() }
    }

    #[test]
    fn what_a_status_says_it_means_st_04_st_05() {
        let all = StatusBlocks { queue: true, internal: true, external: true };
        let wish = EditStatus { version: 3, blocks: Some(all), ..EditStatus::default() };
        for (kind, allowed) in [
            (StatusKind::Available, false),
            (StatusKind::Break, true),
            (StatusKind::Meeting, true),
            (StatusKind::Other, true),
        ] {
            assert_eq!(edited(&record(kind, true), &wish).is_ok(), allowed, "{kind:?}");
            assert!(edited(&record(kind, false), &wish).is_ok(), "an administrator's own {kind:?}");
        }
        let none = EditStatus { version: 3, blocks: Some(StatusBlocks::default()), ..EditStatus::default() };
        assert_eq!(edited(&record(StatusKind::DoNotDisturb, true), &none), Err(NotSo::BlocksFixed));
        assert_eq!(edited(&record(StatusKind::Offline, true), &none), Err(NotSo::BlocksFixed));
        assert!(edited(&record(StatusKind::DoNotDisturb, true), &wish).is_ok(), "the same is no change");
    }

    #[test]
    fn what_is_built_in_stays_and_what_is_not_retires() {
        let wish = EditStatus { version: 3, retired: Some(true), ..EditStatus::default() };
        assert_eq!(edited(&record(StatusKind::Meeting, true), &wish), Err(NotSo::BuiltIn));
        assert!(edited(&record(StatusKind::Meeting, false), &wish).unwrap().retired);
    }

    #[test]
    fn a_status_has_a_name_in_both_languages() {
        let new = |kind: &str, en: &str, ar: &str| {
            new_status(&NewStatus { kind: kind.into(), names: names(en, ar), blocks: StatusBlocks::default() })
        };
        let (_, draft) = new("break", "  Training ", "تدريب").unwrap();
        assert_eq!(draft.names, Some(StatusNames { en: "Training".into(), ar: "تدريب".into() }));
        let long = "x".repeat(41);
        for (en, ar) in [("", "تدريب"), ("Training", " "), ("a\nb", "ب"), (long.as_str(), "ب")] {
            assert_eq!(new("break", en, ar).err(), Some(NotSo::Names), "{en:?} {ar:?}");
        }
        for kind in ["offline", "", "lunch"] {
            assert_eq!(new(kind, "a", "ب").err(), Some(NotSo::Kind), "{kind}");
        }
        let nameless = EditStatus { version: 3, names: Some(names("", "")), ..EditStatus::default() };
        assert_eq!(edited(&record(StatusKind::Break, true), &nameless).unwrap().names, None, "the words of its kind");
        assert_eq!(edited(&record(StatusKind::Break, false), &nameless), Err(NotSo::Names));
    }
}
