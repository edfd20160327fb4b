//! Forgotten passwords (PW-03): whoever asks gets one answer at once; whether there is such an account is looked up afterwards, by a task
//! of its own, so that neither the answer nor its time tells.
//!
//! ```text
//!  POST /v1/password/forgot ─▶ limits ─▶ bounded queue ─▶ 204          (known or not)
//!                                          └─▶ answer: account? ─▶ token, its hash kept ─▶ letter ─▶ SMTP
//! ```

use std::net::IpAddr;
use std::time::{Duration, Instant};

use base::{Redacted, Secret};
use tokio::sync::mpsc;

use crate::auth::limits::{LoginLimits, Verdict};
use crate::auth::token::TokenHash;
use crate::db::users::User;
use crate::mail::{Letter, Post};
use crate::problem::Refusal;
use crate::random;
use crate::reset_page::escaped;
use crate::state::Server;
use crate::words::Language;

/// How long a link is valid.
const VALID: Duration = Duration::from_secs(30 * 60);
/// Requests that wait for the mail server; more are asked to come back.
const QUEUE: usize = 64;

/// The desk where forgotten passwords are told.
pub(crate) struct Forgotten {
    limits: LoginLimits,
    queue: mpsc::Sender<Asked>,
}

/// Somebody says that this is their address.
pub(crate) struct Asked {
    email: String,
    language: Language,
}

impl Forgotten {
    /// The desk, and what [`answer`] works off.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Asked>) {
        let (queue, waiting) = mpsc::channel(QUEUE);
        (Forgotten { limits: LoginLimits::forgotten(), queue }, waiting)
    }

    /// Takes a request in; `email` is normal.
    pub(crate) fn ask(&self, address: IpAddr, email: String, language: Language) -> Result<(), Refusal> {
        if let Verdict::Wait(wait) = self.limits.take(Instant::now(), address, &email) {
            tracing::warn!(user = %Redacted(&email), "a mail for a forgotten password refused: too many");
            return Err(Refusal::rate_limited(wait.as_secs() + 1));
        }
        self.queue.try_send(Asked { email, language }).map_err(|_| Refusal::busy())
    }
}

/// Works until the server ends.
pub(crate) async fn answer(server: Server, post: Post, base: String, mut waiting: mpsc::Receiver<Asked>) {
    let work = async {
        while let Some(asked) = waiting.recv().await {
            answer_one(&server, &post, &base, asked).await;
        }
    };
    tokio::select! {
        biased;
        () = server.stop.cancelled() => {}
        () = work => {}
    }
}

async fn answer_one(server: &Server, post: &Post, base: &str, asked: Asked) {
    let (token, now) = (Secret::new(random::token()), random::wall_ms());
    let kept = async {
        let Some(user) = server.db.user_by_email(&asked.email).await? else { return Ok(None) };
        if user.status != team_api::AccountStatus::Active {
            return Ok(None);
        }
        let expires_ms = now.saturating_add(VALID.as_millis() as i64);
        server.db.begin_reset(&user.id, &TokenHash::of(token.reveal()), expires_ms).await?;
        Ok::<_, sqlx::Error>(Some(user))
    };
    match kept.await {
        Err(error) => tracing::error!(%error, "a forgotten password could not be looked up"),
        Ok(None) => tracing::info!(user = %Redacted(&asked.email), "no mail: no such account, or it is suspended"),
        Ok(Some(user)) => {
            let letter = letter(&user, base, &token, asked.language);
            match post.send(letter).await {
                Ok(()) => tracing::info!(user.id = user.id, "mail for a forgotten password sent"),
                Err(error) => tracing::error!(user.id = user.id, %error, "mail for a forgotten password not sent"),
            }
        }
    }
}

fn letter(user: &User, base: &str, token: &Secret, language: Language) -> Letter {
    let link = format!("{base}{}?token={}&lang={}", team_api::path::RESET, token.reveal(), language.tag());
    let minutes = (VALID.as_secs() / 60).to_string();
    let hello = language.word_with("mail-hello", &[("name", &user.name)]);
    let once = language.word_with("mail-once", &[("minutes", &minutes)]);
    let (why, not_you) = (language.word("mail-why"), language.word("mail-not-you"));
    let text = format!("{hello}\n\n{why}\n\n{link}\n\n{once}\n{not_you}\n");
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body>\n<p>{}</p>\n<p>{}</p>\n<p><a href=\"{}\">{}</a></p>\n<p>{}</p>\n<p>{}</p>\n</body>\n</html>\n",
        language.tag(),
        language.direction(),
        escaped(&language.word("mail-subject")),
        escaped(&hello),
        escaped(&why),
        escaped(&link),
        escaped(&language.word("mail-button")),
        escaped(&once),
        escaped(&not_you),
    );
    let subject = language.word("mail-subject");
    Letter { to_name: user.name.clone(), to: user.email.clone(), subject, text, html }
}
