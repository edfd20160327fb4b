//! The page for a new password, as HTML. No script and nothing from elsewhere: it works in any browser, and no one else learns of the link.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{PasswordRule, PasswordRules};
use sha2::{Digest as _, Sha256};

use crate::words::Language;

const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.6 'IBM Plex Sans','IBM Plex Sans Arabic',system-ui,sans-serif;\
--ground:#ece9e2;--sheet:#fff;--ink:#17181c;--soft:#5d5f68;--line:#c9c6bf;--main:#2c45bd;--on:#fff;--bad:#a3222b;--good:#166a45}\
@media(prefers-color-scheme:dark){:root{--ground:#101116;--sheet:#1b1c22;--ink:#eceaf0;--soft:#a4a6b0;--line:#4a4c55;--main:#8fa0ff;--on:#101116;\
--bad:#ff9a98;--good:#6fd6a4}}\
body{margin:0;background:var(--ground);color:var(--ink)}\
main{max-inline-size:26rem;margin:8vh auto;padding:1.5rem;background:var(--sheet);border-radius:14px}\
h1{font-size:1.3rem;margin-block:0 .5rem}label{display:block;margin-block:.8rem .2rem;font-weight:600}\
input{box-sizing:border-box;inline-size:100%;font:inherit;padding:.5rem .7rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit}\
button{font:inherit;font-weight:600;inline-size:100%;margin-block-start:1rem;padding:.55rem;border:0;border-radius:8px;background:var(--main);color:var(--on)}\
:focus-visible{outline:3px solid var(--main);outline-offset:2px}\
ul{padding-inline-start:1.4rem;margin-block:.3rem;color:var(--soft)}.broken{color:var(--bad)}.kept{color:var(--good)}\
[role=alert]{color:var(--bad);font-weight:600}nav{text-align:end}a{color:var(--main)}";

/// One page for one visitor.
pub(crate) struct Page {
    pub language: Language,
    /// Goes into the form and into the link to the other language, nowhere else.
    pub token: String,
}

/// What is on it.
pub(crate) enum View {
    /// The form, with what was wrong the last time.
    Form { name: String, fault: Option<Fault> },
    /// The link is used, too old or none.
    Void,
    /// The password is changed.
    Done,
    /// Too many tries.
    Wait,
    /// The server could not do it now.
    Busy,
}

/// What was wrong with the form.
pub(crate) enum Fault {
    Weak(PasswordRules),
    Differs,
    TooLong,
}

impl Page {
    pub(crate) fn response(&self, view: &View) -> Response {
        let status = match view {
            View::Form { fault: Some(_), .. } => StatusCode::UNPROCESSABLE_ENTITY,
            View::Form { fault: None, .. } | View::Done => StatusCode::OK,
            View::Void => StatusCode::GONE,
            View::Wait => StatusCode::TOO_MANY_REQUESTS,
            View::Busy => StatusCode::SERVICE_UNAVAILABLE,
        };
        let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        let mut response = (status, self.html(view)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::try_from(policy).expect("a policy is made of visible ASCII"),
        );
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }

    fn html(&self, view: &View) -> String {
        let title = match view {
            View::Form { .. } => self.word("reset-title"),
            View::Void => self.word("reset-void-title"),
            View::Done => self.word("reset-done-title"),
            View::Wait => self.word("reset-wait-title"),
            View::Busy => self.word("reset-busy-title"),
        };
        let content = match view {
            View::Form { name, fault } => self.form(name, fault.as_ref()),
            View::Void => paragraph(&self.word("reset-void")),
            View::Done => paragraph(&self.word("reset-done")),
            View::Wait => paragraph(&self.word("reset-wait")),
            View::Busy => paragraph(&self.word("reset-busy")),
        };
        format!(
            "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{product}: {title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{nav}\n<h1>{title}</h1>\n{content}</main>\n</body>\n</html>\n",
            tag = self.language.tag(),
            direction = self.language.direction(),
            product = self.word("product"),
            nav = self.other_language(),
        )
    }

    fn other_language(&self) -> String {
        let other = self.language.other();
        format!(
            "<nav><a href=\"{}?token={}&amp;lang={tag}\" lang=\"{tag}\">{}</a></nav>",
            team_api::path::RESET,
            escaped(&url::form_urlencoded::byte_serialize(self.token.as_bytes()).collect::<String>()),
            self.word("reset-other"),
            tag = other.tag(),
        )
    }

    fn form(&self, name: &str, fault: Option<&Fault>) -> String {
        let alert = match fault {
            None => String::new(),
            Some(fault) => {
                let id = match fault {
                    Fault::Weak(_) => "reset-weak",
                    Fault::Differs => "reset-differs",
                    Fault::TooLong => "reset-too-long",
                };
                format!("<p role=\"alert\">{}</p>\n", self.word(id))
            }
        };
        let weak = match fault {
            Some(Fault::Weak(rules)) => Some(*rules),
            Some(Fault::Differs | Fault::TooLong) | None => None,
        };
        format!(
            "<p>{who}</p>\n{alert}<form method=\"post\" action=\"{action}\">\n\
             <input type=\"hidden\" name=\"token\" value=\"{token}\">\n<input type=\"hidden\" name=\"lang\" value=\"{lang}\">\n\
             <label for=\"password\">{password}</label>\n\
             <input id=\"password\" name=\"password\" type=\"password\" dir=\"ltr\" autocomplete=\"new-password\" required autofocus aria-describedby=\"rules\">\n\
             <label for=\"again\">{again}</label>\n\
             <input id=\"again\" name=\"again\" type=\"password\" dir=\"ltr\" autocomplete=\"new-password\" required>\n\
             <div id=\"rules\"><p>{rules}</p>\n<ul>\n{list}</ul></div>\n<button>{save}</button>\n</form>\n",
            who = escaped(&self.language.word_with("reset-for", &[("name", name)])),
            action = team_api::path::RESET,
            token = escaped(&self.token),
            lang = self.language.tag(),
            password = self.word("reset-password"),
            again = self.word("reset-again"),
            rules = self.word("reset-rules"),
            list = self.rules(weak),
            save = self.word("reset-save"),
        )
    }

    /// The five rules of PW-02, marked when a password was judged.
    fn rules(&self, judged: Option<PasswordRules>) -> String {
        let shown = judged.unwrap_or_else(|| PasswordRules::of(""));
        let item = |(rule, kept): (PasswordRule, bool)| {
            let words = self.word(&format!("rule-{}", rule.code()));
            match judged {
                None => format!("<li>{words}</li>\n"),
                Some(_) if kept => format!("<li class=\"kept\">{words} {}</li>\n", self.word("rule-kept")),
                Some(_) => format!("<li class=\"broken\">{words} {}</li>\n", self.word("rule-broken")),
            }
        };
        shown.each().map(item).collect()
    }

    fn word(&self, id: &str) -> String {
        escaped(&self.language.word(id))
    }
}

fn paragraph(words: &str) -> String {
    format!("<p>{words}</p>\n")
}

/// As text or as the value of an attribute in HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
