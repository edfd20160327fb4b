//! Sending mail over SMTP (`lettre`). Knows no words: a [`Letter`] comes with its texts.

use std::time::Duration;

use base::Secret;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

/// Longest wait for a step of the conversation with the mail server.
const STEP: Duration = Duration::from_secs(20);
/// Longest time for one letter.
const WHOLE: Duration = Duration::from_secs(60);

/// How mail leaves this server.
#[derive(Clone)]
pub struct MailSettings {
    /// Name of the mail server; its certificate must be for it.
    pub host: String,
    /// Port, as a rule 465 with [`MailSecurity::Tls`] and 587 with [`MailSecurity::StartTls`].
    pub port: u16,
    /// How the conversation is protected.
    pub security: MailSecurity,
    /// Name to sign in with; `None`: the mail server takes mail from us without.
    pub user: Option<String>,
    /// Password for it.
    pub password: Option<Secret>,
    /// Sender: `name@host` or `Rannan <name@host>`.
    pub from: String,
}

/// How the conversation with the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS; without it nothing is sent.
    StartTls,
    /// Not at all: for a mail server on this computer.
    None,
}

base::codes!(MailSecurity { Tls = "tls", StartTls = "starttls", None = "none" });

/// Why mail cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The sender is no address.
    #[error("the sender must be an address, as rannan@example.com")]
    From,
    /// There is a name without a password, or a password without a name.
    #[error("a user needs a password and a password a user")]
    HalfSignIn,
    /// A password would travel in the clear.
    #[error("a user and a password need tls or starttls, unless the mail server is on this computer")]
    InTheClear,
    /// TLS cannot be set up.
    #[error("TLS with the mail server cannot be set up")]
    Tls,
    /// The recipient is no address that mail can go to.
    #[error("the recipient is no address")]
    To,
    /// The letter could not be put together.
    #[error("the letter could not be made")]
    Letter,
    /// The mail server refused, with this reply code if it gave one.
    #[error("the mail server refused ({0:?})")]
    Refused(Option<u16>),
    /// No connection, or it broke.
    #[error("the mail server cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("the mail server does not answer in time")]
    TimedOut,
}

/// What is sent.
pub(crate) struct Letter {
    pub to_name: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The way out.
pub(crate) struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Post {
    /// Connects with the first letter only.
    pub(crate) fn new(settings: &MailSettings) -> Result<Self, MailError> {
        let from: Mailbox = settings.from.parse().map_err(|_| MailError::From)?;
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|_| MailError::Tls);
        let tls = match settings.security {
            MailSecurity::Tls => Tls::Wrapper(tls()?),
            MailSecurity::StartTls => Tls::Required(tls()?),
            MailSecurity::None => Tls::None,
        };
        let credentials = match (&settings.user, &settings.password) {
            (None, None) => None,
            (Some(_), Some(_)) if settings.security == MailSecurity::None && !is_here(&settings.host) => {
                return Err(MailError::InTheClear);
            }
            (Some(user), Some(password)) => Some(Credentials::new(user.clone(), password.reveal().to_owned())),
            (Some(_), None) | (None, Some(_)) => return Err(MailError::HalfSignIn),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(STEP));
        let builder = match credentials {
            Some(credentials) => builder.credentials(credentials),
            None => builder,
        };
        Ok(Post { transport: builder.build(), from })
    }

    /// Hands a letter to the mail server.
    pub(crate) async fn send(&self, letter: Letter) -> Result<(), MailError> {
        let address: Address = letter.to.parse().map_err(|_| MailError::To)?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(letter.to_name), address))
            .subject(letter.subject)
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
            .map_err(|_| MailError::Letter)?;
        match tokio::time::timeout(WHOLE, self.transport.send(message)).await {
            Err(_) => Err(MailError::TimedOut),
            Ok(Ok(_)) => Ok(()),
            // The reply of a mail server may repeat the recipient: only its code is told.
            Ok(Err(error)) if error.is_timeout() => Err(MailError::TimedOut),
            Ok(Err(error)) if error.is_permanent() || error.is_transient() => {
                Err(MailError::Refused(error.status().map(u16::from)))
            }
            Ok(Err(_)) => Err(MailError::Unreachable),
        }
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> MailSettings {
        MailSettings {
            host: "mail.example".into(),
            port: 587,
            security: MailSecurity::StartTls,
            user: Some("rannan".into()),
            password: Some(Secret::new("s")),
            from: "Rannan <rannan@example.com>".into(),
        }
    }

    #[test]
    fn settings_that_would_leak_or_fail_are_refused_at_once() {
        assert!(Post::new(&settings()).is_ok());
        let fault = |change: fn(&mut MailSettings)| {
            let mut settings = settings();
            change(&mut settings);
            Post::new(&settings).err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert_eq!(fault(|s| s.from = "nobody".into()), MailError::From.to_string());
        assert_eq!(fault(|s| s.password = None), MailError::HalfSignIn.to_string());
        assert_eq!(fault(|s| s.security = MailSecurity::None), MailError::InTheClear.to_string());
        assert_eq!(fault(|s| (s.security, s.host) = (MailSecurity::None, "127.0.0.1".into())), "");
    }
}
