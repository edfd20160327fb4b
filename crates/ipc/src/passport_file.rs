//! The file that `export_passport` writes: one call and how it sounded. Not read by the window.

use serde::Serialize;

use crate::{CallDirection, CallPassport, EndReason, HistoryRow};

/// Who, when and how long, then [`CallPassport`], the shape that the window shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PassportFile {
    /// Program and version, `Rannan/0.1.0`.
    pub written_by: String,
    /// RFC 3339, local time with its offset.
    pub started_at: String,
    /// Direction.
    pub direction: CallDirection,
    /// The other side.
    pub number: String,
    /// Its name; empty when none was sent.
    pub name: String,
    /// Seconds talked; `null` when it was not answered.
    pub talked_s: Option<u32>,
    /// Seconds it rang or waited.
    pub rang_s: u32,
    /// Outcome.
    pub reason: EndReason,
    /// SIP status code.
    pub sip_code: Option<u16>,
    /// How it sounded; `null` when no sound flowed.
    pub quality: Option<CallPassport>,
}

impl PassportFile {
    /// `started_at`: the start of the call as text, since only the shell knows the time zone.
    #[must_use]
    pub fn new(record: &model::CallRecord, started_at: String, written_by: String) -> Self {
        let row = HistoryRow::from(record);
        PassportFile {
            written_by,
            started_at,
            direction: row.direction,
            number: row.person.number,
            name: row.person.name,
            talked_s: row.talked_s,
            rang_s: row.rang_s,
            reason: row.reason,
            sip_code: row.sip_code,
            quality: record.quality.as_deref().map(CallPassport::from),
        }
    }

    /// Indented JSON, ended with a line feed.
    ///
    /// # Errors
    /// Never in practice: every field has a shape in JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

#[cfg(test)]
mod tests {
    use base::WallMs;

    use super::*;

    #[test]
    fn the_file_says_who_when_how_long_and_how_it_sounded() {
        let passport =
            model::Passport { seconds: 61, rtt_ms: Some(40), concealed_permille: 12, ..model::Passport::default() };
        let record = model::CallRecord {
            id: 7,
            account: base::AccountId(1),
            direction: model::Direction::Outgoing,
            party: model::Party { number: "101".into(), display_name: "ليان".into() },
            started_at: WallMs(0),
            answered_at: Some(WallMs(7_000)),
            ended_at: WallMs(68_000),
            reason: model::EndReason::LocalHangUp,
            sip_code: None,
            unseen: false,
            note: String::new(),
            quality: Some(Box::new(passport)),
            transfer: None,
        };
        let file = PassportFile::new(&record, "1970-01-01T03:00:00+03:00".into(), "Rannan/0.1.0".into());
        let text = file.to_json().unwrap();
        assert!(text.starts_with("{\n  \"writtenBy\": \"Rannan/0.1.0\"") && text.ends_with("}\n"), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["startedAt"], "1970-01-01T03:00:00+03:00");
        assert_eq!((&read["number"], &read["name"]), (&"101".into(), &"ليان".into()));
        assert_eq!((&read["rangS"], &read["talkedS"]), (&7.into(), &61.into()));
        assert_eq!((&read["quality"]["seconds"], &read["quality"]["rttMs"]), (&61.into(), &40.into()));
        let silent = PassportFile::new(&model::CallRecord { quality: None, ..record }, String::new(), String::new());
        assert!(silent.to_json().unwrap().contains("\"quality\": null"));
    }
}
