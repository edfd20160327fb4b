//! The server's side: may this edit stand?

/// What the server holds of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// Number of the change that made it so.
    pub change: u64,
    /// It was deleted.
    pub deleted: bool,
    /// Tag of the edit that made it so.
    pub edit: &'a str,
}

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit<'a> {
    /// The change that it was made on; 0: the server was not known to have the contact.
    pub base: u64,
    /// It is to be deleted.
    pub deleted: bool,
    /// Tag of this edit.
    pub edit: &'a str,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It stands, with the next number.
    Accept,
    /// It is so already: the same edit came before, or both deleted.
    IsSo,
    /// Somebody else was faster: what is held stays, and is shown to whoever asked.
    Disputed,
}

/// Judges an edit.
#[must_use]
pub fn judge(held: Option<Held<'_>>, edit: Edit<'_>) -> Judgement {
    match held {
        // Also with a base: the server was set back to an older copy of itself, and nothing may be lost.
        None => Judgement::Accept,
        Some(held) if held.edit == edit.edit || held.deleted && edit.deleted => Judgement::IsSo,
        Some(held) if held.change == edit.base => Judgement::Accept,
        Some(_) => Judgement::Disputed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_stands_only_on_the_newest_change() {
        let held = |deleted| Some(Held { change: 7, deleted, edit: "a.1" });
        for (held, base, deleted, edit, judgement) in [
            (None, 0, false, "b.1", Judgement::Accept),
            (None, 9, false, "b.1", Judgement::Accept),
            (None, 0, true, "b.1", Judgement::Accept),
            (held(false), 7, false, "b.1", Judgement::Accept),
            (held(false), 7, true, "b.1", Judgement::Accept),
            (held(true), 7, false, "b.1", Judgement::Accept),
            (held(false), 6, false, "b.1", Judgement::Disputed),
            (held(false), 8, false, "b.1", Judgement::Disputed),
            (held(false), 0, true, "b.1", Judgement::Disputed),
            (held(true), 0, false, "b.1", Judgement::Disputed),
            (held(true), 0, true, "b.1", Judgement::IsSo),
            (held(false), 0, false, "a.1", Judgement::IsSo),
        ] {
            assert_eq!(judge(held, Edit { base, deleted, edit }), judgement, "{held:?} {base} {deleted} {edit}");
        }
    }
}
