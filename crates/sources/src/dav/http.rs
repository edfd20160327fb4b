//! Requests to one host, and to no other.

use model::{SourceId, SourceWhy};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Method, Response, StatusCode};
use rustls::ClientConfig;
use url::Url;

use super::multistatus::{Member, read};
use crate::limits::Limits;
use crate::reading::Ask;
use crate::stop::Stop;
use crate::{address, connect};

/// Redirects that are followed, all at the same host.
const MOST_REDIRECTS: usize = 5;

/// The way to one CardDAV server.
pub(super) struct Http<'a> {
    pub(super) source: SourceId,
    pub(super) typed: Url,
    pub(super) limits: Limits,
    client: reqwest::Client,
    ask: &'a Ask,
}

impl<'a> Http<'a> {
    /// Looks up the host. Nothing is sent yet.
    pub(super) async fn open(ask: &'a Ask) -> Result<Self, Stop> {
        let typed = address::dav(&ask.source, ask.password.is_some())?;
        let host = typed.host().ok_or(SourceWhy::BadAddress)?.to_owned();
        let port = typed.port_or_known_default().ok_or(SourceWhy::BadAddress)?;
        let addresses = connect::addresses(ask, &host, port).await?;
        let trust = connect::trust(ask).await?;
        let client = reqwest::Client::builder()
            .use_preconfigured_tls(ClientConfig::clone(&trust))
            .resolve_to_addrs(typed.host_str().unwrap_or_default(), &addresses)
            .connect_timeout(ask.limits.connect)
            .timeout(ask.limits.answer)
            // A redirect would carry the password elsewhere: those that may be followed are followed below.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("rannan/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| failed(&error))?;
        Ok(Http { source: ask.source.id, typed, limits: ask.limits, client, ask })
    }

    /// The same scheme, host and port.
    pub(super) fn is_ours(&self, url: &Url) -> bool {
        url.origin() == self.typed.origin() && url.username().is_empty() && url.password().is_none()
    }

    /// Where a link leads, if that is at our host.
    pub(super) fn join(&self, from: &Url, href: &str) -> Option<Url> {
        from.join(href).ok().filter(|url| self.is_ours(url))
    }

    pub(super) async fn propfind(&self, at: &Url, depth: u8, body: &str) -> Result<Vec<Member>, Stop> {
        self.ask("PROPFIND", at, depth, body).await
    }

    pub(super) async fn report(&self, at: &Url, body: &str) -> Result<Vec<Member>, Stop> {
        self.ask("REPORT", at, 1, body).await
    }

    async fn ask(&self, method: &str, at: &Url, depth: u8, body: &str) -> Result<Vec<Member>, Stop> {
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| SourceWhy::NotUnderstood)?;
        let mut at = at.clone();
        for _ in 0..=MOST_REDIRECTS {
            let mut request = self
                .client
                .request(method.clone(), at.clone())
                .header("Depth", depth.to_string())
                .header(CONTENT_TYPE, "application/xml; charset=utf-8")
                .body(body.to_owned());
            if let Some(password) = &self.ask.password {
                request = request.basic_auth(self.ask.source.user.trim(), Some(password.reveal()));
            }
            let answer = request.send().await.map_err(|error| failed(&error))?;
            tracing::debug!(source.id = %self.source, method = %method, status = answer.status().as_u16(), "carddav");
            match answer.status() {
                StatusCode::MULTI_STATUS => return read(&self.whole(answer).await?, self.limits.contacts),
                status if status.is_redirection() => {
                    let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
                    at = self.join(&at, to).ok_or_else(|| Stop::new(SourceWhy::Elsewhere, to))?;
                }
                status => return Err(refused(status)),
            }
        }
        Err(Stop::new(SourceWhy::NotUnderstood, "too many redirects"))
    }

    async fn whole(&self, mut answer: Response) -> Result<Vec<u8>, Stop> {
        let most = self.limits.answer_bytes;
        let announced = answer.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        if announced > most {
            return Err(SourceWhy::TooLarge.into());
        }
        let mut bytes = Vec::new();
        while let Some(more) = answer.chunk().await.map_err(|error| failed(&error))? {
            if bytes.len() + more.len() > most {
                return Err(SourceWhy::TooLarge.into());
            }
            bytes.extend_from_slice(&more);
        }
        Ok(bytes)
    }
}

fn refused(status: StatusCode) -> Stop {
    let why = match status.as_u16() {
        401 => SourceWhy::WrongCredentials,
        403 => SourceWhy::NotAllowed,
        // Web servers that know nothing of WebDAV answer with any of these.
        200..=299 | 400 | 404 | 405 | 410 | 415 | 501 => SourceWhy::NotABook,
        408 | 504 => SourceWhy::TimedOut,
        _ => SourceWhy::ServerFailed,
    };
    Stop::new(why, &format!("HTTP {status}"))
}

fn failed(error: &reqwest::Error) -> Stop {
    if error.is_timeout() {
        return SourceWhy::TimedOut.into();
    }
    match connect::why(error) {
        // It was reached, and what came is no HTTP.
        Stop::Fault(fault) if fault.why == SourceWhy::Unreachable && !error.is_connect() => not_http(error),
        stop => stop,
    }
}

/// A connection that broke is one thing, an answer that is none another.
fn not_http(error: &reqwest::Error) -> Stop {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        if error.is::<std::io::Error>() || error.to_string().contains("closed before message completed") {
            return SourceWhy::Unreachable.into();
        }
        next = error.source();
    }
    SourceWhy::NotUnderstood.into()
}
