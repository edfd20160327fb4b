//! The route set of a dialog (RFC 3261 §12.1, §12.2.1.1, §16.12.1).

use crate::core::{Address, Header, HeaderName, Headers, RecordRoute, Uri, header, lossy};

/// Through which proxies the requests of a dialog go, nearest first. Fixed when the dialog is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct RouteSet(Vec<(Uri, String)>);

/// More hops than that nobody has; a peer cannot make us carry more.
const MAX_ROUTES: usize = 32;

impl RouteSet {
    /// From the response that made the dialog at the calling side: Record-Route upside down (§12.1.2).
    pub(crate) fn of_caller(response: &Headers) -> Self {
        let mut routes = Self::in_order(response);
        routes.0.reverse();
        routes
    }

    /// From the request that made the dialog at the called side: Record-Route as it stands (§12.1.1).
    pub(crate) fn of_callee(request: &Headers) -> Self {
        Self::in_order(request)
    }

    /// Request-URI and Route headers for a request to `target`. A first proxy without `lr` is a strict router of RFC 2543
    /// and gets the Request-URI for itself (§12.2.1.1).
    pub(crate) fn apply(&self, target: &Uri) -> (Uri, Vec<Header>) {
        let row = |value: &String| header(HeaderName::Route, value.clone());
        match self.0.split_first() {
            None => (target.clone(), Vec::new()),
            Some(((first, _), _)) if first.params().is_some_and(|p| p.contains("lr")) => {
                (target.clone(), self.0.iter().map(|(_, value)| row(value)).collect())
            }
            Some(((strict, _), rest)) => {
                let mut rows: Vec<Header> = rest.iter().map(|(_, value)| row(value)).collect();
                rows.push(header(HeaderName::Route, format!("<{target}>")));
                (strict.clone(), rows)
            }
        }
    }

    fn in_order(headers: &Headers) -> Self {
        let routes = headers.typed_all::<RecordRoute>().filter_map(Result::ok).take(MAX_ROUTES);
        RouteSet(routes.map(|route| (route.0.uri.clone(), written(&route.0))).collect())
    }
}

/// `<uri>;param=value` again; what cannot be written without quotes is left out, no proxy needs it.
fn written(address: &Address) -> String {
    let mut text = format!("<{}>", address.uri);
    for param in &address.params {
        let name = lossy(&param.name);
        match param.value.as_deref().map(lossy) {
            None => text.push_str(&format!(";{name}")),
            Some(value) if value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~!*%+".contains(&b)) => {
                text.push_str(&format!(";{name}={value}"));
            }
            Some(_) => {}
        }
    }
    text
}
