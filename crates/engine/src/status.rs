//! Statuses at the team server: asks one thing after the other, and keeps a wish that could not be told.

use std::time::Duration;

use base::WallMs;
use model::{OwnStatus, StatusWish};
use phone::{Input, StatusAnswer, StatusAsk, StatusFault, TeamInput};
use team_client::{TeamClient, TeamError, code};
use tokio::sync::mpsc;

use crate::clock::Clock;
use crate::mail::Mail;

/// Things asked that may wait for the one before.
const ASKS: usize = 16;

/// Name of the setting that holds the wish.
pub(crate) const KEPT_WISH: &str = "status.wish";

/// Where the phone's questions go in. Leads nowhere while no team account is in use.
#[derive(Clone, Default)]
pub(crate) struct StatusDoor(Option<mpsc::Sender<StatusAsk>>);

impl StatusDoor {
    /// Asks; what cannot even be asked is answered at once.
    #[must_use]
    pub(crate) fn ask(&self, ask: StatusAsk) -> Option<Input> {
        use mpsc::error::TrySendError::{Closed, Full};
        let (Full(ask) | Closed(ask)) = self.0.as_ref()?.try_send(ask).err()?;
        Some(Input::Team(match ask {
            StatusAsk::Everything => TeamInput::StatusesNotNow,
            StatusAsk::Choose { number, .. } | StatusAsk::OfflineAtSignIn { number, .. } => {
                TeamInput::StatusAnswer { number, answer: StatusAnswer::NotNow }
            }
        }))
    }
}

/// The one who asks, as long as the account is in use.
pub(crate) struct StatusLine {
    asks: mpsc::Receiver<StatusAsk>,
    client: TeamClient,
    attempt: u64,
    clock: Clock,
    mail: mpsc::Sender<Mail>,
}

impl StatusLine {
    pub(crate) fn new(
        client: TeamClient,
        attempt: u64,
        clock: Clock,
        mail: mpsc::Sender<Mail>,
    ) -> (StatusDoor, StatusLine) {
        let (door, asks) = mpsc::channel(ASKS);
        (StatusDoor(Some(door)), StatusLine { asks, client, attempt, clock, mail })
    }

    /// Until the door is gone.
    pub(crate) async fn serve(mut self) {
        while let Some(first) = self.asks.recv().await {
            let mut waiting = vec![first];
            while let Ok(next) = self.asks.try_recv() {
                waiting.push(next);
            }
            for ask in newest(waiting) {
                let input = self.ask(ask).await;
                // The driver ends this task when it ends.
                let _ = self.mail.send(Mail::Team { attempt: self.attempt, input }).await;
            }
        }
    }

    async fn ask(&self, ask: StatusAsk) -> TeamInput {
        match ask {
            StatusAsk::Everything => self.everything().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the statuses could not be fetched");
                TeamInput::StatusesNotNow
            }),
            StatusAsk::Choose { number, wish } => {
                let age = Duration::from_millis(u64::try_from(self.clock.wall().0 - wish.made_at.0).unwrap_or(0));
                let chosen = self.client.choose_status(&wish.status, &wish.text, age).await;
                TeamInput::StatusAnswer { number, answer: answer(chosen) }
            }
            StatusAsk::OfflineAtSignIn { number, on } => {
                TeamInput::StatusAnswer { number, answer: answer(self.client.set_offline_at_sign_in(on).await) }
            }
        }
    }

    async fn everything(&self) -> Result<TeamInput, TeamError> {
        let choices = self.client.statuses().await?;
        let own = Box::new(self.client.my_status().await?);
        Ok(TeamInput::Statuses { choices, own })
    }
}

/// Of several wishes only the last one is sent.
fn newest(asks: Vec<StatusAsk>) -> Vec<StatusAsk> {
    let is_wish = |ask: &StatusAsk| matches!(ask, StatusAsk::Choose { .. });
    let last = asks.iter().rposition(is_wish);
    asks.into_iter().enumerate().filter(|(at, ask)| !is_wish(ask) || Some(*at) == last).map(|(_, ask)| ask).collect()
}

fn answer(result: Result<OwnStatus, TeamError>) -> StatusAnswer {
    match result {
        Ok(own) => StatusAnswer::Done(Box::new(own)),
        Err(TeamError::Server { status: 400..500, code }) => StatusAnswer::Refused(match code.as_str() {
            code::STATUS_TEXT => StatusFault::Text,
            code::UNKNOWN_STATUS => StatusFault::Unknown,
            code::NEWER_STATUS => StatusFault::Newer,
            _ => StatusFault::Refused,
        }),
        Err(error) => {
            tracing::info!(%error, "a status could not be told");
            StatusAnswer::NotNow
        }
    }
}

/// The wish of a user as it is kept: four lines.
pub(crate) fn wish_to_text(user: &str, wish: &StatusWish) -> String {
    format!("{user}\n{}\n{}\n{}", wish.status, wish.made_at.0, wish.text)
}

/// Reads [`wish_to_text`].
pub(crate) fn wish_from_text(text: &str) -> Option<(String, StatusWish)> {
    let mut lines = text.splitn(4, '\n');
    let user = lines.next()?.to_owned();
    let status = lines.next()?.to_owned();
    let made_at = WallMs(lines.next()?.parse().ok()?);
    Some((user, StatusWish { status, text: lines.next()?.to_owned(), made_at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(status: &str, text: &str) -> StatusWish {
        StatusWish { status: status.into(), text: text.into(), made_at: WallMs(1_764_000_000_123) }
    }

    #[test]
    fn kept_wish_is_read_again_and_nonsense_is_none() {
        for text in ["", "تدريب على CRM", "a b"] {
            let kept = wish_to_text("u1", &wish("other", text));
            assert_eq!(wish_from_text(&kept), Some(("u1".into(), wish("other", text))));
        }
        assert!(["", "u1", "u1\nother\nyesterday\n", "u1\nother\n7"].iter().all(|text| wish_from_text(text).is_none()));
    }

    #[test]
    fn only_the_last_of_several_wishes_is_sent() {
        let choose = |number| StatusAsk::Choose { number, wish: wish("break", "") };
        let asks = vec![choose(1), StatusAsk::Everything, choose(2)];
        assert_eq!(newest(asks), [StatusAsk::Everything, choose(2)]);
    }

    #[test]
    fn what_may_work_later_is_not_refused() {
        let server = |status, code: &str| Err(TeamError::Server { status, code: code.into() });
        assert_eq!(answer(server(409, code::NEWER_STATUS)), StatusAnswer::Refused(StatusFault::Newer));
        assert_eq!(answer(server(422, code::STATUS_TEXT)), StatusAnswer::Refused(StatusFault::Text));
        assert_eq!(answer(server(503, code::BUSY)), StatusAnswer::NotNow);
        assert_eq!(answer(Err(TeamError::Unreachable)), StatusAnswer::NotNow);
    }
}
