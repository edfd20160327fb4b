//! Under which name a call is shown: the book's beats what the caller says of itself.
//!
//! A call is shown at once as it came; when the book knows the number, it is told again under its name. Ringing waits for no disk.

use std::collections::HashMap;

use base::CallId;
use phone::CallView;

use super::address_book::AddressBook;

/// The calls of now and what the book says of them.
pub(crate) struct Callers {
    book: AddressBook,
    calls: HashMap<CallId, Caller>,
    questions: u64,
}

struct Caller {
    /// As the phone told it last.
    view: CallView,
    /// Answers to an older question are late.
    question: u64,
    name: Option<String>,
}

impl Callers {
    pub(crate) fn new(book: AddressBook) -> Callers {
        Callers { book, calls: HashMap::new(), questions: 0 }
    }

    /// A call as it is shown; asks the book when it is new or its number is another.
    pub(crate) fn dress(&mut self, view: CallView) -> CallView {
        let known = self.calls.get(&view.call).is_some_and(|caller| caller.view.party.number == view.party.number);
        let question = if known { None } else { Some(self.ask(&view)) };
        let caller =
            self.calls.entry(view.call).or_insert_with(|| Caller { view: view.clone(), question: 0, name: None });
        caller.view = view;
        if let Some(question) = question {
            caller.question = question;
        }
        caller.dressed()
    }

    /// The last view of a call that is over.
    pub(crate) fn over(&mut self, view: CallView) -> CallView {
        let name = self.calls.remove(&view.call).and_then(|caller| caller.name);
        Caller { view, question: 0, name }.dressed()
    }

    /// The same for a window that opens.
    pub(crate) fn dressed(&self, mut view: CallView) -> CallView {
        if let Some(name) = self.calls.get(&view.call).and_then(|caller| caller.name.as_ref()) {
            view.party.display_name.clone_from(name);
        }
        view
    }

    /// The book has answered. The call anew, if its name is another now.
    pub(crate) fn named(&mut self, call: CallId, question: u64, name: Option<String>) -> Option<CallView> {
        let caller = self.calls.get_mut(&call).filter(|caller| caller.question == question)?;
        if caller.name == name {
            return None;
        }
        caller.name = name;
        Some(caller.dressed())
    }

    /// The book has changed, or is another one.
    pub(crate) fn ask_again(&mut self) {
        for caller in self.calls.values_mut() {
            self.questions += 1;
            caller.question = self.questions;
            self.book.ask(caller.view.call, caller.question, caller.view.party.number.clone());
        }
    }

    fn ask(&mut self, view: &CallView) -> u64 {
        self.questions += 1;
        self.book.ask(view.call, self.questions, view.party.number.clone());
        self.questions
    }
}

impl Caller {
    fn dressed(&self) -> CallView {
        let mut view = self.view.clone();
        if let Some(name) = &self.name {
            view.party.display_name.clone_from(name);
        }
        view
    }
}
