//! Answers: `multistatus` (RFC 4918 §13), of which we take what we asked for.
//!
//! Read as a stream, without a tree and without recursion. Entities that a document declares itself are not known here, so none can grow.

use model::SourceWhy;
use quick_xml::NsReader;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::ResolveResult;

use crate::stop::Stop;

/// Elements inside each other.
const DEEPEST: usize = 64;

/// What is told of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Its path, or its whole address.
    pub(super) href: String,
    /// What is known of it.
    pub(super) props: Props,
}

/// What is known of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Props {
    pub(super) collection: bool,
    pub(super) addressbook: bool,
    pub(super) name: String,
    pub(super) etag: Option<String>,
    pub(super) ctag: Option<String>,
    pub(super) sync_token: Option<String>,
    pub(super) principal: Option<String>,
    pub(super) home: Option<String>,
    pub(super) card: Option<String>,
}

/// An element that means something to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Response,
    Href,
    Status,
    PropStat,
    ResourceType,
    Collection,
    AddressBook,
    Name,
    Etag,
    Ctag,
    SyncToken,
    Principal,
    Home,
    Card,
    Other,
}

/// Reads an answer of at most so many things.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<Vec<Member>, Stop> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = NsReader::from_str(&text);
    let mut sheet = Sheet { most, ..Sheet::default() };
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|fault| odd(&fault.to_string()))?;
        match event {
            Event::Start(tag) => sheet.open(word(&space, tag.local_name().as_ref()))?,
            Event::Empty(tag) => {
                sheet.open(word(&space, tag.local_name().as_ref()))?;
                sheet.close()?;
            }
            Event::End(_) => sheet.close()?,
            Event::Text(text) => sheet.text.push_str(&text.xml10_content()),
            Event::CData(text) => sheet.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => sheet.text.extend(character(&entity)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof if sheet.seen && sheet.path.is_empty() => return Ok(sheet.members),
            Event::Eof => return Err(odd("the answer ends early")),
        }
    }
}

#[derive(Default)]
struct Sheet {
    most: usize,
    path: Vec<Word>,
    text: String,
    member: Member,
    /// Of the `propstat` that is being read, and whether its status is good.
    props: Props,
    good: bool,
    seen: bool,
    members: Vec<Member>,
}

impl Sheet {
    fn open(&mut self, word: Word) -> Result<(), Stop> {
        if self.path.len() >= DEEPEST {
            return Err(odd("too many elements inside each other"));
        }
        self.seen = true;
        self.text.clear();
        match word {
            Word::Response => self.member = Member::default(),
            Word::PropStat => (self.props, self.good) = (Props::default(), true),
            _ => {}
        }
        self.path.push(word);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Stop> {
        let Some(word) = self.path.pop() else { return Ok(()) };
        let parent = self.path.last().copied().unwrap_or(Word::Other);
        let text = std::mem::take(&mut self.text);
        let short = || text.trim().to_owned();
        match (parent, word) {
            (Word::Response, Word::Href) => self.member.href = short(),
            (Word::Principal, Word::Href) => self.props.principal = Some(short()),
            (Word::Home, Word::Href) => _ = self.props.home.get_or_insert_with(short),
            (Word::ResourceType, Word::Collection) => self.props.collection = true,
            (Word::ResourceType, Word::AddressBook) => self.props.addressbook = true,
            (Word::PropStat, Word::Status) => self.good = text.split(' ').nth(1).is_some_and(|code| code == "200"),
            (_, Word::Name) => self.props.name = short(),
            (_, Word::Etag) => self.props.etag = Some(short()),
            (_, Word::Ctag) => self.props.ctag = Some(short()),
            (_, Word::SyncToken) => self.props.sync_token = Some(short()),
            (_, Word::Card) => self.props.card = Some(text),
            (Word::Response, Word::PropStat) if self.good => merge(&mut self.member.props, &mut self.props),
            (_, Word::Response) => {
                if self.members.len() > self.most {
                    return Err(SourceWhy::TooLarge.into());
                }
                self.members.push(std::mem::take(&mut self.member));
            }
            _ => {}
        }
        Ok(())
    }
}

/// A server may tell in one part what there is, and in another what there is not.
fn merge(into: &mut Props, from: &mut Props) {
    let from = std::mem::take(from);
    into.collection |= from.collection;
    into.addressbook |= from.addressbook;
    if !from.name.is_empty() {
        into.name = from.name;
    }
    for (into, from) in [
        (&mut into.etag, from.etag),
        (&mut into.ctag, from.ctag),
        (&mut into.sync_token, from.sync_token),
        (&mut into.principal, from.principal),
        (&mut into.home, from.home),
        (&mut into.card, from.card),
    ] {
        if from.is_some() {
            *into = from;
        }
    }
}

fn word(space: &ResolveResult<'_>, name: &str) -> Word {
    let ResolveResult::Bound(space) = space else { return Word::Other };
    match (space.as_ref(), name) {
        ("DAV:", "response") => Word::Response,
        ("DAV:", "href") => Word::Href,
        ("DAV:", "status") => Word::Status,
        ("DAV:", "propstat") => Word::PropStat,
        ("DAV:", "resourcetype") => Word::ResourceType,
        ("DAV:", "collection") => Word::Collection,
        ("DAV:", "displayname") => Word::Name,
        ("DAV:", "getetag") => Word::Etag,
        ("DAV:", "sync-token") => Word::SyncToken,
        ("DAV:", "current-user-principal") => Word::Principal,
        ("urn:ietf:params:xml:ns:carddav", "addressbook") => Word::AddressBook,
        ("urn:ietf:params:xml:ns:carddav", "addressbook-home-set") => Word::Home,
        ("urn:ietf:params:xml:ns:carddav", "address-data") => Word::Card,
        ("http://calendarserver.org/ns/", "getctag") => Word::Ctag,
        _ => Word::Other,
    }
}

fn character(entity: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Some(c);
    }
    match entity.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn odd(detail: &str) -> Stop {
    Stop::new(SourceWhy::NotUnderstood, detail)
}

#[cfg(test)]
#[path = "multistatus_tests.rs"]
mod tests;
