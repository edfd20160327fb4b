//! Requests.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base::Secret;
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, Response, StatusCode, header};
use rustls::ClientConfig;
use team_api::{Health, Login, LoginAnswer, PROBLEM_TYPE, PRODUCT, Problem, Try, code, path};
use url::Url;

use crate::address::base_url;
use crate::error::TeamError;
use crate::events::EventStream;
use crate::nouns::{Me, SipCredentials};
use crate::tls::tls_config;

const CONNECT: Duration = Duration::from_secs(5);
/// From the first byte sent to the last one received.
const ANSWER: Duration = Duration::from_secs(10);
/// Longest answer that is read.
pub(crate) const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// A team server as this phone sees it, with or without a session. Cheap to clone; clones share the session.
#[derive(Clone, Debug)]
pub struct TeamClient(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) base: Url,
    pub(crate) tls: Arc<ClientConfig>,
    http: reqwest::Client,
    token: Mutex<Option<Secret>>,
}

/// A session that was just opened.
#[derive(Clone, Debug)]
pub struct Session {
    /// Keep it in the keychain to resume with [`TeamClient::with_token`].
    pub token: Secret,
    /// Who signed in.
    pub me: Me,
}

/// The server is there.
#[derive(Clone, Debug)]
pub struct HealthReport {
    /// Version of the server.
    pub version: String,
    /// Id of the installation: two addresses with the same one are one server.
    pub instance: String,
    /// Round trip of the request (SY-04); the first one includes connecting.
    pub rtt: Duration,
}

impl TeamClient {
    /// A client for the server at `server`: `host`, `host:port` or a URL without path. Plain HTTP is for this computer only.
    /// `extra_ca`: certificates in PEM to trust besides the system's. Nothing is sent yet.
    ///
    /// # Errors
    /// [`TeamError::BadAddress`], [`TeamError::BadCertificate`].
    pub fn new(server: &str, extra_ca: Option<&str>) -> Result<Self, TeamError> {
        let base = base_url(server)?;
        let tls = tls_config(extra_ca)?;
        let http = reqwest::Client::builder()
            .use_preconfigured_tls(ClientConfig::clone(&tls))
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            // A redirect would carry the password elsewhere; a proxy would not carry SIP.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("rannan/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|e| TeamError::from_transport(&e))?;
        Ok(TeamClient(Arc::new(Inner { base, tls, http, token: Mutex::new(None) })))
    }

    /// The same server with a session that was kept.
    #[must_use]
    pub fn with_token(self, token: Secret) -> Self {
        self.set_token(Some(token));
        self
    }

    /// Somebody else at the same server: another session over the same connections and the same trust.
    #[must_use]
    pub fn another(&self, token: Secret) -> TeamClient {
        let Inner { base, tls, http, .. } = &*self.0;
        let token = Mutex::new(Some(token));
        TeamClient(Arc::new(Inner { base: base.clone(), tls: tls.clone(), http: http.clone(), token }))
    }

