//! The history as a window asks for it: found, noted, written to a file.

use std::fmt::Write as _;

use book::csv;
use model::{CallRecord, Direction};
use store::{CallQuery, MAX_PAGE};

use crate::archive::{HistoryPage, StorageFailed};
use crate::handle::EngineHandle;

/// Longest note, in characters.
const NOTE: usize = 2_000;
/// Most rows of a file; a table program takes ten times as many.
const MOST_ROWS: usize = 100_000;

/// Why something about the history could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFault {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageFailed),
    /// It was deleted meanwhile.
    #[error("there is no such call")]
    NoSuchRow,
    /// A note of more than 2,000 characters.
    #[error("the note is too long")]
    NoteTooLong,
    /// A bug of ours.
    #[error("{0}")]
    Internal(String),
}

/// History: reads need no decision of the phone.
impl EngineHandle {
    /// A page of the history, newest first, under the names of the address book. `before`: `next_before` of the page before.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn history(
        &self,
        asked: impl Into<CallQuery>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<HistoryPage, StorageFailed> {
        let asked = CallQuery { owner: self.0.book.owner(), ..asked.into() };
        let mut page = self.0.archive.calls(asked, before, limit).await?;
        page.contacts = self.0.book.name_rows(&mut page.rows).await?;
        Ok(page)
    }

    /// Writes a note to a call; nothing but spaces takes it away.
    ///
    /// # Errors
    /// [`HistoryFault`].
    pub async fn history_note(&self, id: i64, note: &str) -> Result<(), HistoryFault> {
        let note = note.trim();
        if note.chars().count() > NOTE {
            return Err(HistoryFault::NoteTooLong);
        }
        match self.0.archive.note(id, note).await? {
            true => Ok(()),
            false => Err(HistoryFault::NoSuchRow),
        }
    }

    /// All calls that fit as a table (CSV, UTF-8), newest first, 100,000 at most. `time` writes a moment on the agent's clock.
    ///
    /// # Errors
    /// [`HistoryFault`].
    pub async fn history_export(
        &self,
        asked: CallQuery,
        time: impl Fn(base::WallMs) -> String,
    ) -> Result<String, HistoryFault> {
        let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
        let mut before = None;
        loop {
            let page = self.history(asked.clone(), before, MAX_PAGE).await?;
            rows.extend(page.rows.iter().map(|call| cells(call, &time)));
            before = page.next_before;
            if before.is_none() || rows.len() > MOST_ROWS {
                break;
            }
        }
        String::from_utf8(csv::write_rows(rows, b',')).map_err(|fault| HistoryFault::Internal(fault.to_string()))
    }
}

const HEADER: [&str; 8] = ["Started", "Direction", "Name", "Number", "Outcome", "Talked", "Rang", "Note"];

fn cells(call: &CallRecord, time: &impl Fn(base::WallMs) -> String) -> Vec<String> {
    let direction = match call.direction {
        Direction::Incoming => "incoming",
        Direction::Outgoing => "outgoing",
    };
    let talked = call.answered_at.map(|answered| clock(answered.0, call.ended_at.0)).unwrap_or_default();
    let rang = clock(call.started_at.0, call.answered_at.unwrap_or(call.ended_at).0);
    vec![
        time(call.started_at),
        direction.to_owned(),
        call.party.display_name.clone(),
        call.party.number.clone(),
        call.reason.code().to_owned(),
        talked,
        rang,
        call.note.clone(),
    ]
}

/// `0:04:12`: read as a duration by table programs.
fn clock(from_ms: i64, to_ms: i64) -> String {
    let seconds = to_ms.saturating_sub(from_ms).max(0) / 1000;
    let mut text = String::new();
    write!(text, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60).expect("a string takes everything");
    text
}

#[cfg(test)]
mod tests {
    use base::{AccountId, WallMs};
    use model::{EndReason, Party};

    use super::*;

    #[test]
    fn a_call_is_a_row_and_no_cell_is_run_as_a_formula() {
        let call = CallRecord {
            id: 1,
            account: AccountId(1),
            direction: Direction::Incoming,
            party: Party { number: "+966501234567".into(), display_name: "=HYPERLINK(1)".into() },
            started_at: WallMs(1_000),
            answered_at: Some(WallMs(6_000)),
            ended_at: WallMs(3_751_000),
            reason: EndReason::RemoteHangUp,
            sip_code: None,
            unseen: false,
            note: "طلب \"عاجل\", غدًا".into(),
            quality: None,
            transfer: None,
        };
        let rows = vec![HEADER.map(str::to_owned).to_vec(), cells(&call, &|at| at.0.to_string())];
        let text = String::from_utf8(csv::write_rows(rows, b',')).unwrap();
        let row = text.lines().nth(1).unwrap();
        assert!(row.contains("1:02:25,0:00:05"), "{row}");
        assert!(row.contains(r#""طلب ""عاجل"", غدًا""#), "{row}");
        assert!(!row.contains(",=HYPERLINK"), "{row}");
    }
}
