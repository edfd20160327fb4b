//! Messages: the pinned crate's types under our names, and what it takes to read and write them without repetition.

use bytes::Bytes;

pub(crate) use sipx_sip::headers::{Address, CSeq, Contact, From, RecordRoute, Route, To, Via};
pub(crate) use sipx_sip::{Header, HeaderName, Headers, Message, Method, Request, Response, Uri};

use sipx_sip::StatusCode;

/// A header of ours. A value with CR, LF or NUL cannot be written; it becomes an empty one, so nobody can inject a line.
pub(crate) fn header(name: HeaderName, value: impl Into<Bytes>) -> Header {
    let empty = name.clone();
    Header::build(name, value)
        .or_else(|_| Header::build(empty, Bytes::new()))
        .or_else(|_| Header::build(HeaderName::Subject, Bytes::new()))
        .expect("an empty value of a known header has no character to refuse")
}

/// `CSeq: number METHOD`.
pub(crate) fn cseq_header(number: u32, method: &Method) -> Header {
    header(HeaderName::CSeq, format!("{number} {method}"))
}

/// A request of ours without Via (the core adds it) and without body.
pub(crate) fn request(method: Method, uri: Uri) -> Request {
    let mut request = Request::new(method, uri);
    request.headers.push(header(HeaderName::MaxForwards, "70"));
    request
}

/// The answer to `request`: Via, From, To, Call-ID and CSeq copied (RFC 3261 §8.2.6.2), Record-Route too where it would
/// make a dialog (§12.1.1), and `to_tag` added to a To that has none. Out of range codes become 500.
pub(crate) fn reply(request: &Request, code: u16, to_tag: Option<&str>) -> Response {
    let status = StatusCode::new(code).or_else(|| StatusCode::new(500)).expect("500 is a status code");
    let mut response = Response::new(status, reason_phrase(status.code()));
    for name in [HeaderName::Via, HeaderName::From] {
        request.headers.get_all(&name).for_each(|h| response.headers.push(h.clone()));
    }
    match (to_tag, to_tag_of(&request.headers)) {
        (Some(tag), None) if code != 100 => {
            let mut to = request.headers.value(&HeaderName::To).unwrap_or_default().into_owned();
            to.extend_from_slice(b";tag=");
            to.extend_from_slice(tag.as_bytes());
            response.headers.push(header(HeaderName::To, to));
        }
        _ => request.headers.get_all(&HeaderName::To).for_each(|h| response.headers.push(h.clone())),
    }
    for name in [HeaderName::CallId, HeaderName::CSeq] {
        request.headers.get_all(&name).for_each(|h| response.headers.push(h.clone()));
    }
    if request.method == Method::Invite && (101..300).contains(&status.code()) {
        let name = HeaderName::RecordRoute;
        request.headers.get_all(&name).for_each(|h| response.headers.push(h.clone()));
    }
    response
}

/// Gives a message a body, its type and its length.
pub(crate) fn set_body(headers: &mut Headers, content_type: &'static str, length: usize) {
    headers.remove_all(&HeaderName::ContentType);
    headers.remove_all(&HeaderName::ContentLength);
    headers.push(header(HeaderName::ContentType, content_type));
    headers.push(header(HeaderName::ContentLength, length.to_string()));
}

/// Adds `Content-Length` where it is missing; WebSocket peers may live without it, the next hop may not.
pub(crate) fn complete_length(headers: &mut Headers, length: usize) {
    if headers.get(&HeaderName::ContentLength).is_none() {
        headers.push(header(HeaderName::ContentLength, length.to_string()));
    }
}

/// The body as SDP, when there is one and it says or implies so.
pub(crate) fn sdp_body(headers: &Headers, body: &[u8]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    let kind = headers.value(&HeaderName::ContentType);
    let is_sdp = kind.is_none_or(|kind| {
        let kind = kind.split(|&b| b == b';').next().unwrap_or_default();
        kind.trim_ascii().eq_ignore_ascii_case(b"application/sdp")
    });
    if is_sdp { String::from_utf8(body.to_vec()).ok() } else { None }
}