    /// `https://host[:port]`, for showing and keeping.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.base.as_str().trim_end_matches('/')
    }

    /// The session, if there is one.
    #[must_use]
    pub fn token(&self) -> Option<Secret> {
        self.0.token.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Is it there, is it ours, and how far away?
    ///
    /// # Errors
    /// [`TeamError`], most often `Unreachable`, `BadCertificate` or `NotAServer`.
    pub async fn health(&self) -> Result<HealthReport, TeamError> {
        let began = Instant::now();
        let health: Health = self.ask(self.request(Method::GET, path::HEALTH), false).await?;
        let rtt = began.elapsed();
        if health.product != PRODUCT {
            return Err(TeamError::NotAServer);
        }
        Ok(HealthReport { version: health.version, instance: health.instance, rtt })
    }

    /// Signs in. `device` is the name of this computer, for the user's list of sessions.
    ///
    /// # Errors
    /// [`TeamError`]; a session that this client had stays as it was.
    pub async fn login(&self, email: &str, password: &Secret, device: &str) -> Result<Session, TeamError> {
        let body = Login { email: email.to_owned(), password: password.clone(), device: device.to_owned() };
        self.open(self.request(Method::POST, path::LOGIN).json(&body)).await
    }

    /// Becomes the ready-made agent of `profile`, on a practice server on this computer.
    ///
    /// # Errors
    /// [`TeamError`]; `Server { status: 404, .. }` when it is no practice server, code `no-free-agent` when all agents are taken.
    pub async fn try_practice(&self, profile: &str) -> Result<Session, TeamError> {
        self.open(self.request(Method::POST, path::TRY).json(&Try { profile: profile.to_owned() })).await
    }

    /// Signs out. The session is forgotten here in every case.
    ///
    /// # Errors
    /// [`TeamError`]: the server may still hold the session, until it expires.
    pub async fn logout(&self) -> Result<(), TeamError> {
        let request = self.authorized(Method::POST, path::LOGOUT)?;
        self.set_token(None);
        self.send(request, true).await.map(drop)
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn me(&self) -> Result<Me, TeamError> {
        let me: team_api::Me = self.ask(self.authorized(Method::GET, path::ME)?, true).await?;
        Ok(me.into())
    }

    /// Fresh credentials to register with.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn sip_credentials(&self) -> Result<SipCredentials, TeamError> {
        let wire: team_api::SipCredentials =
            self.ask(self.authorized(Method::POST, path::SIP_CREDENTIALS)?, true).await?;
        wire.try_into()
    }

    /// Opens the event stream of the session and keeps it open until it is dropped or the session ends. Needs a tokio runtime.
    #[must_use]
    pub fn events(&self) -> EventStream {
        EventStream::open(self.clone())
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    async fn open(&self, request: RequestBuilder) -> Result<Session, TeamError> {
        let answer: LoginAnswer = self.ask(request, false).await?;
        self.set_token(Some(answer.token.clone()));
        Ok(Session { token: answer.token, me: answer.me.into() })
    }

    fn set_token(&self, token: Option<Secret>) {
        *self.0.token.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = token;
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.0.base.join(path).expect("paths of the contract are valid below any base URL");
        self.0.http.request(method, url)
    }

    pub(crate) fn authorized(&self, method: Method, path: &str) -> Result<RequestBuilder, TeamError> {
        let token = self.token().ok_or(TeamError::Expired)?;
        Ok(self.request(method, path).bearer_auth(token.reveal()))
    }

    pub(crate) async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        request: RequestBuilder,
        signed_in: bool,
    ) -> Result<T, TeamError> {
        let body = self.send(request, signed_in).await?;
        serde_json::from_slice(&body).map_err(|_| TeamError::NotAServer)
    }

    async fn send(&self, request: RequestBuilder, signed_in: bool) -> Result<Vec<u8>, TeamError> {
        self.fetch(request, signed_in, MAX_ANSWER).await.map(|(_, body)| body)
    }

    /// The head and the body of the answer, which has at most `most` bytes.
    pub(crate) async fn fetch(
        &self,
        request: RequestBuilder,
        signed_in: bool,
        most: usize,
    ) -> Result<(HeaderMap, Vec<u8>), TeamError> {
        self.answer(request, most).await?.map_err(|refused| refusal(refused.status, refused.problem, signed_in))
    }

    /// What came back, be it as asked or refused: head, and a body of at most `most` bytes.
    pub(crate) async fn answer(
        &self,
        request: RequestBuilder,
        most: usize,
    ) -> Result<Result<(HeaderMap, Vec<u8>), Refused>, TeamError> {
        let response = request.send().await.map_err(|e| from_request(&e))?;
        let status = response.status();
        let is_problem = response
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim() == PROBLEM_TYPE);
        let head = response.headers().clone();
        let body = read(response, most).await?;
        if status.is_success() {
            return Ok(Ok((head, body)));
        }
        let problem = serde_json::from_slice::<Problem>(&body).ok().filter(|_| is_problem);
        Ok(Err(Refused { status, problem }))
    }
}

/// A refusal as it came.
pub(crate) struct Refused {
    pub status: StatusCode,
    /// `None`: not in our words.
    pub problem: Option<Problem>,
}

async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, TeamError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| from_request(&e))? {
        if body.len() + chunk.len() > most {
            return Err(TeamError::NotAServer);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A request that got no answer that HTTP knows.
fn from_request(error: &reqwest::Error) -> TeamError {
    match TeamError::from_transport(error) {
        // Connected, and then what came was no HTTP.
        TeamError::Unreachable if !error.is_connect() && !error.is_timeout() && !broken(error) => TeamError::NotAServer,
        kind => kind,
    }
}

/// Did the connection break, as when the server was killed?
fn broken(error: &reqwest::Error) -> bool {
    use std::error::Error as _;
    let mut next = error.source();
    while let Some(error) = next {
        if error.downcast_ref::<std::io::Error>().is_some() {
            return true;
        }
        // hyper does not tell its kinds by type across this boundary; this one has no io::Error inside.
        if error.to_string().contains("connection closed before message completed") {
            return true;
        }
        next = error.source();
    }
    false
}

pub(crate) fn refusal(status: StatusCode, problem: Option<Problem>, signed_in: bool) -> TeamError {
    let Some(problem) = problem else {
        return match status {
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                TeamError::Server { status: status.as_u16(), code: "gateway".to_owned() }
            }
            _ => TeamError::NotAServer,
        };
    };
    match problem.code.as_str() {
        code::WRONG_CREDENTIALS => TeamError::WrongCredentials { tries_left: problem.tries_left },
        code::RATE_LIMITED => {
            TeamError::RateLimited { retry_after: Duration::from_secs(problem.retry_after_s.unwrap_or(60)) }
        }
        code::NOT_SIGNED_IN if signed_in => TeamError::Expired,
        code::ACCOUNT_SUSPENDED => TeamError::Suspended,
        _ => TeamError::Server { status: status.as_u16(), code: problem.code },
    }
}
