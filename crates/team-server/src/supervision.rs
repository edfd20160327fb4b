//! Who supervises whom at this moment, and what becomes of it when somebody may not any more (decision 25).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base::SuperviseMode;
use model::{Act, may};
use serde_json::json;

use crate::db::status_rows::Hand;
use crate::random::wall_ms;
use crate::state::Server;

/// Supervisions that are remembered; a team with more is none.
const MOST: usize = 4096;

/// Running supervisions by agent: a call has one supervisor.
#[derive(Default)]
pub(crate) struct Supervisions(Mutex<BTreeMap<String, (String, SuperviseMode)>>);

impl Supervisions {
    /// The extension of whoever supervises this agent, and how.
    pub(crate) fn of(&self, agent: &str) -> Option<(String, SuperviseMode)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(agent).cloned()
    }

    fn all(&self) -> Vec<(String, String)> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|(of, (by, _))| (by.clone(), of.clone())).collect()
    }

    /// `None`: it was there before like that.
    fn began(&self, by: &str, of: &str, mode: SuperviseMode) -> Option<&'static str> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST && !all.contains_key(of) {
            return None;
        }
        match all.insert(of.to_owned(), (by.to_owned(), mode)) {
            Some((before, _)) if before == by => Some("supervision.changed"),
            _ => Some("supervision.began"),
        }
    }

    fn over(&self, by: &str, of: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(of).is_some_and(|(other, _)| other == by) {
            all.remove(of);
        }
    }
}

impl Server {
    /// A supervisor takes part in a call, or does so differently.
    pub(crate) fn supervision_began(&self, by: String, of: String, mode: SuperviseMode) {
        if let Some(action) = self.supervisions.began(&by, &of, mode) {
            self.note_supervision(&by, &of, action, Some(mode), None);
            self.hub.panel.touch();
        }
        // Leave was given a moment ago: rights may have been taken away since.
        self.rejudge(&by, &of);
    }

    /// …and takes part no more.
    pub(crate) fn supervision_over(&self, by: String, of: String) {
        self.supervisions.over(&by, &of);
        self.hub.panel.touch();
        self.note_supervision(&by, &of, "supervision.ended", None, None);
    }

    /// Somebody came with a leave that was worth nothing.
    pub(crate) fn supervision_refused(&self, by: &str, of: &str, why: &str) {
        self.note_supervision(by, of, "supervision.refused", None, Some(why.to_owned()));
    }

    /// Rights, roles or departments are otherwise: who may not supervise any more is stopped.
    pub(crate) fn rejudge_supervisions(&self) {
        self.supervisions.all().iter().for_each(|(by, of)| self.rejudge(by, of));
    }

    /// Somebody is suspended, deleted or signed out everywhere.
    pub(crate) fn end_supervisions_by(&self, extension: &str) {
        for (by, of) in self.supervisions.all().iter().filter(|(by, _)| by == extension) {
            self.hub.supervision_ended(by, of);
        }
    }

    fn rejudge(&self, by: &str, of: &str) {
        let standings = [by, of].map(|extension| self.presence.standing_of(extension));
        let [Some(viewer), Some(subject)] = &standings else { return self.hub.supervision_ended(by, of) };
        if !may(viewer, Act::Listen, subject) {
            self.hub.supervision_ended(by, of);
        }
    }

    /// Who and whom are known by their extensions; a row is written beside what goes on.
    fn note_supervision(
        &self,
        by: &str,
        of: &str,
        action: &'static str,
        mode: Option<SuperviseMode>,
        why: Option<String>,
    ) {
        let id =
            |extension: &str| self.presence.standing_of(extension).map_or_else(|| extension.to_owned(), |it| it.id);
        let (server, by, of, now) = (self.clone(), id(by), id(of), wall_ms());
        self.tasks.spawn(async move {
            let details = json!({ "mode": mode.map(SuperviseMode::code), "why": why });
            let hand = Hand { user_id: &by, now };
            tracing::info!(user.id = by, subject = of, action, "supervision");
            if let Err(error) = server.db.note_supervision(hand, action, &of, details).await {
                tracing::error!(%error, action, "a supervision could not be written down");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_supervisor_at_a_time_and_who_left_is_gone_rg_10() {
        let all = Supervisions::default();
        assert_eq!(all.began("201", "101", SuperviseMode::Listen), Some("supervision.began"));
        assert_eq!(all.began("201", "101", SuperviseMode::Barge), Some("supervision.changed"));
        assert_eq!(all.of("101"), Some(("201".into(), SuperviseMode::Barge)));
        all.over("202", "101");
        assert_eq!(all.all(), [("201".to_owned(), "101".to_owned())], "somebody else's end");
        all.over("201", "101");
        assert_eq!(all.of("101"), None);
        for n in 0..2 * MOST {
            let _ = all.began("201", &n.to_string(), SuperviseMode::Listen);
        }
        assert_eq!(all.all().len(), MOST);
    }
}