/// The text of the first header with this name; `None` when absent or not UTF-8.
pub(crate) fn text(headers: &Headers, name: &HeaderName) -> Option<String> {
    String::from_utf8(headers.value(name)?.into_owned()).ok()
}

/// The number that begins the first header with this name (`Expires`, `Min-Expires`, `Retry-After`).
pub(crate) fn number(headers: &Headers, name: &HeaderName) -> Option<u32> {
    let value = headers.value(name)?;
    let digits: String = value.trim_ascii().iter().take_while(|b| b.is_ascii_digit()).map(|&b| char::from(b)).collect();
    digits.parse().ok()
}

/// The tag of From.
pub(crate) fn from_tag_of(headers: &Headers) -> Option<String> {
    headers.typed::<From>()?.ok()?.tag().map(lossy)
}

/// The tag of To.
pub(crate) fn to_tag_of(headers: &Headers) -> Option<String> {
    headers.typed::<To>()?.ok()?.tag().map(lossy)
}

/// The Call-ID.
pub(crate) fn call_id_of(headers: &Headers) -> Option<String> {
    headers.value(&HeaderName::CallId).map(|v| lossy(&v))
}

/// Number and method of CSeq.
pub(crate) fn cseq_of(headers: &Headers) -> Option<(u32, Method)> {
    let cseq = headers.typed::<CSeq>()?.ok()?;
    Some((cseq.sequence, cseq.method))
}

/// Whether a comma-separated token list (`Allow`, `Supported`, `Require`) names `token`.
pub(crate) fn lists(headers: &Headers, name: &HeaderName, token: &str) -> bool {
    tokens(headers, name).iter().any(|t| t.eq_ignore_ascii_case(token))
}

/// All tokens of a comma-separated list over all rows.
pub(crate) fn tokens(headers: &Headers, name: &HeaderName) -> Vec<String> {
    headers
        .get_all(name)
        .flat_map(|h| lossy(&h.value()).split(',').map(|t| t.trim().to_owned()).collect::<Vec<_>>())
        .filter(|t| !t.is_empty())
        .collect()
}

/// Bytes from a peer as text; what is not UTF-8 becomes U+FFFD.
pub(crate) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A URI from text.
pub(crate) fn uri(text: &str) -> Option<Uri> {
    Uri::parse(Bytes::copy_from_slice(text.as_bytes())).ok()
}

/// The cause of the first `Reason: SIP` (RFC 3326), else of the first of any protocol.
pub(crate) fn reason_cause(headers: &Headers) -> Option<u16> {
    let rows: Vec<_> = headers.typed_all::<sipx_sip::Reason>().filter_map(Result::ok).flat_map(|r| r.0).collect();
    let sip = rows.iter().find(|r| r.protocol().eq_ignore_ascii_case(b"SIP"));
    sip.or(rows.first()).map(sipx_sip::ReasonValue::cause)
}

/// The standard words for a status code (RFC 3261 §21 and those we meet besides).
pub(crate) fn reason_phrase(code: u16) -> &'static str {
    match code {
        100 => "Trying",
        180 => "Ringing",
        181 => "Call Is Being Forwarded",
        182 => "Queued",
        183 => "Session Progress",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        410 => "Gone",
        413 => "Request Entity Too Large",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        423 => "Interval Too Brief",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        483 => "Too Many Hops",
        484 => "Address Incomplete",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        491 => "Request Pending",
        500 => "Server Internal Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        504 => "Server Time-out",
        505 => "Version Not Supported",
        600 => "Busy Everywhere",
        603 => "Decline",
        604 => "Does Not Exist Anywhere",
        606 => "Not Acceptable",
        202 => "Accepted",
        200..202 | 203..300 => "OK",
        _ => "Failure",
    }
}
